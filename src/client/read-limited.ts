/**
 * The content of a response as text, `undefined` if it is larger than the limit in bytes, already read, or cut off.
 * Never throws, and reads no more than the limit demands: the rest is cancelled.
 */
export async function readLimited(response: Response, limit: number): Promise<string | undefined> {
  try {
    const reader = response.body?.getReader()
    if (reader === undefined) return undefined
    try {
      return await textOf(reader, limit)
    } finally {
      quietly(reader.cancel())
    }
  } catch {
    return undefined
  }
}

/** Lets go of a content that nobody will read, so that its connection is free for the next request. */
export function discard(response: Response): void {
  if (response.body?.locked === false) quietly(response.body.cancel())
}

async function textOf(reader: ReadableStreamDefaultReader<Uint8Array>, limit: number): Promise<string | undefined> {
  // Never fatal: a text that is not quite UTF-8 still says most of what it has to say.
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

/** Nobody waits for a cancellation, which may take as long as it likes, and fail. */
function quietly(cancellation: Promise<void>): void {
  cancellation.catch(() => {})
}
