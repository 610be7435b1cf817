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
  failureFromResponse,
  HttpStatus,
  isFailure,
  NotFound,
} from '../../src/index.js'
import { NoSuchShelf, OutOfStock, StockUnknown } from './domain.js'

const classes = [OutOfStock, NoSuchShelf, StockUnknown]

/** An answer with a problem document, and perhaps with a URL that it came from. */
function answer(status: number, problem: unknown, url = ''): Response {
  const response = new Response(JSON.stringify(problem), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  })
  return Object.defineProperty(response, 'url', { value: url })
}

describe('failureFromResponse', () => {
  describe('gives back the failure of', () => {
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
        const failure: Failure = createFailure(code as number, 'What happened.', options)
        const restored = await failureFromResponse(failure.toResponse())
        expect(restored).to.be.instanceOf(failure.constructor)
        expect(restored.toProblem()).to.deep.equal(failure.toProblem())
        const fields = new Headers(restored.headers as Record<string, string>)
        // Connection ends here, and is there where it is owed.
        for (const [name, value] of Object.entries(failure.headers)) expect(fields.get(name)).to.equal(value)
      })
    }
  })

  it('gives back the failure of a domain, with its public field', async () => {
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

  it('gives a native error, whose constructor has not run', async () => {
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

  it('gives a stack trace where the class does', async () => {
    class Quiet extends OutOfStock {
      static override stackTraces = 'server' as const
    }
    const limit = Error.stackTraceLimit
    const failure = await failureFromResponse(new OutOfStock('1').toResponse(), { classes: [Quiet] })
    expect(failure).to.be.instanceOf(Quiet)
    expect(failure.stack).to.equal('Quiet: No copy of 1 is left.')
    expect(Error.stackTraceLimit).to.equal(limit)
  })

  it('answers as the server did, when it is answered', async () => {
    const response = new OutOfStock('1').toResponse()
    const restored = await failureFromResponse(response.clone(), { classes })
    expect(await restored.toResponse().text()).to.equal(await response.text())
  })

  describe('the class', () => {
    it('is that of the status without a type that is known', async () => {
      const failure = await failureFromResponse(new OutOfStock('1').toResponse())
      expect(failure.constructor).to.equal(Conflict)
      expect(failure.toProblem()).to.deep.equal(new OutOfStock('1').toProblem())
      expect(failure.extensions).to.deep.equal({ isbn: '1' })
      expect(failure).to.include({ title: 'Out of stock', code: 'OUT_OF_STOCK' })
    })

    it('is an unregistered one for an unregistered status', async () => {
      const failure = await failureFromResponse(answer(499, { detail: 'x', title: 'Odd' }))
      expect(failure.name).to.equal('UnregisteredFailure')
      expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Odd', status: 499, detail: 'x' })
    })

    it('is never found by about:blank', async () => {
      class Blank extends NotFound {}
      for (const type of ['about:blank', undefined, 7]) {
        const failure = await failureFromResponse(answer(404, { type }), {
          classes: [Blank],
          typeBase: 'https://a.example/',
        })
        expect(failure.constructor).to.equal(NotFound)
      }
    })

    it('is the first that has the type', async () => {
      class LastCopySold extends OutOfStock {}
      const failure = await failureFromResponse(new OutOfStock('1').toResponse(), {
        classes: [LastCopySold, OutOfStock],
      })
      expect(failure.constructor).to.equal(LastCopySold)
    })

    it('may be abstract, since its constructor does not run', async () => {
      abstract class Abstract extends OutOfStock {}
      expect(await failureFromResponse(new OutOfStock('1').toResponse(), { classes: [Abstract] })).to.be.instanceOf(
        Abstract,
      )
    })

    it('is found by a relative type as it is, without anything to resolve it against', async () => {
      const failure = await failureFromResponse(answer(404, { type: 'no-such-shelf' }), { classes })
      expect(failure).to.be.instanceOf(NoSuchShelf)
    })

    it('is found by a type that is written otherwise when it is sent', async () => {
      for (const type of ['vergriffen/für immer', 'https://bücher.example/für immer']) {
        class Vergriffen extends Conflict {
          override get type() {
            return type
          }
        }
        expect(await failureFromResponse(new Vergriffen().toResponse(), { classes: [Vergriffen] })).to.be.instanceOf(
          Vergriffen,
        )
      }
    })

    it('is found by a type that is resolved against the base', async () => {
      const typeBase = 'https://bookshop.example/problems/'
      const absolute = new FailureResponder({ typeBase }).toResponse(new NoSuchShelf())
      const failure = await failureFromResponse(absolute, { classes, typeBase })
      expect(failure).to.be.instanceOf(NoSuchShelf)
      expect(failure.type).to.equal('https://bookshop.example/problems/no-such-shelf')
      const relative = await failureFromResponse(answer(409, { type: './out-of-stock' }), { classes, typeBase })
      expect(relative).to.be.instanceOf(OutOfStock)
      const elsewhere = await failureFromResponse(answer(404, { type: 'https://a.example/no-such-shelf' }), {
        classes,
        typeBase,
      })
      expect(elsewhere.constructor).to.equal(NotFound)
    })

    it('is found by a type that is resolved against the URL of the response', async () => {
      const url = 'https://bookshop.example/orders/7'
      for (const type of ['/problems/stock-unknown', 'https://bookshop.example/problems/stock-unknown']) {
        expect(await failureFromResponse(answer(502, { type }, url), { classes })).to.be.instanceOf(StockUnknown)
      }
      const typeBase = 'https://a.example/'
      const type = 'https://bookshop.example/problems/stock-unknown'
      const failure = await failureFromResponse(answer(502, { type }, url), { classes, typeBase })
      expect(failure.constructor).to.equal(BadGateway)
    })

    it('is that of the status for a type that is no URI reference', async () => {
      for (const type of ['http://[', '\ud800']) {
        const failure = await failureFromResponse(answer(409, { type }), { classes })
        expect(failure.constructor).to.equal(Conflict)
        expect(failure.type).to.equal(type)
      }
    })

    it('may be one that cannot tell its name or its message any more', async () => {
      class Nameless extends OutOfStock {
        readonly #words = { name: 'Nameless', message: 'x' }
        override get name() {
          return this.#words.name
        }
        override get message() {
          return this.#words.message
        }
      }
      const { type } = OutOfStock.prototype
      expect(await failureFromResponse(answer(409, { type }), { classes: [Nameless] })).to.be.instanceOf(Nameless)
    })

    it('is not what cannot tell its type', async () => {
      class Broken extends Conflict {
        override get type(): string {
          throw new Error('boom')
        }
      }
      class Odd extends Conflict {
        override get type() {
          return 7 as never
        }
      }
      class Unrelated {
        get type() {
          return new OutOfStock('1').type
        }
      }
      const odd = [Broken, Odd, Unrelated, undefined, null, 'x', {}, () => {}, OutOfStock] as never[]
      const failure = await failureFromResponse(new OutOfStock('1').toResponse(), { classes: odd })
      expect(failure.constructor).to.equal(OutOfStock)
    })
  })

  describe('the status', () => {
    it('is that of the response, whatever document and class say', async () => {
      const problem = { ...new OutOfStock('1').toProblem(), status: 404 }
      const failure = await failureFromResponse(answer(410, problem), { classes })
      expect(failure).to.be.instanceOf(OutOfStock)
      expect(failure).to.include({ status: 410, statusCode: 410 })
      expect(failure.toResponse().status).to.equal(410)
      expect((await failureFromResponse(answer(400, { status: 404 }))).constructor).to.equal(BadRequest)
    })

    it('is there even if the class cannot tell it', async () => {
      class Computed extends Failure {
        readonly #status = 409
        override get type() {
          return 'computed'
        }
        override get status() {
          return this.#status
        }
      }
      const failure = await failureFromResponse(new Computed('x').toResponse(), { classes: [Computed] })
      expect(failure).to.be.instanceOf(Computed)
      expect(failure.status).to.equal(409)
    })

    for (const status of [200, 204, 304, 399]) {
      it(`of a ${status} is a RangeError`, async () => {
        const response = new Response(null, { status })
        expect(await errorOf(response)).to.include({ name: 'RangeError' })
      })
    }

    it('of an error of the network is a RangeError', async () => {
      const error = await errorOf(Response.error())
      expect(error).to.be.instanceOf(RangeError)
      expect(error.message).to.equal('The status of a failure must be an integer from 400 to 599, received 0')
    })

    it('that is none of a failure leaves the body alone', async () => {
      const response = new Response('a success')
      await errorOf(response)
      expect(await response.text()).to.equal('a success')
    })
  })

  describe('what was received', () => {
    it('wins over what the class says', async () => {
      class Verbose extends OutOfStock {
        override get detail() {
          return 'computed'
        }
        override get instance() {
          return '/computed'
        }
      }
      const problem = { ...new OutOfStock('1').toProblem(), title: 'Vergriffen', code: 'GONE', instance: '/orders/7' }
      const failure = await failureFromResponse(answer(409, problem), { classes: [Verbose] })
      expect(failure.toProblem()).to.deep.equal(problem)
      expect(Object.keys(failure)).to.deep.equal(['isbn'])
    })

    it('is ignored where it is of the wrong type', async () => {
      const failure = await failureFromResponse(
        answer(409, { type: 7, title: null, status: '404', detail: {}, instance: 1 }),
      )
      expect(failure.toProblem()).to.deep.equal(new Conflict().toProblem())
    })

    it('may have a code that is no code', async () => {
      const failure = await failureFromResponse(answer(409, { code: 7 }))
      expect(failure.code).to.equal(undefined)
      expect(failure.extensions).to.deep.equal({ code: 7 })
    })

    it('stays readable, and is not sent again by a failure that is not exposed', async () => {
      const problem = { type: 'about:blank', title: 'Bad Gateway', status: 502, detail: 'secret', host: 'db-1' }
      const failure = await failureFromResponse(answer(502, problem))
      expect(failure.detail).to.equal('secret')
      expect(failure.extensions).to.deep.equal({ host: 'db-1' })
      expect(failure.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Bad Gateway', status: 502 })
    })

    it('is data, whatever its name', async () => {
      const members = '{"__proto__":{"polluted":1},"constructor":1,"headers":{"x":"y"},"message":"x","toProblem":1}'
      const response = new Response(members, { status: 409, headers: { 'Content-Type': 'application/json' } })
      const failure = await failureFromResponse(response)
      expect(failure).to.be.instanceOf(Conflict)
      expect(failure.message).to.equal('Conflict')
      expect(Object.keys(failure.extensions)).to.deep.equal(Object.keys(JSON.parse(members)))
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined)
    })
  })

  describe('the options', () => {
    const bad: [FailureFromResponseOptions, string][] = [
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
    for (const [options, message] of bad) {
      it(`make sense: ${message}`, async () => {
        expect(String(await errorOf(new Response(null, { status: 404 }), options))).to.equal(message)
      })
    }
  })
})

async function errorOf(response: Response, options?: FailureFromResponseOptions): Promise<Error> {
  return failureFromResponse(response, options).then(
    () => expect.fail('It should have been rejected'),
    (error) => error,
  )
}
