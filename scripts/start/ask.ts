interface Question {
  token?: string | undefined
  /** As a page of the shop asks; servers have none. */
  origin?: string
  body?: unknown
  /** Statuses that are no failure. */
  alsoFine?: number[]
}

/** One request to our own API; any refusal is an error that says what was asked. */
export async function ask(method: string, url: string, { token, origin, body, alsoFine = [] }: Question) {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (token) headers.Authorization = `Bearer ${token}`
  if (origin) headers.Origin = origin
  const response = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await response.text()
  if (!response.ok && !alsoFine.includes(response.status)) {
    throw new Error(`The demo could not be set up: ${method} ${new URL(url).pathname} got ${response.status} ${text}`)
  }
  return { status: response.status, body: text ? JSON.parse(text) : null }
}
