import { toResponse } from '../reply/reply.js'
import type { RequestLike } from '../responder/failure-context.js'
import { defaultResponder, type FailureResponder } from '../responder/failure-responder.js'
import { recognized, replyToRecognized } from '../responder/recognized-error.js'

/**
 * The Response to a recognized error.
 *
 * @throws any other error
 */
export function respond(
  policy: FailureResponder | undefined,
  error: unknown,
  request: RequestLike | undefined,
): Response {
  const responder = policy ?? defaultResponder
  const known = recognized(responder, error, request)
  if (known === undefined) throw error
  return toResponse(replyToRecognized(responder, known, request))
}

/** Keeps the class of a promise. The `then` of another thenable is called once. */
export function settled(result: PromiseLike<unknown>, onRejected: (error: unknown) => unknown): PromiseLike<unknown> {
  if (!(result instanceof Promise)) return Promise.resolve(result).then(undefined, onRejected)
  try {
    return result.then(undefined, onRejected)
  } catch {
    // A class of promises whose `then` throws. The promise is returned as it is.
    return result
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false
  return typeof (value as { readonly then?: unknown }).then === 'function'
}
