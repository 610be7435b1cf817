import type { ArgumentsHost } from '@nestjs/common'
import type { ProblemDetails } from '../../problem/problem-details.js'
import type { FailureResponder } from '../../responder/failure-responder.js'
import { firstRequest } from './first-request.js'
import { formatPattern, type HandlerNames } from './handler-names.js'
import { transportProblem } from './transport-problem.js'

/**
 * Sends an `exception` event with the problem details to the client whose event failed. If the client waits for an
 * acknowledgement, that is sent, too.
 */
export function sendOverWs(
  responder: FailureResponder,
  error: unknown,
  host: ArgumentsHost,
  handlers: HandlerNames,
): void {
  const [client, ...given] = host.getArgs<[Client | undefined, ...unknown[]]>()
  const [data, pattern] = [given[0], formatPattern(given.at(-1))]
  const problem = transportProblem(responder, error, {
    transport: 'ws',
    pattern,
    handler: handlers.of('ws', pattern),
    data,
    raw: client,
    request: firstRequest(() => client?.request),
  })
  try {
    if (isNativeSocket(client)) send(client, problem)
    else client?.emit?.(EXCEPTION, problem)
    acknowledgementAmong(given)?.(problem)
  } catch {
    // Using the socket may throw.
  }
}

/** The event for exceptions in Nest. */
const EXCEPTION = 'exception'

/** A socket of socket.io, or one with the interface of a browser's WebSocket. */
interface Client {
  /** The request of the handshake. A socket of `ws` has none, unless the application sets it. */
  readonly request?: unknown
  emit?(event: string, data: unknown): unknown
}

interface NativeClient extends Client {
  readonly readyState: number
  send(frame: string): unknown
}

/** Distinguishes them as Nest does. A socket of `ws` also has an `emit()`, but it doesn't reach the client. */
function isNativeSocket(client: Client | undefined): client is NativeClient {
  const { readyState, send } = (client ?? {}) as Partial<NativeClient>
  return typeof readyState === 'number' && typeof send === 'function'
}

/** WebSockets, 9.3.1 */
const OPEN = 1

/** Sends a frame in the format of Nest's `WsAdapter`. */
function send(client: NativeClient, data: ProblemDetails): void {
  if (client.readyState === OPEN) client.send(JSON.stringify({ event: EXCEPTION, data }))
}

type Acknowledgement = (problem: ProblemDetails) => unknown

/** The function that socket.io passes after the data. It ignores a second call, so it may have been called before. */
function acknowledgementAmong(given: readonly unknown[]): Acknowledgement | undefined {
  return given.find((argument): argument is Acknowledgement => typeof argument === 'function')
}
