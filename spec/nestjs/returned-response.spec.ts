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

  @Get('failing-at-once')
  failingAtOnce() {
    return new Response(streamOf(new Conflict('The page is torn.')))
  }

  @Get('failing-half-way')
  failingHalfWay() {
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
  describe(`A Response that a handler returns, with FailureModule on ${platform.name}`, () => {
    let server: Awaited<ReturnType<typeof platform.start>>
    const get: typeof server.get = (path, init) => server.get(path, init)

    before(async () => {
      server = await platform.start({ controllers: [Pages], imports: [FailureModule.forRoot({ onFailure: () => {} })] })
    })

    after(closeServers)

    it('is sent with its status, its fields and each of its cookies', async () => {
      for (const path of ['/pages/text', '/pages/decorated']) {
        const answer = await get(path)
        expect(answer.status).to.equal(203)
        expect(answer.body).to.equal('a page')
        expect(answer.field('content-type')).to.equal('text/plain;charset=UTF-8')
        expect(answer.field('x-page')).to.equal('7')
        expect(answer.lines('set-cookie')).to.deep.equal(['a=1; Path=/', 'b=2; Path=/'])
      }
    })

    it('is sent when it was promised, and when an interceptor has made it', async () => {
      expect((await get('/pages/promised')).json()).to.deep.equal({ page: 7 })
      expect((await get('/pages/promised')).field('content-type')).to.match(/^application\/json/)
      expect((await get('/pages/mapped')).body).to.equal('7')
    })

    it('decides the status, and says more than what was set before', async () => {
      expect((await get('/pages/created', { method: 'POST' })).status).to.equal(202)
      const answer = await get('/pages/set-before')
      expect(answer.status).to.equal(203)
      expect(answer.field('x-shelf')).to.equal('7')
      expect(answer.field('x-page')).to.equal('7')
    })

    it('may have no content', async () => {
      const none = await get('/pages/none')
      expect([none.status, none.body, none.field('x-page')]).to.deep.equal([204, '', '7'])
      expect(none.names()).not.to.include.members(['content-length', 'transfer-encoding'])
      const empty = await get('/pages/empty')
      expect([empty.status, empty.body]).to.deep.equal([200, ''])
      const moved = await get('/pages/moved')
      expect([moved.status, moved.field('location')]).to.deep.equal([303, 'https://bookshop.example/pages'])
    })

    it('is sent to HEAD without its content', async () => {
      const answer = await get('/pages/text', { method: 'HEAD' })
      expect([answer.status, answer.body, answer.field('x-page')]).to.deep.equal([203, '', '7'])
      expect((await get('/pages/endless', { method: 'HEAD' })).status).to.equal(200)
    })

    it('is sent byte by byte, and as it is produced', async () => {
      expect((await get('/pages/binary')).body).to.equal(Buffer.of(0, 1, 2, 255).toString())
      const { body } = await get('/pages/stream')
      expect(body).to.equal(`one two ${'x'.repeat(300_000)}`)
    })

    it('stops when the client goes away', async () => {
      bodies.cancelled = false
      const client = httpGet(`${server.origin}/pages/endless`, { agent: false })
      const [answer] = await once(client, 'response')
      await once(answer, 'data')
      client.destroy()
      for (let waited = 0; waited < LONGEST_WAIT && !bodies.cancelled; waited += 20) await setTimeout(20)
      expect(bodies.cancelled).to.equal(true)
    })

    it('does not pass for a whole one when it fails half-way', async () => {
      const error = await get('/pages/failing-half-way').catch((cause) => cause)
      expect(error).to.be.instanceOf(Error)
      expect((await get('/pages/object')).json()).to.deep.equal({ page: 7 })
    })

    it('is no way past the answer to a failure', async () => {
      expect((await get('/pages/decorated-failing')).json()).to.include({ status: 409, detail: 'The page is torn.' })
    })

    it('leaves what is none as it is', async () => {
      expect((await get('/pages/object')).json()).to.deep.equal({ page: 7 })
      expect((await get('/pages/unknown')).json()).to.include({ status: 404 })
    })

    it('may fail before its first chunk', async () => {
      expect((await get('/pages/failing-at-once')).json()).to.include({ status: 409, detail: 'The page is torn.' })
    })

    it('cannot be sent once it has been read', async () => {
      expect((await get('/pages/read')).status).to.equal(500)
    })

    it('may be given to the adapter by a handler and by a middleware as well', async () => {
      @Controller()
      class ByHand {
        constructor(readonly host: HttpAdapterHost) {}

        @Get('handler')
        handler(@Res() response: object) {
          return this.host.httpAdapter.reply(response, new Response('by hand', { status: 203 }))
        }
      }
      const { get: ask } = await platform.start({
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
        const answer = await ask(path)
        expect([answer.status, answer.body], path).to.deep.equal([203, 'by hand'])
      }
    })
  })
}
