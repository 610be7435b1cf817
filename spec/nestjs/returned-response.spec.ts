import { once } from 'node:events'
import { get as httpGet } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { Controller, Get, Header, HttpCode, Post, Res, UseInterceptors } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { expect } from 'chai'
import { map } from 'rxjs'
import { CatchingFailure, Conflict } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { bodies, streamOf } from '../node/stream-of.js'
import { closeServers, platforms } from './platforms.js'
import { LONGEST_WAIT } from './request.js'

@Controller('pages')
class Pages {
  @Get('text')
  text() {
    const page = new Response('a page', { status: 203, headers: { 'X-Page': '7' } })
    page.headers.append('Set-Cookie', 'a=1; Path=/')
    page.headers.append('Set-Cookie', 'b=2; Path=/')
    return page
  }

  @Get('promised')
  async promised() {
    return Response.json({ page: 7 })
  }

  @Post('created')
  created() {
    return Response.json({ page: 7 }, { status: 202 })
  }

  @Get('set-before')
  @HttpCode(299)
  @Header('X-Shelf', '7')
  @Header('X-Page', '1')
  setBefore() {
    return this.text()
  }

  @Get('none')
  none() {
    return new Response(null, { status: 204, headers: { 'X-Page': '7' } })
  }

  @Get('empty')
  empty() {
    return new Response()
  }

  @Get('moved')
  moved() {
    return Response.redirect('https://bookshop.example/pages', 303)
  }

  @Get('binary')
  binary() {
    return new Response(Uint8Array.of(0, 1, 2, 255))
  }

  @Get('stream')
  stream() {
    return new Response(streamOf('one ', 'two ', 'x'.repeat(300_000)), { headers: { 'Content-Type': 'text/plain' } })
  }

  @Get('endless')
  endless() {
    return new Response(streamOf(...Array<string>(1000).fill('again ')))
  }

  @Get('failing-immediately')
  failingImmediately() {
    return new Response(streamOf(new Conflict('The page is torn.')))
  }

  @Get('failing-midway')
  failingMidway() {
    return new Response(streamOf('one ', new Error('secret')))
  }

  @Get('read')
  async read() {
    const page = this.text()
    await page.text()
    return page
  }

  @Get('mapped')
  @UseInterceptors({
    intercept: (_context, next) => next.handle().pipe(map((page: number) => new Response(`${page}`))),
  })
  mapped() {
    return 7
  }

  @Get('decorated')
  @CatchingFailure()
  decorated(): Response {
    return this.text()
  }

  @Get('decorated-failing')
  @CatchingFailure()
  decoratedFailing(): Response {
    throw new Conflict('The page is torn.')
  }

  @Get('object')
  object() {
    return { page: 7 }
  }
}

for (const platform of platforms) {
  describe(`A Response returned by a handler with FailureModule on ${platform.name}`, () => {
    let server: Awaited<ReturnType<typeof platform.start>>
    const get: typeof server.get = (path, init) => server.get(path, init)

    before(async () => {
      server = await platform.start({ controllers: [Pages], imports: [FailureModule.forRoot({ onFailure: () => {} })] })
    })

    after(closeServers)

    it('is sent with its status, headers and cookies', async () => {
      for (const path of ['/pages/text', '/pages/decorated']) {
        const response = await get(path)
        expect(response.status).to.equal(203)
        expect(response.body).to.equal('a page')
        expect(response.field('content-type')).to.equal('text/plain;charset=UTF-8')
        expect(response.field('x-page')).to.equal('7')
        expect(response.lines('set-cookie')).to.deep.equal(['a=1; Path=/', 'b=2; Path=/'])
      }
    })

    it('is sent when a promise resolves to it and when an interceptor creates it', async () => {
      expect((await get('/pages/promised')).json()).to.deep.equal({ page: 7 })
      expect((await get('/pages/promised')).field('content-type')).to.match(/^application\/json/)
      expect((await get('/pages/mapped')).body).to.equal('7')
    })

    it('overrides the status and headers set by decorators, and keeps other headers', async () => {
      expect((await get('/pages/created', { method: 'POST' })).status).to.equal(202)
      const response = await get('/pages/set-before')
      expect(response.status).to.equal(203)
      expect(response.field('x-shelf')).to.equal('7')
      expect(response.field('x-page')).to.equal('7')
    })

    it('is sent without content when it has none', async () => {
      const none = await get('/pages/none')
      expect([none.status, none.body, none.field('x-page')]).to.deep.equal([204, '', '7'])
      expect(none.names()).not.to.include.members(['content-length', 'transfer-encoding'])
      const empty = await get('/pages/empty')
      expect([empty.status, empty.body]).to.deep.equal([200, ''])
      const moved = await get('/pages/moved')
      expect([moved.status, moved.field('location')]).to.deep.equal([303, 'https://bookshop.example/pages'])
    })

    it('is sent without its content for HEAD', async () => {
      const response = await get('/pages/text', { method: 'HEAD' })
      expect([response.status, response.body, response.field('x-page')]).to.deep.equal([203, '', '7'])
      expect((await get('/pages/endless', { method: 'HEAD' })).status).to.equal(200)
    })

    it('is sent with all bytes of a binary body and all chunks of a stream', async () => {
      expect((await get('/pages/binary')).body).to.equal(Buffer.of(0, 1, 2, 255).toString())
      const { body } = await get('/pages/stream')
      expect(body).to.equal(`one two ${'x'.repeat(300_000)}`)
    })

    it('cancels its stream when the client disconnects', async () => {
      bodies.cancelled = false
      const client = httpGet(`${server.origin}/pages/endless`, { agent: false })
      const [response] = await once(client, 'response')
      await once(response, 'data')
      client.destroy()
      for (let waited = 0; waited < LONGEST_WAIT && !bodies.cancelled; waited += 20) await setTimeout(20)
      expect(bodies.cancelled).to.equal(true)
    })

    it('is cut off when its stream fails midway', async () => {
      const error = await get('/pages/failing-midway').catch((cause) => cause)
      expect(error).to.be.instanceOf(Error)
      expect((await get('/pages/object')).json()).to.deep.equal({ page: 7 })
    })

    it('is replaced by problem details when a decorated handler throws', async () => {
      expect((await get('/pages/decorated-failing')).json()).to.include({ status: 409, detail: 'The page is torn.' })
    })

    it('does not affect other return values and unknown paths', async () => {
      expect((await get('/pages/object')).json()).to.deep.equal({ page: 7 })
      expect((await get('/pages/unknown')).json()).to.include({ status: 404 })
    })

    it('is replaced by problem details when its stream fails before the first chunk', async () => {
      expect((await get('/pages/failing-immediately')).json()).to.include({ status: 409, detail: 'The page is torn.' })
    })

    it('causes a 500 when its content was already read', async () => {
      expect((await get('/pages/read')).status).to.equal(500)
    })

    it('is sent when a handler or a middleware passes it to reply() of the adapter', async () => {
      @Controller()
      class ByHand {
        constructor(readonly host: HttpAdapterHost) {}

        @Get('handler')
        handler(@Res() response: object) {
          return this.host.httpAdapter.reply(response, new Response('by hand', { status: 203 }))
        }
      }
      const { get: getByHand } = await platform.start({
        controllers: [ByHand],
        imports: [FailureModule.forRoot()],
        configure: (app) => {
          app.use((incoming: { url: string }, outgoing: object, next: () => void) => {
            if (incoming.url !== '/middleware') return next()
            return app.getHttpAdapter().reply(outgoing, new Response('by hand', { status: 203 }))
          })
        },
      })
      for (const path of ['/handler', '/middleware']) {
        const response = await getByHand(path)
        expect([response.status, response.body], path).to.deep.equal([203, 'by hand'])
      }
    })
  })
}
