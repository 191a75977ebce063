/** Asks once; what failed is asked again the next time. */
export function once<T>(ask: () => Promise<T>) {
  let answer: Promise<T> | undefined
  return () => {
    answer ??= ask()
    answer.catch(() => {
      answer = undefined
    })
    return answer
  }
}
