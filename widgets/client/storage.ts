/** One JSON value of the browser's storage. Where storage is blocked or full the page's memory holds it instead. */
export interface Slot<T> {
  get(): T | null
  set(value: T | null): void
}

const memory = new Map<string, string>()

export function slot<T>(kind: 'localStorage' | 'sessionStorage', key: string): Slot<T> {
  const place = `${kind}/${key}`
  return {
    get() {
      try {
        const text = memory.get(place) ?? window[kind].getItem(key)
        return text ? JSON.parse(text) : null
      } catch {
        return null
      }
    },
    set(value) {
      memory.delete(place)
      const text = JSON.stringify(value)
      try {
        if (value === null) window[kind].removeItem(key)
        else window[kind].setItem(key, text)
      } catch {
        memory.set(place, text)
      }
    },
  }
}

/** One tab at a time; where the browser has no locks (plain http) the server's tolerance has to do. */
export const oneTab = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(name, work) : work()
