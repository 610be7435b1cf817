import { Controller, Get, HttpException, type NestMiddleware } from '@nestjs/common'
import { expect } from 'chai'
import { CatchingFailure, Conflict, Extension, FailureResponder, NotFound } from '../../src/index.js'
import { FailureFilter, FailureModule } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'

// Decorated routes and the filter, beside code that knows nothing of either.

/** A decorator that puts another function in the place of a method, and takes nothing over. */
function Replaced() {
  return (_: object, __: string, descriptor: PropertyDescriptor) => {
    const method = descriptor.value
    descriptor.value = async function (this: unknown, ...given: unknown[]) {
      return method.apply(this, given)
    }
  }
}

class RowMissing extends Error {}
const told: unknown[] = []
const policy = {
  translate: (error: unknown) => (error instanceof RowMissing ? new Conflict('No row.') : undefined),
  onFailure: (_: unknown, { error }: { error: unknown }) => told.push(error),
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
    throw new NotFound('There is nothing.')
  }

  @Get('cause')
  cause(): never {
    throw new HttpException('Chosen.', 409, { cause: new OutOfStock('internal') })
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
    next(url === '/next' ? new OutOfStock('Through next.') : undefined)
  }
}

for (const platform of platforms) {
  describe(`A Nest application on ${platform.name}`, () => {
    afterEach(closeServers)

    const configure = (app: any) => app.useGlobalFilters(new FailureFilter({ onFailure: () => undefined }))
    const start = (configured = configure) =>
      platform.start({ controllers: [Books], middleware: [Middleware], configure: configured })

    it('answers a decorated route whose filter another decorator has hidden', async () => {
      const { get } = await platform.start({ controllers: [Books] })
      const { status, body } = await get('/replaced')
      expect(status).to.equal(404)
      expect(JSON.parse(body)).to.include({ title: 'Not Found', detail: 'There is no such book.' })
    })

    it('answers it once, under a filter of the application', async () => {
      const paths: unknown[] = []
      const onFailure = (_failure: unknown, { path }: { path: string | undefined }) => paths.push(path)
      const { get } = await start((app: any) => app.useGlobalFilters(new FailureFilter({ onFailure })))
      expect((await get('/replaced')).json()).to.include({ title: 'Not Found', detail: 'There is no such book.' })
      expect(paths).to.deep.equal([])
      expect((await get('/replaced-foreign')).json()).to.deep.include({ status: 500 })
      expect(paths).to.deep.equal(['/replaced-foreign'])
    })

    it('answers it by the policy of the module', async () => {
      const policy = { extend: () => ({ shop: 7 }), onFailure: () => undefined }
      const { get } = await platform.start({ controllers: [Books], imports: [FailureModule.forRoot(policy)] })
      expect((await get('/replaced')).json()).to.include({ title: 'Not Found', shop: 7 })
    })

    it('tells the policy of a route what was thrown, not what became of it', async () => {
      const { get } = await start()
      told.length = 0
      expect((await get('/translated')).status).to.equal(409)
      expect(told).to.have.length(1)
      expect(told[0]).to.be.instanceOf(RowMissing)
    })

    it('is not taken for the caller of a method that is called with a request of another make', async () => {
      const { app, get } = await start()
      const books = app.get(Books)
      const likely = [new Request('http://localhost/'), { method: 'GET', url: '/', headers: {} }]
      for (const request of likely) expect(books.rest(request)).to.deep.equal({ given: 1 })
      const ofPlatform = { method: 'GET', url: '/', headers: {}, socket: {}, httpVersion: '1.1' }
      expect(books.rest.call(undefined as never, ofPlatform)).to.deep.equal({ given: 1 })
      expect(books.rest()).to.be.instanceOf(Response)
      expect((await get('/rest')).status).to.equal(404)
    })

    it('does not tell the client the cause of an exception', async () => {
      const { get } = await start()
      const { body } = await get('/cause')
      expect(JSON.parse(body)).to.deep.equal({ type: 'about:blank', title: 'Conflict', status: 409, detail: 'Chosen.' })
    })

    it('answers the failure that a middleware gives to next()', async () => {
      const { get } = await start()
      const { status, body } = await get('/next')
      expect(status).to.equal(409)
      expect(JSON.parse(body)).to.include({ detail: 'Through next.', isbn: '978-0131103627' })
    })

    it('forgets where a success would have been, and its trailers', async () => {
      const { get } = await start()
      const answer = await get('/trailer')
      expect(answer.status).to.equal(409)
      expect(answer.names()).not.to.include('trailer')
      expect(answer.names()).not.to.include('location')
      expect(answer.field('vary')).to.equal('Origin')
    })

    it('understands what Nest throws with a responder that is shared', async () => {
      const responder = new FailureResponder({ onFailure: () => undefined })
      const { get } = await start((app: any) => app.useGlobalFilters(new FailureFilter(responder)))
      expect((await get('/nowhere')).status).to.equal(404)
      expect((await get('/cause')).status).to.equal(409)
    })
  })
}
