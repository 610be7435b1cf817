import {
  BadRequestException,
  Body,
  Controller,
  Delete,
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
  UseGuards,
} from '@nestjs/common'
import { expect } from 'chai'
import { of } from 'rxjs'
import { NotFound } from '../../src/index.js'
import type { AnyResponse } from './any-response.js'
import { closeServers, platforms } from './platforms.js'
import type { ReceivedResponse, RequestInit } from './request.js'
import { silently } from './ways.js'

@Controller('books')
class Books {
  @Get()
  @Header('ETag', '"7"')
  @Header('Cache-Control', 'public, max-age=60')
  list() {
    return [{ isbn: '978-0131103627' }]
  }

  @Get('observable')
  observable() {
    return of('a', 'book')
  }

  @Get('file')
  file() {
    return new StreamableFile(Buffer.from('a book'), { disposition: 'attachment' })
  }

  @Get('sent')
  sent(@Res() response: AnyResponse) {
    response.header('X-Shelf', '7')
    response.send('a book')
  }

  @Get('redirected')
  @Redirect('/books', 307)
  redirected() {}

  @Delete()
  @HttpCode(204)
  remove() {}

  @Post()
  add(@Body() book: unknown) {
    return { added: book }
  }

  @Get('number/:number')
  number(@Param('number', ParseIntPipe) number: number) {
    return { number }
  }

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

  @Get('guarded')
  @UseGuards({ canActivate: () => false })
  guarded() {}
}

const JSON_CONTENT = { 'content-type': 'application/json' }

const successes: [path: string, init?: RequestInit][] = [
  ['/books'],
  ['/books', { method: 'HEAD' }],
  ['/books', { headers: { 'if-none-match': '"7"' } }],
  ['/books', { method: 'DELETE' }],
  ['/books', { method: 'POST', headers: JSON_CONTENT, body: '{"isbn":"978-0131103627"}' }],
  ['/books/observable'],
  ['/books/file'],
  ['/books/file', { method: 'HEAD' }],
  ['/books/sent'],
  ['/books/redirected'],
  ['/books/number/7'],
]

const failures: [path: string, init?: RequestInit][] = [
  ['/books/missing'],
  ['/books/missing', { method: 'HEAD' }],
  ['/books/nest-exception'],
  ['/books/teapot'],
  ['/books/unexpected'],
  ['/books/guarded'],
  ['/books/number/seven'],
  ['/books/nowhere'],
  ['/books', { method: 'PUT' }],
  ['/books', { method: 'POST', headers: JSON_CONTENT, body: '{"isbn":' }],
]

/** The headers that FailureFilter sets, and the ETag that Express adds to the content that Nest sends. */
const REPLACED_HEADERS = ['content-type', 'content-length', 'cache-control', 'etag', 'x-content-type-options']

function headersOf(response: ReceivedResponse, except: readonly string[] = []): Record<string, string[]> {
  const names = response.names().filter((name) => name !== 'date' && !except.includes(name))
  return Object.fromEntries(names.sort().map((name) => [name, response.lines(name)]))
}

function labelOf(path: string, { method = 'GET', headers = {} }: RequestInit = {}): string {
  return [`${method} ${path}`, ...Object.keys(headers)].join(' with ')
}

for (const platform of platforms) {
  describe(`FailureFilter compared with Nest's default filter on ${platform.name}`, () => {
    const requests: Awaited<ReturnType<typeof platform.start>>['get'][] = []
    const both = async (path: string, init?: RequestInit) => {
      const [nest, filtered] = await Promise.all(requests.map((get) => get(path, init)))
      return [nest!, filtered!] as const
    }

    before(async () => {
      for (const filters of [[], [silently()]]) {
        const configure = (app: INestApplication) => {
          app.enableCors({ origin: 'https://shop.example' })
          app.useGlobalFilters(...filters)
        }
        requests.push((await platform.start({ controllers: [Books], configure })).get)
      }
    })

    after(closeServers)

    for (const [path, init] of successes) {
      it(`keeps a successful response unchanged: ${labelOf(path, init)}`, async () => {
        const [nest, filtered] = await both(path, init)
        expect(filtered.status).to.equal(nest.status).and.to.be.below(400)
        expect(filtered.body).to.equal(nest.body)
        expect(headersOf(filtered)).to.deep.equal(headersOf(nest))
      })
    }

    for (const [path, init] of failures) {
      it(`keeps the status of an error, and the headers that it does not replace: ${labelOf(path, init)}`, async () => {
        const [nest, filtered] = await both(path, init)
        expect(filtered.status).to.equal(nest.status)
        expect(headersOf(filtered, REPLACED_HEADERS)).to.deep.equal(headersOf(nest, REPLACED_HEADERS))
        expect(filtered.lines('content-type')).to.deep.equal(['application/problem+json'])
        expect(filtered.lines('cache-control')).to.deep.equal(['no-store'])
        expect(filtered.lines('x-content-type-options')).to.deep.equal(['nosniff'])
        if (init?.method !== 'HEAD')
          expect(filtered.lines('content-length')).to.deep.equal([String(filtered.body.length)])
      })
    }
  })
}
