import { Conflict, failureFromProblem, failureFromResponse, NotFound } from 'http-failure'
import { check, errorOf, same } from './check.mjs'
import { OutOfStock } from './domain.mjs'

check('failureFromResponse: restores a failure of a domain with its class and fields', async () => {
  const failure = await failureFromResponse(new OutOfStock('1').toResponse(), { classes: [OutOfStock] })
  same([failure instanceof OutOfStock, failure instanceof Error, failure.isbn], [true, true, '1'])
  same(failure.toProblem(), new OutOfStock('1').toProblem())
})

check('failureFromResponse: uses the class of the status if no class has the type', async () => {
  const failure = await failureFromResponse(new OutOfStock('1').toResponse())
  same([failure instanceof Conflict, failure.type, failure.extensions.isbn], [true, new OutOfStock('1').type, '1'])
})

check(
  'failureFromResponse: ignores invalid bodies, and rejects with a RangeError for a status that is not an error',
  async () => {
    for (const body of ['<h1>Not Found</h1>', '', '{"type":', null]) {
      const failure = await failureFromResponse(new Response(body, { status: 404 }))
      same([failure instanceof NotFound, failure.detail === undefined], [true, true])
    }
    same((await errorOf(() => failureFromResponse(new Response('', { status: 200 })))) instanceof RangeError, true)
  },
)

check('failureFromResponse: ignores a body that exceeds the limit', async () => {
  const response = new NotFound('x'.repeat(1_000)).toResponse()
  same((await failureFromResponse(response, { limit: 100 })).detail === undefined, true)
})

check('failureFromProblem: restores a failure from problem details without a response', () => {
  const problem = JSON.parse(JSON.stringify(new OutOfStock('1')))
  const failure = failureFromProblem(problem, { classes: [OutOfStock] })
  same([failure instanceof OutOfStock, failure.isbn], [true, '1'])
})
