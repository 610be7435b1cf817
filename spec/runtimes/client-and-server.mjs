import { failureFromResponse, InternalServerError, NotFound, TooManyRequests } from 'http-failure'
import { check, same } from './check.mjs'
import { OutOfStock } from './domain.mjs'

/** Adds the checks of the client against the server of `server.mjs`. */
export function checkAgainst(server) {
  const failureAt = async (path, init) =>
    failureFromResponse(await fetch(new URL(path, server), { signal: AbortSignal.timeout(10_000), ...init }), {
      classes: [OutOfStock],
    })

  check('over the wire: restores a failure of a domain', async () => {
    const failure = await failureAt('/out-of-stock')
    same([failure instanceof OutOfStock, failure.isbn, failure.detail], [true, '1', 'No copy of 1 is left.'])
  })

  check('over the wire: restores a failure by its status', async () => {
    const failure = await failureAt('/missing')
    same([failure instanceof NotFound, failure.detail], [true, 'There is no such book.'])
  })

  check('over the wire: restores header fields', async () => {
    const failure = await failureAt('/busy')
    same([failure instanceof TooManyRequests, failure.retryAfter], [true, 60])
  })

  check('over the wire: restores only the status of a server failure', async () => {
    const failure = await failureAt('/bug')
    same([failure instanceof InternalServerError, failure.detail === undefined], [true, true])
  })

  check('over the wire: restores the status of an HTML page of a proxy and of a response to HEAD', async () => {
    same((await failureAt('/proxy')).status, 502)
    same((await failureAt('/missing', { method: 'HEAD' })).status, 404)
  })
}
