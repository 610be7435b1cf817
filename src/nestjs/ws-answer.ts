import type { ArgumentsHost } from '@nestjs/common'
import type { ProblemDetails } from '../problem/problem-details.js'
import type { FailureResponder } from '../responder/failure-responder.js'
import { firstRequest } from './first-request.js'
import { transportProblem } from './transport-problem.js'

/**
 * Answers an event: the client that sent it, and no other, gets an event `exception` with the problem document. If it
 * has asked for an acknowledgement it gets the document by that as well, since it would wait for it for ever.
 */
export function answerWs(responder: FailureResponder, error: unknown, host: ArgumentsHost): void {
  const [client, ...given] = host.getArgs<[Client | undefined, ...unknown[]]>()
  const problem = transportProblem(
    responder,
    error,
    firstRequest(() => client?.request),
  )
  try {
    if (isNative(client)) send(client, problem)
    else client?.emit?.(EXCEPTION, problem)
    acknowledgementAmong(given)?.(problem)
  } catch {
    // The socket is somebody else's, and nobody is left to be told.
  }
}

/** The event by which Nest reports exceptions. */
const EXCEPTION = 'exception'

/** A socket of socket.io, or one that has the interface of a browser's. */
interface Client {
  /** That of the handshake; a socket of `ws` has none, unless the application gives it one. */
  readonly request?: unknown
  emit?(event: string, data: unknown): unknown
}

interface NativeClient extends Client {
  readonly readyState: number
  send(frame: string): unknown
}

/** As Nest tells them apart: one of `ws` has an `emit()` as well, which its client does not hear of. */
function isNative(client: Client | undefined): client is NativeClient {
  const { readyState, send } = (client ?? {}) as Partial<NativeClient>
  return typeof readyState === 'number' && typeof send === 'function'
}

/** WebSockets, 9.3.1 */
const OPEN = 1

/** A frame as the `WsAdapter` of Nest writes its answers. */
function send(client: NativeClient, data: ProblemDetails): void {
  if (client.readyState === OPEN) client.send(JSON.stringify({ event: EXCEPTION, data }))
}

type Acknowledgement = (problem: ProblemDetails) => unknown

/** The function that socket.io passes behind the data; it takes no second answer, so it may have been called before. */
function acknowledgementAmong(given: readonly unknown[]): Acknowledgement | undefined {
  return given.find((argument): argument is Acknowledgement => typeof argument === 'function')
}
