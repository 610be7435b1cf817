import {
  type ArgumentMetadata,
  Body,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Get,
  Injectable,
  Next,
  Param,
  ParseIntPipe,
  type PipeTransform,
  Post,
  Query,
  Req,
  Scope,
  type Type,
  UsePipes,
} from '@nestjs/common'
import { expect } from 'chai'
import { CatchingFailure, NotFound } from '../../src/index.js'
import { closeServers, type Platform, platforms } from './platforms.js'
import type { RequestInit } from './request.js'

interface NodeRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** The calls of methods: `this` and the arguments. */
let calls: { self: unknown; given: unknown[] }[] = []

function record(self: unknown, given: ArrayLike<unknown>): void {
  calls.push({ self, given: Array.from(given) })
}

/** Requests a route of a controller, and returns the response and the arguments of the method. */
async function argumentsOf(platform: Platform, controller: Type, path: string, init?: RequestInit) {
  calls = []
  const { app, get } = await platform.start({ controllers: [controller] })
  const response = await get(path, init)
  expect(calls).to.have.length(1)
  const { self, given } = calls[0]!
  expect(self).to.equal(app.get(controller))
  return { response, given }
}

// `arguments` also contains undeclared arguments. Biome would require rest parameters, which change the signatures.
// biome-ignore-start lint/complexity/noArguments: the specs check which arguments are passed.

for (const platform of platforms) {
  describe(`A method with @CatchingFailure(), called by Nest on ${platform.name}`, () => {
    afterEach(closeServers)

    it('receives no arguments when it declares none', async () => {
      @Controller('books')
      class Books {
        @Get()
        @CatchingFailure()
        list(): unknown {
          record(this, arguments)
          return 'none'
        }
      }
      const { response, given } = await argumentsOf(platform, Books, '/books')
      expect(given).to.deep.equal([])
      expect(response.body).to.equal('none')
    })

    it('receives exactly the declared arguments', async () => {
      class Order {
        declare isbn: string
      }

      @Controller('books')
      class Books {
        @Get(':isbn')
        @CatchingFailure()
        show(@Param('isbn') isbn: string): unknown {
          record(this, arguments)
          return isbn
        }

        @CatchingFailure()
        @Post()
        order(@Body() order: Order, @Query('copies', ParseIntPipe) copies: number): unknown {
          record(this, arguments)
          return { ...order, copies }
        }
      }
      expect((await argumentsOf(platform, Books, '/books/978')).given).to.deep.equal(['978'])
      const order = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"isbn":"978"}' }
      const { response, given } = await argumentsOf(platform, Books, '/books?copies=2', order)
      expect(given).to.have.length(2)
      expect(response.status).to.equal(201)
      expect(response.json()).to.deep.equal({ isbn: '978', copies: 2 })
    })

    it('receives the request at the position of @Req()', async () => {
      @Controller('books')
      class Books {
        @Get('last/:isbn')
        @CatchingFailure()
        last(@Param('isbn') _isbn: string, @Req() request: NodeRequest): unknown {
          record(this, arguments)
          return request.url
        }

        @Get('first/:isbn')
        @CatchingFailure()
        first(@Req() request: NodeRequest, @Param('isbn') isbn: string): unknown {
          record(this, arguments)
          return `${request.method} ${isbn}`
        }
      }
      const last = await argumentsOf(platform, Books, '/books/last/978')
      expect(last.given).to.have.length(2)
      expect(last.response.body).to.equal('/books/last/978')
      const first = await argumentsOf(platform, Books, '/books/first/978')
      expect(first.given).to.have.length(2)
      expect(first.response.body).to.equal('GET 978')
    })

    it('receives the value of a custom parameter decorator', async () => {
      const Path = createParamDecorator((prefix: string, context: ExecutionContext) => {
        return prefix + context.switchToHttp().getRequest<NodeRequest>().url
      })

      @Controller('books')
      class Books {
        @Get()
        @CatchingFailure()
        list(@Path('at ') path: string): unknown {
          record(this, arguments)
          return path
        }
      }
      const { response, given } = await argumentsOf(platform, Books, '/books')
      expect(given).to.deep.equal(['at /books'])
      expect(response.body).to.equal('at /books')
    })

    it('receives next() and still sends problem details', async () => {
      @Controller('books')
      class Books {
        @Get()
        @CatchingFailure()
        list(@Next() _next: unknown, @Param() _params: unknown): unknown {
          record(this, arguments)
          throw new NotFound()
        }
      }
      const { response, given } = await argumentsOf(platform, Books, '/books')
      expect(given).to.have.length(2)
      expect(response.status).to.equal(404)
      expect(response.field('content-type')).to.equal('application/problem+json')
    })

    it('applies default values and receives no rest arguments', async () => {
      @Controller('books')
      class Books {
        @Get(':isbn')
        @CatchingFailure()
        show(@Param('isbn') isbn: string, copies = 1, ...more: unknown[]): unknown {
          record(this, arguments)
          return { isbn, copies, more }
        }
      }
      const { response, given } = await argumentsOf(platform, Books, '/books/978')
      expect(given).to.deep.equal(['978'])
      expect(response.json()).to.deep.equal({ isbn: '978', copies: 1, more: [] })
    })

    it('receives undefined for a parameter without a decorator', async () => {
      @Controller('books')
      class Books {
        @Get(':isbn')
        @CatchingFailure()
        show(_nothing: undefined, @Param('isbn') isbn: string): unknown {
          record(this, arguments)
          return isbn
        }
      }
      const { response, given } = await argumentsOf(platform, Books, '/books/978')
      expect(given).to.deep.equal([undefined, '978'])
      expect(response.body).to.equal('978')
    })

    it('sends problem details when it is decorated twice', async () => {
      @Controller('books')
      class Books {
        @Get(':isbn')
        @CatchingFailure()
        @CatchingFailure()
        show(@Param('isbn') isbn: string): unknown {
          record(this, arguments)
          throw new NotFound(`There is no book ${isbn}.`)
        }
      }
      const { response, given } = await argumentsOf(platform, Books, '/books/978')
      expect(given).to.deep.equal(['978'])
      expect(response.field('content-type')).to.equal('application/problem+json')
      expect(response.json()).to.include({ detail: 'There is no book 978.' })
    })

    it('does not expose the hidden request argument to pipes', async () => {
      const seen: unknown[] = []
      @Injectable()
      class Watching implements PipeTransform {
        transform(value: unknown, metadata: ArgumentMetadata) {
          seen.push(typeof value === 'object' ? 'object' : value, metadata.type)
          return value
        }
      }

      @Controller('shelves')
      @UsePipes(Watching)
      class Shelves {
        @Get(':number')
        @UsePipes(Watching)
        @CatchingFailure()
        show(@Param('number') number: string): unknown {
          return number
        }

        @Get()
        @UsePipes(Watching)
        @CatchingFailure()
        list(): unknown {
          return 'all'
        }
      }

      const { get } = await platform.start({
        controllers: [Shelves],
        configure: (app) => app.useGlobalPipes(new Watching()),
      })
      expect((await get('/shelves/7')).body).to.equal('7')
      expect(seen).to.deep.equal(['7', 'param', '7', 'param', '7', 'param'])
      expect((await get('/shelves')).body).to.equal('all')
      expect(seen).to.have.length(6)
    })

    it('returns a Response to other callers, even within the same request', async () => {
      @Controller('books')
      class Books {
        @Get('missing/:isbn')
        @CatchingFailure()
        missing(@Param('isbn') isbn: string): unknown {
          throw new NotFound(`There is no book ${isbn}.`)
        }

        @Get('missing-later/:isbn')
        @CatchingFailure()
        async missingLater(@Param('isbn') isbn: string): Promise<unknown> {
          throw new NotFound(`There is no book ${isbn}.`)
        }

        /** Calls another route of its controller directly. */
        @Get('calling/:isbn')
        @CatchingFailure()
        calling(@Param('isbn') isbn: string): unknown {
          const response = this.missing(isbn)
          return { isResponse: response instanceof globalThis.Response }
        }

        /** Not a route. */
        @CatchingFailure()
        find(isbn: string): unknown {
          throw new NotFound(`There is no book ${isbn}.`)
        }
      }
      const { app, get } = await platform.start({ controllers: [Books] })
      const books = app.get(Books)
      const response = books.missing('978') as Response
      expect(response).to.be.instanceOf(globalThis.Response)
      expect(response.status).to.equal(404)
      expect(await response.json()).to.include({ detail: 'There is no book 978.' })
      const later = books.missingLater('978')
      expect(later).to.be.instanceOf(Promise)
      expect(((await later) as Response).status).to.equal(404)
      expect((books.find('978') as Response).status).to.equal(404)
      expect((await get('/books/calling/978')).json()).to.deep.equal({ isResponse: true })
    })

    it('returns a Response to another controller that passes the request', async () => {
      @Controller('shelves')
      class Shelves {
        @Get(':isbn')
        @CatchingFailure()
        show(@Param('isbn') isbn: string, @Req() request: NodeRequest): unknown {
          throw new NotFound(`${request.method} ${isbn}`)
        }
      }

      @Controller('desk')
      class Desk {
        constructor(readonly shelves: Shelves) {}

        @Get()
        async show(@Req() request: NodeRequest): Promise<unknown> {
          const response = this.shelves.show('978', request)
          return response instanceof globalThis.Response ? await response.json() : 'thrown'
        }
      }

      const { get } = await platform.start({ controllers: [Shelves, Desk], providers: [Shelves] })
      expect((await get('/desk')).json()).to.include({ status: 404, detail: 'GET 978' })
    })

    it('is called on a new instance per request when the controller is request-scoped', async () => {
      const instances = new Set<unknown>()
      @Controller({ path: 'shelves', scope: Scope.REQUEST })
      class Shelves {
        @Get()
        @CatchingFailure()
        show(): unknown {
          instances.add(this)
          throw new NotFound()
        }
      }
      const { get } = await platform.start({ controllers: [Shelves] })
      for (const _ of [1, 2]) {
        const response = await get('/shelves')
        expect(response.status).to.equal(404)
        expect(response.field('content-type')).to.equal('application/problem+json')
      }
      expect(instances.size).to.equal(2)
    })

    describe('when inherited', () => {
      abstract class Shelves {
        @Get(':isbn')
        @CatchingFailure()
        show(@Param('isbn') isbn: string, ...more: unknown[]): unknown {
          record(this, [isbn, ...more])
          throw new NotFound(`${this.constructor.name}: ${isbn}`)
        }
      }

      it('sends problem details for each controller', async () => {
        @Controller('old')
        class Old extends Shelves {}
        @Controller('new')
        class New extends Shelves {}
        const { get } = await platform.start({ controllers: [Old, New] })
        expect((await get('/old/978')).json()).to.include({ detail: 'Old: 978' })
        expect((await get('/new/978')).json()).to.include({ detail: 'New: 978' })
      })

      it('receives only its own arguments when it overrides a decorated method', async () => {
        @Controller('old')
        class Old extends Shelves {
          @Get(':isbn')
          @CatchingFailure()
          override show(@Param('isbn') isbn: string, ...more: unknown[]): unknown {
            record(this, [isbn, ...more])
            throw new NotFound(`Over: ${isbn}`)
          }
        }
        calls = []
        const { get } = await platform.start({ controllers: [Old] })
        const response = await get('/old/978')
        expect(response.json()).to.include({ detail: 'Over: 978' })
        expect(response.field('content-type')).to.equal('application/problem+json')
        expect(calls.map(({ given }) => given)).to.deep.equal([['978']])
      })

      it('passes the request as an extra last argument to an undecorated override', async () => {
        class Books {
          @Get()
          @CatchingFailure()
          list(): unknown {
            record(this, arguments)
            return 'none'
          }
        }

        @Controller('shelves')
        class Shelves extends Books {
          @Get()
          override list(...given: unknown[]): unknown {
            record(this, given)
            return super.list()
          }
        }
        calls = []
        const { get } = await platform.start({ controllers: [Shelves] })
        expect((await get('/shelves')).body).to.equal('none')
        expect(calls.map(({ given }) => given.length)).to.deep.equal([1, 0])
      })

      it('returns a Response to an override that calls it through super', async () => {
        @Controller('old')
        class Old extends Shelves {
          @Get(':isbn')
          @CatchingFailure()
          override show(@Param('isbn') isbn: string): unknown {
            const response = super.show(isbn)
            if (response instanceof globalThis.Response) throw new NotFound(`Over: ${response.status}`)
            return response
          }
        }
        const { get } = await platform.start({ controllers: [Old] })
        expect((await get('/old/978')).json()).to.include({ detail: 'Over: 404' })
      })
    })
  })
}

describe("A method with @CatchingFailure(), outside Nest's router", () => {
  it('keeps its metadata, name and length above and below @Get()', () => {
    class Shelves {
      @Get('above')
      @CatchingFailure()
      above(_isbn: string, _copies: number): unknown {
        return undefined
      }

      @CatchingFailure()
      @Get('below')
      below(_isbn: string, _copies: number): unknown {
        return undefined
      }
    }
    for (const name of ['above', 'below'] as const) {
      const method = Shelves.prototype[name]
      expect(method.name).to.equal(name)
      expect(method.length).to.equal(2)
      expect(Reflect.getMetadata('path', method)).to.equal(name)
      expect(Reflect.getMetadata('method', method)).to.equal(0)
      expect(Reflect.getMetadata('design:paramtypes', Shelves.prototype, name)).to.deep.equal([String, Number])
    }
  })

  it('returns a Response when it is called directly', () => {
    @Controller('books')
    class Books {
      @Get('missing/:isbn')
      @CatchingFailure()
      missing(@Param('isbn') isbn: string): unknown {
        throw new NotFound(`There is no book ${isbn}.`)
      }

      @Get()
      @CatchingFailure()
      list(): unknown {
        return 'none'
      }

      @Get('request/:isbn')
      @CatchingFailure()
      request(@Param('isbn') _isbn: string, @Req() request: NodeRequest): unknown {
        return request.url
      }
    }
    const books = new Books()
    const request = { method: 'GET', url: '/', headers: {} }
    expect(books.missing('978')).to.be.instanceOf(globalThis.Response)
    expect(books.list()).to.equal('none')
    expect(books.request('978', request)).to.equal('/')
  })

  it('returns a Response when another controller borrows it under another name', () => {
    class Shelves {
      @CatchingFailure()
      show(isbn: string): unknown {
        if (isbn === 'missing') throw new NotFound()
        return isbn
      }
    }

    @Controller()
    class Lending {
      lent = Shelves.prototype.show
    }

    const lending = new Lending()
    const request = { method: 'GET', url: '/', headers: {}, raw: {}, server: {} }
    expect(Reflect.apply(lending.lent, lending, ['978', request])).to.equal('978')
    expect(Reflect.apply(lending.lent, lending, ['missing', request])).to.be.instanceOf(globalThis.Response)
  })

  it('rethrows other errors unchanged', async () => {
    const error = new Error()
    class Plain {
      @CatchingFailure()
      now(): unknown {
        throw error
      }

      @CatchingFailure()
      async later(): Promise<unknown> {
        throw error
      }
    }
    expect(() => new Plain().now())
      .to.throw()
      .that.equals(error)
    expect(await new Plain().later().catch((reason) => reason)).to.equal(error)
  })

  it('returns a Response and has no metadata when reflect-metadata is not loaded', () => {
    @Controller('books')
    class Books {}
    const descriptor = Object.getOwnPropertyDescriptor(Reflect, 'getOwnMetadataKeys')!
    Reflect.deleteProperty(Reflect, 'getOwnMetadataKeys')
    let method: Function
    try {
      class Plain {
        @CatchingFailure()
        show(): unknown {
          throw new NotFound()
        }
      }
      method = Plain.prototype.show
    } finally {
      Object.defineProperty(Reflect, 'getOwnMetadataKeys', descriptor)
    }
    expect(Reflect.getMetadataKeys(method)).to.deep.equal([])
    expect(method.call(new Books())).to.be.instanceOf(globalThis.Response)
  })

  it('does not mistake other callers for the router', () => {
    const request = { method: 'GET', url: '/', headers: {} }
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    class Plain {
      @CatchingFailure()
      show(...given: unknown[]): unknown {
        throw new NotFound(`${given.length}`)
      }
    }
    const { show } = Plain.prototype
    const call = show as (this: unknown, ...given: unknown[]) => Response
    for (const self of [new Plain(), undefined, null, Plain]) {
      for (const argument of [request, proxy]) {
        expect(call.call(self, argument)).to.be.instanceOf(globalThis.Response)
      }
    }

    @Controller('books')
    class Books {
      @Get()
      @CatchingFailure()
      list(): unknown {
        record(this, arguments)
        return 'none'
      }
    }
    for (const given of [['978'], [null], [{ method: 'GET' }]]) {
      expect((new Books() as unknown as { list: Function }).list(...given)).to.equal('none')
      expect(calls.at(-1)?.given).to.deep.equal(given)
    }
  })

  it('keeps a request argument of a direct call', () => {
    @Controller('books')
    class Books {
      @Get()
      @CatchingFailure()
      list(): unknown {
        record(this, arguments)
        return 'none'
      }

      @Get('optional/:isbn')
      @CatchingFailure()
      optional(@Param('isbn') _isbn: string, _request?: NodeRequest): unknown {
        record(this, arguments)
        throw new NotFound()
      }
    }
    const request = { method: 'GET', url: '/', headers: {} }
    const books = new Books() as unknown as Record<'list' | 'optional', (...given: unknown[]) => unknown>
    for (const [name, given] of [
      ['list', [request, 'more']],
      ['optional', ['978', request]],
    ] as const) {
      expect(books[name](...given)).not.to.equal(undefined)
      expect(calls.at(-1)?.given).to.deep.equal(given)
    }
    expect(books.optional('978', request)).to.be.instanceOf(globalThis.Response)
  })

  it('returns a Response and has no route metadata when it is static', () => {
    @Controller('books')
    class Books {
      @CatchingFailure()
      static first(): unknown {
        throw new NotFound('There are no books.')
      }
    }
    expect((Books.first() as Response).status).to.equal(404)
    expect(Reflect.getMetadataKeys(Books.first)).not.to.include('__exceptionFilters__')
    expect(Reflect.getMetadataKeys(Function, 'first')).to.deep.equal([])
  })
})

// biome-ignore-end lint/complexity/noArguments: see above.
