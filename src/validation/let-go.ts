/** What a client may still send before its connection is closed on it. */
const MOST_BYTES = 16_777_216 // 16 MiB

/**
 * Reads on what nobody wants any more, up to 16 MiB, then cancels the rest. A client that is still sending often does
 * not read its answer, and on Node a body that is cancelled at once takes the connection, and so the answer, with it.
 *
 * Nobody waits for it, and it never rejects.
 */
export async function letGo(reader: ReadableStreamDefaultReader): Promise<void> {
  try {
    let length = 0
    for (let done = false; !done && length < MOST_BYTES; ) {
      const chunk = await reader.read()
      done = chunk.done
      length += chunk.value?.byteLength ?? MOST_BYTES
    }
    await reader.cancel()
  } catch {
    // The source is somebody else's, and may fail as it likes.
  }
}
