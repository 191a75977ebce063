const CHECK_MS = 1_000

/** Calls back once the program that started us is gone without a word, as when npm is killed. */
export function whenParentEnds(then) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    then()
  }, CHECK_MS)
  timer.unref()
}
