import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  type ExceptionFilter,
  Get,
  Header,
  HttpCode,
  HttpException,
  type INestApplication,
  Param,
  ParseIntPipe,
  Post,
  Redirect,
  Res,
  StreamableFile,
  type Type,
  UseGuards,
} from '@nestjs/common'
import { expect } from 'chai'
import { of } from 'rxjs'
import { NotFound } from '../../src/index.js'
import type { AnyResponse } from './any-response.js'
import { closeServers, platforms } from './platforms.js'
import type { ReceivedResponse, RequestInit } from './request.js'
import { silently } from './ways.js'

/** The headers that FailureFilter sets, and the ETag that Express adds to the content that Nest sends. */
const REPLACED_HEADERS = ['content-type', 'content-length', 'cache-control', 'etag', 'x-content-type-options']

for (const platform of platforms) {
  describe(`FailureFilter compared with Nest's default filter on ${platform.name}`, () => {
    afterEach(closeServers)

    function keepsSuccess(controller: Type, path: string, init?: RequestInit): void {
      it(`keeps a successful response unchanged: ${labelOf(path, init)}`, async () => {
        const [nest, filtered] = await both(controller, path, init)
        expect(filtered.status).to.equal(nest.status).and.to.be.below(400)
        expect(filtered.body).to.equal(nest.body)
        expect(headersOf(filtered)).to.deep.equal(headersOf(nest))
      })
    }

    function keepsStatusOfError(controller: Type, path: string, init?: RequestInit): void {
      it(`keeps the status of an error, and the headers that it does not replace: ${labelOf(path, init)}`, async () => {
        const [nest, filtered] = await both(controller, path, init)
        expect(filtered.status).to.equal(nest.status)
        expect(headersOf(filtered, REPLACED_HEADERS)).to.deep.equal(headersOf(nest, REPLACED_HEADERS))
        expect(filtered.lines('content-type')).to.deep.equal(['application/problem+json'])
        expect(filtered.lines('cache-control')).to.deep.equal(['no-store'])
        expect(filtered.lines('x-content-type-options')).to.deep.equal(['nosniff'])
        if (init?.method !== 'HEAD')
          expect(filtered.lines('content-length')).to.deep.equal([String(filtered.body.length)])
      })
    }

    /** The responses of an application without a filter, and of one with FailureFilter. */
    function both(controller: Type, path: string, init?: RequestInit) {
      const responseWith = async (...filters: ExceptionFilter[]) => {
        const configure = (app: INestApplication) => {
          app.enableCors({ origin: 'https://shop.example' })
          app.useGlobalFilters(...filters)
        }
        const { get } = await platform.start({ controllers: [controller], configure })
        return get(path, init)
      }
      return Promise.all([responseWith(), responseWith(silently())])
    }

    describe('for a handler that returns a value', () => {
      @Controller('books')
      class Books {
        @Get()
        @Header('ETag', '"7"')
        @Header('Cache-Control', 'public, max-age=60')
        list() {
          return [{ isbn: '978-0131103627' }]
        }

        @Delete()
        @HttpCode(204)
        remove() {}

        @Get('observable')
        observable() {
          return of('a', 'book')
        }

        @Get('file')
        file() {
          return new StreamableFile(Buffer.from('a book'), { disposition: 'attachment' })
        }
      }

      keepsSuccess(Books, '/books')
      keepsSuccess(Books, '/books', { method: 'HEAD' })
      keepsSuccess(Books, '/books', { headers: { 'if-none-match': '"7"' } })
      keepsSuccess(Books, '/books', { method: 'DELETE' })
      keepsSuccess(Books, '/books/observable')
      keepsSuccess(Books, '/books/file')
      keepsSuccess(Books, '/books/file', { method: 'HEAD' })
      keepsStatusOfError(Books, '/books/nowhere')
      keepsStatusOfError(Books, '/books', { method: 'PUT' })
    })

    describe('for a handler that sends or redirects', () => {
      @Controller('books')
      class Books {
        @Get('sent')
        sent(@Res() response: AnyResponse) {
          response.header('X-Shelf', '7')
          response.send('a book')
        }

        @Get('redirected')
        @Redirect('/books', 307)
        redirected() {}
      }

      keepsSuccess(Books, '/books/sent')
      keepsSuccess(Books, '/books/redirected')
    })

    describe('for a handler with a body, a pipe or a guard', () => {
      @Controller('books')
      class Books {
        @Post()
        add(@Body() book: unknown) {
          return { added: book }
        }

        @Get('number/:number')
        number(@Param('number', ParseIntPipe) number: number) {
          return { number }
        }

        @Get('guarded')
        @UseGuards({ canActivate: () => false })
        guarded() {}
      }

      const headers = { 'content-type': 'application/json' }
      keepsSuccess(Books, '/books', { method: 'POST', headers, body: '{"isbn":"978-0131103627"}' })
      keepsStatusOfError(Books, '/books', { method: 'POST', headers, body: '{"isbn":' })
      keepsSuccess(Books, '/books/number/7')
      keepsStatusOfError(Books, '/books/number/seven')
      keepsStatusOfError(Books, '/books/guarded')
    })

    describe('for a handler that throws', () => {
      @Controller('books')
      class Books {
        @Get('missing')
        @Header('X-Shelf', '7')
        missing() {
          throw new NotFound()
        }

        @Get('nest-exception')
        @Header('X-Shelf', '7')
        async nestException() {
          throw new BadRequestException('Invalid ISBN.')
        }

        @Get('teapot')
        teapot() {
          throw new HttpException({ brew: 'tea' }, 418)
        }

        @Get('unexpected')
        unexpected() {
          throw new Error('password=hunter2')
        }
      }

      keepsStatusOfError(Books, '/books/missing')
      keepsStatusOfError(Books, '/books/missing', { method: 'HEAD' })
      keepsStatusOfError(Books, '/books/nest-exception')
      keepsStatusOfError(Books, '/books/teapot')
      keepsStatusOfError(Books, '/books/unexpected')
    })
  })
}

function headersOf(response: ReceivedResponse, except: readonly string[] = []): Record<string, string[]> {
  const names = response.names().filter((name) => name !== 'date' && !except.includes(name))
  return Object.fromEntries(names.sort().map((name) => [name, response.lines(name)]))
}

function labelOf(path: string, { method = 'GET', headers = {} }: RequestInit = {}): string {
  return [`${method} ${path}`, ...Object.keys(headers)].join(' with ')
}
