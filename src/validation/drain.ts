/** The most bytes that a client may still send before its connection is closed. */
const MOST_BYTES = 16_777_216 // 16 MiB

/**
 * Reads and discards the rest of a body, up to 16 MiB, then cancels it. A client that is still sending often does not read
 * the response, and cancelling a body at once makes Node close the connection before the response is sent.
 *
 * Runs in the background and never rejects.
 */
export async function drain(reader: ReadableStreamDefaultReader): Promise<void> {
  try {
    let length = 0
    for (let done = false; !done && length < MOST_BYTES; ) {
      const chunk = await reader.read()
      done = chunk.done
      length += chunk.value?.byteLength ?? MOST_BYTES
    }
    await reader.cancel()
  } catch {
    // The stream may fail at any time.
  }
}
