import { types } from 'node:util'
import { expect } from 'chai'
import {
  BadGateway,
  BadRequest,
  Conflict,
  createFailure,
  Failure,
  type FailureFromResponseOptions,
  FailureResponder,
  failureFromProblem,
  failureFromResponse,
  HttpStatus,
  isFailure,
  NotFound,
  type ProblemType,
} from '../../src/index.js'
import { NoSuchShelf, OutOfStock, StockUnknown } from './domain.js'

const classes = [OutOfStock, NoSuchShelf, StockUnknown]

/** A response with problem details and, optionally, the URL that it came from. */
function problemResponse(status: number, problem: unknown, url = ''): Response {
  const response = new Response(JSON.stringify(problem), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
  return Object.defineProperty(response, 'url', { value: url })
}

describe('failureFromResponse', () => {
  describe('restores the failure of', () => {
    for (const { code, phrase } of [...HttpStatus].filter((status) => status.code >= 400)) {
      it(`${code} ${phrase}`, async () => {
        const options = {
          instance: '/orders/7',
          extensions: { shelf: [7] },
          headers: { 'X-Shelf': '3' },
          challenge: 'Bearer realm="books"',
          allow: ['GET', 'HEAD'],
          upgrade: ['HTTP/3', 'websocket'],
          retryAfter: 60,
          accept: 'application/json',
          length: 47022,
          blockedBy: 'https://isp.example/',
        }
        const failure: Failure = createFailure(code as number, 'Something went wrong.', options)
        const restored = await failureFromResponse(failure.toResponse())
        expect(restored).to.be.instanceOf(failure.constructor)
        expect(restored.toProblem()).to.deep.equal(failure.toProblem())
        const fields = new Headers(restored.headers as Record<string, string>)
        // Connection is not copied from the response. The classes that require it set it again.
        for (const [name, value] of Object.entries(failure.headers)) expect(fields.get(name)).to.equal(value)
      })
    }
  })

  it('restores a class in "classes" with its @Extension() field', async () => {
    const failure = await failureFromResponse(new OutOfStock('978-0131103627').toResponse(), { classes })
    expect(failure).to.be.instanceOf(OutOfStock)
    if (!(failure instanceof OutOfStock)) throw failure
    const isbn: string = failure.isbn
    expect(isbn).to.equal('978-0131103627')
    expect(failure.toProblem()).to.deep.equal(new OutOfStock('978-0131103627').toProblem())
    expect(failure.extensions).to.deep.equal({ isbn: '978-0131103627' })
    expect(failure.code).to.equal('OUT_OF_STOCK')
    expect(failure.warehouse).to.equal(undefined)
  })

  it('returns a native error without calling the constructor', async () => {
    const failure = await failureFromResponse(new OutOfStock('1').toResponse(), { classes })
    expect(types.isNativeError(failure)).to.equal(true)
    expect(isFailure(failure)).to.equal(true)
    expect(failure.name).to.equal('OutOfStock')
    expect(failure.message).to.equal('No copy of 1 is left.')
    expect(String(failure)).to.equal('OutOfStock: No copy of 1 is left.')
    expect(failure.stack).to.match(/^OutOfStock: No copy of 1 is left\.\n {4}at /)
    expect(failure.stack).to.include('failure-from-response.spec.ts')
    expect(Object.keys(failure)).to.deep.equal(['isbn'])
  })

  it('omits the stack trace of a client failure if its class sets stackTraces to "server"', async () => {
    class Quiet extends OutOfStock {
      static override stackTraces = 'server' as const
    }
    const limit = Error.stackTraceLimit
    const failure = await failureFromResponse(new OutOfStock('1').toResponse(), { classes: [Quiet] })
    expect(failure).to.be.instanceOf(Quiet)
    expect(failure.stack).to.equal('Quiet: No copy of 1 is left.')
    expect(Error.stackTraceLimit).to.equal(limit)
  })

  it('restores a failure whose toResponse() has the received body', async () => {
    const response = new OutOfStock('1').toResponse()
    const restored = await failureFromResponse(response.clone(), { classes })
    expect(await restored.toResponse().text()).to.equal(await response.text())
  })

  describe('the class', () => {
    it('is the class of the status when no class has the type', async () => {
      const failure = await failureFromResponse(new OutOfStock('1').toResponse())
      expect(failure.constructor).to.equal(Conflict)
      expect(failure.toProblem()).to.deep.equal(new OutOfStock('1').toProblem())
      expect(failure.extensions).to.deep.equal({ isbn: '1' })
      expect(failure).to.include({ title: 'Out of stock', code: 'OUT_OF_STOCK' })
    })

    it('is UnregisteredFailure for an unregistered status', async () => {
      const failure = await failureFromResponse(problemResponse(499, { detail: 'x', title: 'Odd' }))
      expect(failure.name).to.equal('UnregisteredFailure')
      expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Odd', status: 499, detail: 'x' })
    })

    it('is not matched by about:blank, nor by a missing or invalid type', async () => {
      class Blank extends NotFound {}
      for (const type of ['about:blank', undefined, 7]) {
        const failure = await failureFromResponse(problemResponse(404, { type }), {
          classes: [Blank],
          typeBase: 'https://a.example/',
        })
        expect(failure.constructor).to.equal(NotFound)
      }
    })

    it('is the first one in "classes" with the type', async () => {
      class LastCopySold extends OutOfStock {}
      const failure = await failureFromResponse(new OutOfStock('1').toResponse(), {
        classes: [LastCopySold, OutOfStock],
      })
      expect(failure.constructor).to.equal(LastCopySold)
    })

    it('may be abstract, since its constructor is not called', async () => {
      abstract class Abstract extends OutOfStock {}
      expect(await failureFromResponse(new OutOfStock('1').toResponse(), { classes: [Abstract] })).to.be.instanceOf(
        Abstract,
      )
    })

    it('is matched by a relative type as written when there is no base URL', async () => {
      const failure = await failureFromResponse(problemResponse(404, { type: 'no-such-shelf' }), { classes })
      expect(failure).to.be.instanceOf(NoSuchShelf)
    })

    it('is matched by a type that was encoded when it was sent', async () => {
      for (const type of ['vergriffen/für immer', 'https://bücher.example/für immer']) {
        class Vergriffen extends Conflict {
          static override readonly problem: ProblemType = { type: type }
        }
        expect(await failureFromResponse(new Vergriffen().toResponse(), { classes: [Vergriffen] })).to.be.instanceOf(
          Vergriffen,
        )
      }
    })

    it('is matched by a type resolved against "typeBase"', async () => {
      const typeBase = 'https://bookshop.example/problems/'
      const absolute = new FailureResponder({ typeBase }).toResponse(new NoSuchShelf())
      const failure = await failureFromResponse(absolute, { classes, typeBase })
      expect(failure).to.be.instanceOf(NoSuchShelf)
      expect(failure.type).to.equal('https://bookshop.example/problems/no-such-shelf')
      const relative = await failureFromResponse(problemResponse(409, { type: './out-of-stock' }), {
        classes,
        typeBase,
      })
      expect(relative).to.be.instanceOf(OutOfStock)
      const elsewhere = await failureFromResponse(problemResponse(404, { type: 'https://a.example/no-such-shelf' }), {
        classes,
        typeBase,
      })
      expect(elsewhere.constructor).to.equal(NotFound)
    })

    it('is matched by a type resolved against the response URL if there is no "typeBase"', async () => {
      const url = 'https://bookshop.example/orders/7'
      for (const type of ['/problems/stock-unknown', 'https://bookshop.example/problems/stock-unknown']) {
        expect(await failureFromResponse(problemResponse(502, { type }, url), { classes })).to.be.instanceOf(
          StockUnknown,
        )
      }
      const typeBase = 'https://a.example/'
      const type = 'https://bookshop.example/problems/stock-unknown'
      const failure = await failureFromResponse(problemResponse(502, { type }, url), { classes, typeBase })
      expect(failure.constructor).to.equal(BadGateway)
    })

    it('is the class of the status when the type is not a URI reference', async () => {
      for (const type of ['http://[', '\ud800']) {
        const failure = await failureFromResponse(problemResponse(409, { type }), { classes })
        expect(failure.constructor).to.equal(Conflict)
        expect(failure.type).to.equal(type)
      }
    })

    it('may have name and message accessors that throw without the constructor', async () => {
      class Nameless extends OutOfStock {
        readonly #texts = { name: 'Nameless', message: 'x' }
        override get name() {
          return this.#texts.name
        }
        override get message() {
          return this.#texts.message
        }
      }
      const { type } = OutOfStock.prototype
      expect(await failureFromResponse(problemResponse(409, { type }), { classes: [Nameless] })).to.be.instanceOf(
        Nameless,
      )
    })

    it('is never an invalid entry of "classes", such as one whose type throws', async () => {
      class Broken extends Conflict {
        override get type(): string {
          throw new Error('boom')
        }
      }
      class Odd extends Conflict {
        static override readonly problem: ProblemType = { type: 7 as never }
      }
      class Unrelated {
        get type() {
          return new OutOfStock('1').type
        }
      }
      const entries = [Broken, Odd, Unrelated, undefined, null, 'x', {}, () => {}, OutOfStock] as never[]
      const failure = await failureFromResponse(new OutOfStock('1').toResponse(), { classes: entries })
      expect(failure.constructor).to.equal(OutOfStock)
    })
  })

  describe('the status', () => {
    it('is read from the response, even if the document and the class differ', async () => {
      const problem = { ...new OutOfStock('1').toProblem(), status: 404 }
      const failure = await failureFromResponse(problemResponse(410, problem), { classes })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure).to.include({ status: 410, statusCode: 410 })
      expect(failure.toResponse().status).to.equal(410)
      expect((await failureFromResponse(problemResponse(400, { status: 404 }))).constructor).to.equal(BadRequest)
    })

    it('is set even if the status accessor of the class throws', async () => {
      class Computed extends Failure {
        readonly #status = 409
        static override readonly problem: ProblemType = { type: 'computed' }
        override get status() {
          return this.#status
        }
      }
      const failure = await failureFromResponse(new Computed('x').toResponse(), { classes: [Computed] })
      expect(failure).to.be.instanceOf(Computed)
      expect(failure.status).to.equal(409)
    })

    for (const status of [200, 204, 304, 399]) {
      it(`is rejected with a RangeError if it is ${status}`, async () => {
        const response = new Response(null, { status })
        expect(await errorOf(response)).to.include({ name: 'RangeError' })
      })
    }

    it('is rejected with a RangeError for Response.error()', async () => {
      const error = await errorOf(Response.error())
      expect(error).to.be.instanceOf(RangeError)
      expect(error.message).to.equal('failureFromResponse: "status" must be an integer from 400 to 599, received 0')
    })

    it('is checked before the body is read', async () => {
      const response = new Response('a success')
      await errorOf(response)
      expect(await response.text()).to.equal('a success')
    })
  })

  describe('the received members', () => {
    it('take precedence over the accessors of the class', async () => {
      class Verbose extends OutOfStock {
        override get detail() {
          return 'computed'
        }
        override get instance() {
          return '/computed'
        }
      }
      const problem = { ...new OutOfStock('1').toProblem(), title: 'Vergriffen', code: 'GONE', instance: '/orders/7' }
      const failure = await failureFromResponse(problemResponse(409, problem), { classes: [Verbose] })
      expect(failure.toProblem()).to.deep.equal(problem)
      expect(Object.keys(failure)).to.deep.equal(['isbn'])
    })

    it('are ignored if they have the wrong type', async () => {
      const failure = await failureFromResponse(
        problemResponse(409, { type: 7, title: null, status: '404', detail: {}, instance: 1 }),
      )
      expect(failure.toProblem()).to.deep.equal(new Conflict().toProblem())
    })

    it('include a code that is not a string as an extension member', async () => {
      const failure = await failureFromResponse(problemResponse(409, { code: 7 }))
      expect(failure.code).to.equal(undefined)
      expect(failure.extensions).to.deep.equal({ code: 7 })
    })

    it('include the type as resolved, which a responder sends on unchanged', async () => {
      const response = problemResponse(404, { type: '/problems/oos', title: 'Out of stock', status: 404 })
      const failure = await failureFromResponse(response, { typeBase: 'https://stock.example/' })
      expect(failure.type).to.equal('https://stock.example/problems/oos')
      const responder = new FailureResponder({ typeBase: 'https://bookshop.example/', onWarning: () => undefined })
      expect(responder.toProblem(failure)).to.include({ type: 'https://stock.example/problems/oos' })
      const unresolved = failureFromProblem({ type: '/problems/oos', status: 404 })
      expect(unresolved.type).to.equal('/problems/oos')
      expect(responder.toProblem(unresolved)).to.include({ type: 'about:blank' })
    })

    it('stay readable, but are withheld from toProblem() if the failure is not exposed', async () => {
      const problem = { type: 'about:blank', title: 'Bad Gateway', status: 502, detail: 'secret', host: 'db-1' }
      const failure = await failureFromResponse(problemResponse(502, problem))
      expect(failure.detail).to.equal('secret')
      expect(failure.extensions).to.have.property('host', 'db-1')
      expect(JSON.stringify(failure.extensions)).to.equal('{}')
      expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502 })
    })

    it('may be named __proto__, constructor or toProblem', async () => {
      const members = '{"__proto__":{"polluted":1},"constructor":1,"headers":{"x":"y"},"message":"x","toProblem":1}'
      const response = new Response(members, { status: 409, headers: { 'Content-Type': 'application/json' } })
      const failure = await failureFromResponse(response)
      expect(failure).to.be.instanceOf(Conflict)
      expect(failure.message).to.equal('Conflict')
      expect(Object.keys(failure.extensions)).to.deep.equal(Object.keys(JSON.parse(members)))
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined)
    })
  })

  describe('with invalid options', () => {
    const invalid: [FailureFromResponseOptions, string][] = [
      ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((limit): [FailureFromResponseOptions, string] => [
        { limit },
        `RangeError: failureFromResponse: "limit" must be a positive integer, received ${limit}`,
      ]),
      [{ limit: '5' as never }, 'RangeError: failureFromResponse: "limit" must be a positive integer, received "5"'],
      [
        { typeBase: '/problems/' },
        'TypeError: failureFromResponse: "typeBase" must be an absolute URL, received "/problems/"',
      ],
      [
        { classes: OutOfStock as never },
        'TypeError: failureFromResponse: "classes" must be an array of classes, received a function',
      ],
    ]
    for (const [options, message] of invalid) {
      it(`rejects with ${message}`, async () => {
        expect(String(await errorOf(new Response(null, { status: 404 }), options))).to.equal(message)
      })
    }
  })
})

async function errorOf(response: Response, options?: FailureFromResponseOptions): Promise<Error> {
  return failureFromResponse(response, options).then(
    () => expect.fail('failureFromResponse() did not reject'),
    (error) => error,
  )
}
