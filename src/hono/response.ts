import type { Context } from 'hono'
import { varyOf } from '../reply/merge-fields.js'
import { toResponse } from '../reply/reply.js'
import { isOfSuccess } from '../reply/success-fields.js'
import type { FailureResponder } from '../responder/failure-responder.js'
import { safely } from '../responder/safely.js'

/**
 * The response to an error. Keeps the header fields that were set on the context before, except those of the success: Hono itself
 * would lose some of them, and replace fields of the failure with others.
 */
export function responseTo(error: unknown, context: Context, responder: FailureResponder): Response {
  const { raw } = context.req
  const response = toResponse(safely(raw, () => responder.toReply(error, raw)))
  keepFields(takenFrom(context), response.headers)
  return response
}

/** The header fields of the response so far, which are removed from it: Hono merges them into the next response. */
function takenFrom(context: Context): Headers {
  const { headers } = context.res
  const taken = new Headers(headers)
  if (context.finalized) {
    void context.res.body?.cancel().catch(() => undefined)
    context.res = undefined
  } else {
    for (const name of taken.keys()) headers.delete(name)
  }
  return taken
}

function keepFields(existing: Headers, headers: Headers): void {
  // A client keeps the last one of several cookies with the same name.
  const cookies = [...existing.getSetCookie(), ...headers.getSetCookie()]
  headers.delete('Set-Cookie')
  for (const [name, value] of existing) {
    if (name === 'vary') headers.set(name, varyOf([value, String(headers.get(name) ?? [])]))
    else if (name !== 'set-cookie' && !isOfSuccess(name) && !headers.has(name)) headers.set(name, value)
  }
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
}
