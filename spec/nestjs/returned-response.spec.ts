import { once } from 'node:events'
import { get as httpGet } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { Controller, Get, Header, HttpCode, Post, Res, type Type, UseInterceptors } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { expect } from 'chai'
import { map } from 'rxjs'
import { CatchingFailure, Conflict } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { bodies, streamOf } from '../node/stream-of.js'
import { closeServers, platforms } from './platforms.js'
import { LONGEST_WAIT } from './request.js'

for (const platform of platforms) {
  describe(`A Response returned by a handler with FailureModule on ${platform.name}`, () => {
    afterEach(closeServers)

    const start = (controller: Type) =>
      platform.start({ controllers: [controller], imports: [FailureModule.forRoot({ onFailure: () => undefined })] })

    it('is sent with its status, headers and cookies', async () => {
      @Controller('pages')
      class Pages {
        @Get('text')
        text() {
          const page = new Response('a page', { status: 203, headers: { 'X-Page': '7' } })
          page.headers.append('Set-Cookie', 'a=1; Path=/')
          page.headers.append('Set-Cookie', 'b=2; Path=/')
          return page
        }

        @Get('decorated')
        @CatchingFailure()
        decorated(): Response {
          return this.text()
        }
      }
      const { get } = await start(Pages)
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
      @Controller('pages')
      class Pages {
        @Get('promised')
        async promised() {
          return Response.json({ page: 7 })
        }

        @Get('mapped')
        @UseInterceptors({
          intercept: (_context, next) => next.handle().pipe(map((page: number) => new Response(`${page}`))),
        })
        mapped() {
          return 7
        }
      }
      const { get } = await start(Pages)
      expect((await get('/pages/promised')).json()).to.deep.equal({ page: 7 })
      expect((await get('/pages/promised')).field('content-type')).to.match(/^application\/json/)
      expect((await get('/pages/mapped')).body).to.equal('7')
    })

    it('overrides the status and headers set by decorators, and keeps other headers', async () => {
      @Controller('pages')
      class Pages {
        @Post()
        create() {
          return Response.json({ page: 7 }, { status: 202 })
        }

        @Get()
        @HttpCode(299)
        @Header('X-Shelf', '7')
        @Header('X-Page', '1')
        list() {
          return new Response('a page', { status: 203, headers: { 'X-Page': '7' } })
        }
      }
      const { get } = await start(Pages)
      expect((await get('/pages', { method: 'POST' })).status).to.equal(202)
      const response = await get('/pages')
      expect(response.status).to.equal(203)
      expect(response.field('x-shelf')).to.equal('7')
      expect(response.field('x-page')).to.equal('7')
    })

    it('is sent without content when it has none', async () => {
      @Controller('pages')
      class Pages {
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
      }
      const { get } = await start(Pages)
      const none = await get('/pages/none')
      expect([none.status, none.body, none.field('x-page')]).to.deep.equal([204, '', '7'])
      expect(none.names()).not.to.include.members(['content-length', 'transfer-encoding'])
      const empty = await get('/pages/empty')
      expect([empty.status, empty.body]).to.deep.equal([200, ''])
      const moved = await get('/pages/moved')
      expect([moved.status, moved.field('location')]).to.deep.equal([303, 'https://bookshop.example/pages'])
    })

    const endless = () => new Response(streamOf(...Array<string>(1000).fill('again ')))

    it('is sent without its content for HEAD', async () => {
      @Controller('pages')
      class Pages {
        @Get('text')
        text() {
          return new Response('a page', { status: 203, headers: { 'X-Page': '7' } })
        }

        @Get('endless')
        endless() {
          return endless()
        }
      }
      const { get } = await start(Pages)
      const response = await get('/pages/text', { method: 'HEAD' })
      expect([response.status, response.body, response.field('x-page')]).to.deep.equal([203, '', '7'])
      expect((await get('/pages/endless', { method: 'HEAD' })).status).to.equal(200)
    })

    it('is sent with all bytes of a binary body and all chunks of a stream', async () => {
      @Controller('pages')
      class Pages {
        @Get('binary')
        binary() {
          return new Response(Uint8Array.of(0, 1, 2, 255))
        }

        @Get('stream')
        stream() {
          const body = streamOf('one ', 'two ', 'x'.repeat(300_000))
          return new Response(body, { headers: { 'Content-Type': 'text/plain' } })
        }
      }
      const { get } = await start(Pages)
      expect((await get('/pages/binary')).body).to.equal(Buffer.of(0, 1, 2, 255).toString())
      const { body } = await get('/pages/stream')
      expect(body).to.equal(`one two ${'x'.repeat(300_000)}`)
    })

    it('cancels its stream when the client disconnects', async () => {
      @Controller('pages')
      class Pages {
        @Get()
        list() {
          return endless()
        }
      }
      const { origin } = await start(Pages)
      bodies.cancelled = false
      const client = httpGet(`${origin}/pages`, { agent: false })
      const [response] = await once(client, 'response')
      await once(response, 'data')
      client.destroy()
      for (let waited = 0; waited < LONGEST_WAIT && !bodies.cancelled; waited += 20) await setTimeout(20)
      expect(bodies.cancelled).to.equal(true)
    })

    it('is cut off when its stream fails midway', async () => {
      @Controller('pages')
      class Pages {
        @Get('failing')
        failing() {
          return new Response(streamOf('one ', new Error('secret')))
        }

        @Get('object')
        object() {
          return { page: 7 }
        }
      }
      const { get } = await start(Pages)
      const error = await get('/pages/failing').catch((cause) => cause)
      expect(error).to.be.instanceOf(Error)
      expect((await get('/pages/object')).json()).to.deep.equal({ page: 7 })
    })

    it('is replaced by problem details when a decorated handler throws', async () => {
      @Controller('pages')
      class Pages {
        @Get()
        @CatchingFailure()
        list(): Response {
          throw new Conflict('The page is torn.')
        }
      }
      const { get } = await start(Pages)
      expect((await get('/pages')).json()).to.include({ status: 409, detail: 'The page is torn.' })
    })

    it('does not affect other return values and unknown paths', async () => {
      @Controller('pages')
      class Pages {
        @Get()
        list() {
          return { page: 7 }
        }
      }
      const { get } = await start(Pages)
      expect((await get('/pages')).json()).to.deep.equal({ page: 7 })
      expect((await get('/pages/unknown')).json()).to.include({ status: 404 })
    })

    it('is replaced by problem details when its stream fails before the first chunk', async () => {
      @Controller('pages')
      class Pages {
        @Get()
        list() {
          const headers = { 'X-Page': '7', 'Set-Cookie': 'page=7' }
          return new Response(streamOf(new Conflict('The page is torn.')), { headers })
        }
      }
      const { get } = await start(Pages)
      const response = await get('/pages')
      expect(response.json()).to.include({ status: 409, detail: 'The page is torn.' })
      expect(response.names()).to.not.contain.oneOf(['x-page', 'set-cookie'])
    })

    it('causes a 500 when its content was already read', async () => {
      @Controller('pages')
      class Pages {
        @Get()
        async list() {
          const page = new Response('a page')
          await page.text()
          return page
        }
      }
      const { get } = await start(Pages)
      expect((await get('/pages')).status).to.equal(500)
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
      const { get } = await platform.start({
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
        const response = await get(path)
        expect([response.status, response.body], path).to.deep.equal([203, 'by hand'])
      }
    })
  })
}
