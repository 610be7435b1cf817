import { Controller, Delete, Get, Header, HttpCode, Post, Redirect } from '@nestjs/common'
import { expect } from 'chai'
import { NotFound } from '../../src/index.js'
import { closeServers, platforms } from './platforms.js'
import { ways } from './ways.js'

for (const platform of platforms) {
  for (const { name, Caught, application } of ways) {
    describe(`A failure on ${platform.name} ${name}`, () => {
      @Controller('books')
      class Books {
        @Delete('no-content')
        @HttpCode(204)
        @Caught()
        noContent() {
          throw new NotFound()
        }

        @Get('not-modified')
        @Caught()
        @HttpCode(304)
        notModified() {
          throw new NotFound()
        }

        @Post('created')
        @Caught()
        created() {
          throw new NotFound()
        }

        @Get('redirected')
        @Redirect('/elsewhere', 301)
        @Caught()
        redirected() {
          throw new NotFound()
        }

        @Get('fields')
        @Header('Content-Type', 'text/csv')
        @Header('Content-Length', '7')
        @Header('Content-Encoding', 'gzip')
        @Header('Cache-Control', 'public, max-age=60')
        @Header('Location', '/elsewhere')
        @Header('Transfer-Encoding', 'chunked')
        @Header('Vary', 'Origin')
        @Header('X-Shelf', '7')
        @Caught()
        async fields() {
          throw new NotFound()
        }
      }

      let request: Awaited<ReturnType<typeof platform.start>>['get']

      before(async () => {
        request = (await platform.start({ ...application, controllers: [Books] })).get
      })

      after(closeServers)

      it('has its own status and a body regardless of @HttpCode()', async () => {
        for (const [path, method] of [
          ['no-content', 'DELETE'],
          ['not-modified', 'GET'],
          ['created', 'POST'],
        ] as const) {
          const response = await request(`/books/${path}`, { method })
          expect(response.status, path).to.equal(404)
          expect(response.phrase, path).to.equal('Not Found')
          expect(response.field('content-length'), path).to.equal(String(response.body.length))
          expect(response.json(), path).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
        }
      })

      it('has no Location regardless of @Redirect()', async () => {
        const response = await request('/books/redirected')
        expect(response.status).to.equal(404)
        expect(response.names()).not.to.include('location')
      })

      it('replaces or omits @Header() fields of the success, and has the others', async () => {
        const response = await request('/books/fields')
        expect(response.status).to.equal(404)
        expect(response.json()).to.include({ status: 404 })
        for (const omitted of ['content-encoding', 'location', 'transfer-encoding']) {
          expect(response.names()).not.to.include(omitted)
        }
        expect(response.lines('content-type')).to.deep.equal(['application/problem+json'])
        expect(response.lines('content-length')).to.deep.equal([String(response.body.length)])
        expect(response.lines('cache-control')).to.deep.equal(['no-store'])
        expect(response.lines('vary')).to.deep.equal(['Origin'])
        expect(response.lines('x-shelf')).to.deep.equal(['7'])
      })
    })
  }
}
