import { Controller, Get, HttpException, type NestMiddleware } from '@nestjs/common'
import { expect } from 'chai'
import { CatchingFailure, Conflict, Extension, FailureResponder, NotFound } from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'

// Decorated routes and FailureFilter together with third-party decorators, middleware and exceptions.

/** A decorator that replaces the function of a method without copying its metadata. */
function Replaced() {
  return (_: object, __: string, descriptor: PropertyDescriptor) => {
    const method = descriptor.value
    descriptor.value = async function (this: unknown, ...given: unknown[]) {
      return method.apply(this, given)
    }
  }
}

class RowMissing extends Error {}
const reported: unknown[] = []
const policy = {
  translate: (error: unknown) => (error instanceof RowMissing ? new Conflict('No row.') : undefined),
  onFailure: (_: unknown, { error }: { error: unknown }) => reported.push(error),
}

class OutOfStock extends Conflict {
  @Extension() readonly isbn = '978-0131103627'
}

@Controller()
class Books {
  @Get('replaced')
  @Replaced()
  @CatchingFailure()
  replaced(): unknown {
    throw new NotFound('There is no such book.')
  }

  @Get('replaced-foreign')
  @Replaced()
  @CatchingFailure()
  replacedForeign(): unknown {
    throw new RowMissing('secret')
  }

  @Get('translated')
  @CatchingFailure(policy)
  async translated(): Promise<unknown> {
    throw new RowMissing('secret')
  }

  @Get('rest')
  @CatchingFailure()
  rest(...given: unknown[]): unknown {
    if (given.length > 0) return { given: given.length }
    throw new NotFound('There are no books.')
  }

  @Get('cause')
  cause(): never {
    throw new HttpException('Public message.', 409, { cause: new OutOfStock('internal') })
  }

  @Get('trailer')
  trailer(): unknown {
    throw new OutOfStock('None left.')
  }
}

class Middleware implements NestMiddleware {
  use(request: any, response: any, next: (error?: unknown) => void) {
    const url = request.originalUrl ?? request.url
    if (url === '/trailer') {
      for (const [name, value] of Object.entries({ Trailer: 'X-Sum', Location: '/books/1', Vary: 'Origin' })) {
        response.setHeader(name, value)
      }
    }
    next(url === '/next' ? new OutOfStock('Passed to next().') : undefined)
  }
}

for (const platform of platforms) {
  describe(`A Nest application on ${platform.name}`, () => {
    afterEach(closeServers)

    const configure = (app: any) => app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined }))
    const start = (configured = configure) =>
      platform.start({ controllers: [Books], middleware: [Middleware], configure: configured })

    it('sends problem details from a decorated route whose filter another decorator has hidden', async () => {
      const { get } = await platform.start({ controllers: [Books] })
      const { status, body } = await get('/replaced')
      expect(status).to.equal(404)
      expect(JSON.parse(body)).to.include({ title: 'Not Found', detail: 'There is no such book.' })
    })

    it('calls a global onFailure only for errors that a route with a hidden filter does not handle', async () => {
      const paths: unknown[] = []
      const onFailure = (_failure: unknown, { path }: { path: string | undefined }) => paths.push(path)
      const { get } = await start((app: any) => app.useGlobalFilters(new FailureFilter({ onFailure })))
      expect((await get('/replaced')).json()).to.include({ title: 'Not Found', detail: 'There is no such book.' })
      expect(paths).to.deep.equal([])
      expect((await get('/replaced-foreign')).json()).to.deep.include({ status: 500 })
      expect(paths).to.deep.equal(['/replaced-foreign'])
    })

    it('applies the policy of FailureModule to a route with a hidden filter', async () => {
      const policy = { extend: () => ({ shop: 7 }), onFailure: () => undefined }
      const { get } = await platform.start({ controllers: [Books], imports: [FailureModule.forRoot(policy)] })
      expect((await get('/replaced')).json()).to.include({ title: 'Not Found', shop: 7 })
    })

    it('provides the thrown error, not its translation, as context.error of onFailure', async () => {
      const { get } = await start()
      reported.length = 0
      expect((await get('/translated')).status).to.equal(409)
      expect(reported).to.have.length(1)
      expect(reported[0]).to.be.instanceOf(RowMissing)
    })

    it('keeps the request argument of a decorated method that is called directly', async () => {
      const { app, get } = await start()
      const books = app.get(Books)
      const requests = [new Request('http://localhost/'), { method: 'GET', url: '/', headers: {} }]
      for (const request of requests) expect(books.rest(request)).to.deep.equal({ given: 1 })
      const platformRequest = { method: 'GET', url: '/', headers: {}, socket: {}, httpVersion: '1.1' }
      expect(books.rest.call(undefined as never, platformRequest)).to.deep.equal({ given: 1 })
      expect(books.rest()).to.be.instanceOf(Response)
      expect((await get('/rest')).status).to.equal(404)
    })

    it('does not send the cause of an HttpException', async () => {
      const { get } = await start()
      const { body } = await get('/cause')
      expect(JSON.parse(body)).to.deep.equal({
        type: 'about:blank',
        title: 'Conflict',
        status: 409,
        detail: 'Public message.',
      })
    })

    it('sends a failure that a middleware passes to next()', async () => {
      const { get } = await start()
      const { status, body } = await get('/next')
      expect(status).to.equal(409)
      expect(JSON.parse(body)).to.include({ detail: 'Passed to next().', isbn: '978-0131103627' })
    })

    it('removes Location and Trailer, but not Vary, from the response to a failure', async () => {
      const { get } = await start()
      const response = await get('/trailer')
      expect(response.status).to.equal(409)
      expect(response.names()).not.to.include('trailer')
      expect(response.names()).not.to.include('location')
      expect(response.field('vary')).to.equal('Origin')
    })

    it('recognizes Nest exceptions when FailureFilter is created with a FailureResponder', async () => {
      const responder = new FailureResponder({ onFailure: () => undefined })
      const { get } = await start((app: any) => app.useGlobalFilters(new FailureFilter(responder)))
      expect((await get('/nowhere')).status).to.equal(404)
      expect((await get('/cause')).status).to.equal(409)
    })
  })
}
