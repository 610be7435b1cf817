import type { NodeResponse } from './platform-response.js'

/**
 * Breaks off a response whose head was sent, since an orderly end would make it look complete: closes the connection, or
 * resets the stream. Nothing happens to a response that has ended. RFC 9112, 8; RFC 9113, 8.1
 */
export function breakOff(response: NodeResponse): void {
  if (response.writableEnded === true) return
  // A middleware that compresses content replaces `end()`, and ends the response later.
  if (Object.hasOwn(response, 'end')) setTimeout(breakOffNow, TIME_TO_END, response)
  else breakOffNow(response)
}

/** In milliseconds. */
const TIME_TO_END = 500

function breakOffNow(response: NodeResponse): void {
  if (response.writableEnded === true) return
  if (response.stream !== undefined) response.stream.close(INTERNAL_ERROR)
  else if (response.socket !== null) closeConnection(response)
  // A pipelined response gets its socket after the responses before it have been sent.
  else response.once?.('socket', () => setImmediate(closeConnection, response))
}

/** Closes the connection, or resets the stream, at once. */
export function destroy(response: NodeResponse): void {
  if (response.stream === undefined) response.destroy?.()
  else response.stream.close(INTERNAL_ERROR)
}

/** RFC 9113, 7 */
const INTERNAL_ERROR = 2

/** The part that was written is sent. */
function closeConnection(response: NodeResponse): void {
  const { socket } = response
  if (socket?.destroySoon === undefined) response.destroy?.()
  else socket.destroySoon()
}
