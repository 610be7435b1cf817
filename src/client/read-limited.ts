/**
 * The content of a response as a string; `undefined` if it exceeds the limit in bytes, was already read, or is truncated.
 * Never throws. Stops reading at the limit and cancels the rest.
 */
export async function readLimited(response: Response, limit: number): Promise<string | undefined> {
  try {
    const reader = response.body?.getReader()
    if (reader === undefined) return undefined
    try {
      return await readWithin(reader, limit)
    } finally {
      ignoreFailure(reader.cancel())
    }
  } catch {
    return undefined
  }
}

/** Cancels unread content, so that its connection can be reused. */
export function discard(response: Response): void {
  if (response.body?.locked === false) ignoreFailure(response.body.cancel())
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, limit: number): Promise<string | undefined> {
  // Not fatal: invalid UTF-8 is replaced, and the rest is still readable.
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.byteLength
    if (length > limit) return undefined
    text += decoder.decode(value, { stream: true })
  }
}

/** Ignores the result of a cancellation, which may fail. */
function ignoreFailure(cancellation: Promise<void>): void {
  cancellation.catch(() => {})
}
