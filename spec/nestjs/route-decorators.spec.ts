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

      it('has its own status and a body, whatever @HttpCode() says', async () => {
        for (const [path, method] of [
          ['no-content', 'DELETE'],
          ['not-modified', 'GET'],
          ['created', 'POST'],
        ] as const) {
          const answer = await request(`/books/${path}`, { method })
          expect(answer.status, path).to.equal(404)
          expect(answer.phrase, path).to.equal('Not Found')
          expect(answer.field('content-length'), path).to.equal(String(answer.body.length))
          expect(answer.json(), path).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
        }
      })

      it('leads nowhere, whatever @Redirect() says', async () => {
        const answer = await request('/books/redirected')
        expect(answer.status).to.equal(404)
        expect(answer.names()).not.to.include('location')
      })

      it('has none of the fields of @Header() that describe the success, and the others', async () => {
        const answer = await request('/books/fields')
        expect(answer.status).to.equal(404)
        expect(answer.json()).to.include({ status: 404 })
        for (const gone of ['content-encoding', 'location', 'transfer-encoding']) {
          expect(answer.names()).not.to.include(gone)
        }
        expect(answer.lines('content-type')).to.deep.equal(['application/problem+json'])
        expect(answer.lines('content-length')).to.deep.equal([String(answer.body.length)])
        expect(answer.lines('cache-control')).to.deep.equal(['no-store'])
        expect(answer.lines('vary')).to.deep.equal(['Origin'])
        expect(answer.lines('x-shelf')).to.deep.equal(['7'])
      })
    })
  }
}
