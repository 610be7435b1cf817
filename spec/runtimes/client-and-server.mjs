import { failureFromResponse, InternalServerError, NotFound, TooManyRequests } from 'http-failure'
import { check, same } from './check.mjs'
import { OutOfStock } from './domain.mjs'

/** The client half over the wire, against the server in `server.mjs`. */
export function checkAgainst(server) {
  const failureAt = async (path, init) =>
    failureFromResponse(await fetch(new URL(path, server), { signal: AbortSignal.timeout(10_000), ...init }), {
      classes: [OutOfStock],
    })

  check('over the wire: a failure of a domain comes back', async () => {
    const failure = await failureAt('/out-of-stock')
    same([failure instanceof OutOfStock, failure.isbn, failure.detail], [true, '1', 'No copy of 1 is left.'])
  })

  check('over the wire: a failure is known by its status', async () => {
    const failure = await failureAt('/missing')
    same([failure instanceof NotFound, failure.detail], [true, 'There is no such book.'])
  })

  check('over the wire: header fields are restored', async () => {
    const failure = await failureAt('/busy')
    same([failure instanceof TooManyRequests, failure.retryAfter], [true, 60])
  })

  check('over the wire: a server failure tells no more than its status', async () => {
    const failure = await failureAt('/bug')
    same([failure instanceof InternalServerError, failure.detail === undefined], [true, true])
  })

  check('over the wire: the page of a proxy is forgiven, and so is the answer to HEAD', async () => {
    same((await failureAt('/proxy')).status, 502)
    same((await failureAt('/missing', { method: 'HEAD' })).status, 404)
  })
}
