export interface Head {
  /** At least `wanted` bytes, unless the stream has fewer. */
  bytes: Uint8Array
  /** What follows; none where all of it was read. */
  rest: ReadableStream<Uint8Array> | null
}

/** The first bytes of a stream, and the stream from there on. */
export async function readHead(stream: ReadableStream<Uint8Array>, wanted: number): Promise<Head> {
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let size = 0
  while (size < wanted) {
    const { done, value } = await reader.read()
    if (done) return { bytes: joined(parts, size), rest: null }
    parts.push(value)
    size += value.byteLength
  }
  reader.releaseLock()
  return { bytes: joined(parts, size), rest: stream }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}
