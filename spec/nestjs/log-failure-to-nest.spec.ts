import {
  ConsoleLogger,
  Controller,
  Get,
  InternalServerErrorException,
  Logger,
  type LoggerService,
  NotFoundException,
  Post,
  type Type,
} from '@nestjs/common'
import { expect } from 'chai'
import { BadGateway, Conflict, failureFromResponse, NotFound, ServiceUnavailable } from '../../src/index.js'
import { FailureFilter, logFailureToNest } from '../../src/nestjs/index.js'
import { closeServers, platforms, throwing } from './platforms.js'
import type { RequestInit } from './request.js'

for (const platform of platforms) {
  describe(`logFailureToNest on ${platform.name}`, () => {
    let spy: Spy

    beforeEach(() => {
      spy = new Spy()
    })

    afterEach(async () => {
      await closeServers()
      Logger.overrideLogger(false)
    })

    async function visit(
      controller: Type,
      path = '/books',
      init: RequestInit = {},
      logger: LoggerService | false = spy,
    ): Promise<void> {
      const { get } = await platform.start({
        controllers: [controller],
        options: { logger },
        configure: (app) => app.useGlobalFilters(new FailureFilter()),
      })
      await get(path, init)
    }

    /** The only logged error for a route that throws, as the arguments of the logger. */
    async function errorFor(error: unknown, path?: string): Promise<unknown[]> {
      await visit(throwing(error), path)
      expect(spy.debugLines).to.deep.equal([])
      expect(spy.errors).to.have.length(1)
      return spy.errors[0]!
    }

    /** The formatted causes of the only logged error. */
    async function causesOf(error: unknown): Promise<string> {
      return (await errorFor(error))[1] as string
    }

    describe('logs a server failure as an error', () => {
      it('with method, path, status and the stack trace of every cause', async () => {
        const error = new Error('cannot read the shelf', { cause: new Error('disk full') })
        const line = await errorFor(error, '/books?key=secret')
        const [summary, stack, context] = line as string[]
        expect(summary).to.equal('GET /books 500')
        expect(stack)
          .to.match(/InternalServerError/)
          .and.match(/cannot read the shelf/)
          .and.match(/disk full/)
        expect(stack).to.include('log-failure-to-nest.spec.ts')
        expect(context).to.equal('FailureFilter')
        expect(JSON.stringify(line)).not.to.include('secret')
      })

      it('with each cause once, under its current name, at any depth', async () => {
        class StockError extends Error {
          override readonly name = 'StockError'
        }
        const error = ['quota', 'disk', 'file', 'shelf', 'catalogue'].reduce<Error>(
          (cause, missing) => new Error(`no ${missing}`, { cause }),
          new StockError('no electricity'),
        )
        const headlines = (await causesOf(error)).split('\n').filter((line) => !line.startsWith(' '))
        expect(headlines).to.deep.equal([
          'InternalServerError: Internal Server Error',
          'Caused by: Error: no catalogue',
          'Caused by: Error: no shelf',
          'Caused by: Error: no file',
          'Caused by: Error: no disk',
          'Caused by: Error: no quota',
          'Caused by: StockError: no electricity',
        ])
      })

      it('with the code of an error, but not the headers, bodies and queries in it', async () => {
        const error = Object.assign(new Error('the printer refused the job'), {
          code: 'ERR_BAD_REQUEST',
          config: { headers: { Authorization: 'Bearer secret' }, data: 'secret' },
          response: { headers: { 'set-cookie': 'secret' }, data: { password: 'secret' } },
          body: 'secret',
          url: 'http://printer.internal/?token=secret',
          rawHeaders: 'secret',
        })
        expect(await causesOf(error))
          .to.include('\n  code: "ERR_BAD_REQUEST"')
          .and.not.to.match(/secret|config|response/)
      })

      it('with the errors of an AggregateError, their codes, stacks and causes', async () => {
        const refused = Object.assign(new Error('127.0.0.1 refuses', { cause: new Error('no cable') }), { code: 'NO' })
        const causes = await causesOf(new AggregateError([new Error('::1 refuses'), refused], 'no address accepts'))
        const lines = causes.split('\n').filter((line) => !/^ +at /.test(line))
        expect(lines).to.deep.equal([
          'InternalServerError: Internal Server Error',
          'Caused by: AggregateError: no address accepts',
          '  1 of 2: Error: ::1 refuses',
          '  2 of 2: Error: 127.0.0.1 refuses',
          '    code: "NO"',
          '  Caused by: Error: no cable',
        ])
        expect(causes.match(/log-failure-to-nest\.spec\.ts/g)).to.have.length.above(2)
      })

      it('with the response object of an exception', async () => {
        const exception = new InternalServerErrorException({ orderId: 7, step: 'pay', statusCode: 500 })
        expect(await causesOf(exception)).to.include('\n  response: {"orderId":7,"step":"pay","statusCode":500}')
      })

      it('without the members of an error that was restored from the response of another server', async () => {
        const response = Response.json(
          { status: 502, title: 'No.', token: 'secret', big: 'x'.repeat(2 ** 21) },
          { status: 502 },
        )
        const restored = await failureFromResponse(response)
        for (const error of [restored, new BadGateway('upstream', { cause: restored })]) {
          spy = new Spy()
          const causes = await causesOf(error)
          expect(causes).not.to.include('secret')
          expect(causes.length).to.be.below(16 * 1024)
        }
      })

      it('within 16 KB, with the first and the last cause', async () => {
        let cause: Error | undefined
        for (let depth = 50; depth > 0; depth--) cause = new Error(`${depth} ${'é'.repeat(2000)}`, { cause })
        const causes = await causesOf(cause)
        expect(Buffer.byteLength(causes)).to.be.below(16 * 1024)
        expect(causes).to.include('Caused by: Error: 1 é').and.to.include('Caused by: Error: 50 é')
        expect(causes).to.match(/\n\(\d+ more\)\n/)
      })

      it('with a thrown value that is not an error', async () => {
        expect(await causesOf({ code: 7, config: { headers: 'secret' } }))
          .to.include('Caused by: an object\n  code: 7')
          .and.not.to.include('secret')
      })

      it('with members that are withheld from the client, but no headers', async () => {
        const error = new BadGateway('printer.internal refused the job', {
          extensions: { printer: 7 },
          headers: { 'X-Printer': 'secret' },
        })
        expect(await causesOf(error))
          .to.include('BadGateway: printer.internal refused the job')
          .and.to.include('\n  extensions: {"printer":7}')
          .and.not.to.include('secret')
      })

      it('with control characters escaped, so that no entry can be forged', async () => {
        expect(await causesOf(new Error('no\n[Nest] 1 LOG Ada has logged in\u001b[2J\r'))).to.include(
          '\nCaused by: Error: no\n  [Nest] 1 LOG Ada has logged in\\u001b[2J\\u000d\n      at ',
        )
      })

      it('with a placeholder if the error cannot be printed', async () => {
        const [summary, causes] = await errorFor(Object.defineProperty(new Error('x'), 'stack', { get: throwGone }))
        expect(summary).to.equal('GET /books 500')
        expect(causes).to.equal(
          'InternalServerError: Internal Server Error\nCaused by: (an error that cannot be printed)',
        )
      })

      it('in full, even if it is exposed to the client', async () => {
        const [summary, stack] = await errorFor(new ServiceUnavailable('Back soon.'))
        expect(stack).to.include('ServiceUnavailable: Back soon.')
        expect(summary).to.equal('GET /books 503')
      })
    })

    it('logs a client failure as an error if it is not exposed', async () => {
      const error = new Conflict('locked by Ada', { expose: false, instance: '/locks/7' })
      const [summary, stack] = await errorFor(error)
      expect(stack).to.include('Conflict: locked by Ada').and.to.include('\n  instance: "/locks/7"')
      expect(summary).to.equal('GET /books 409')
    })

    describe('logs any other client failure at debug level', () => {
      class UnknownBook extends NotFound {}

      async function debugLinesOf(controller: Type, path?: string, init?: RequestInit): Promise<unknown[][]> {
        await visit(controller, path, init)
        expect(spy.errors).to.deep.equal([])
        return spy.debugLines
      }

      it('with method, path, status, name and detail in one line', async () => {
        const failure = new UnknownBook('There is no such book.', { cause: new Error('no row') })
        expect(await debugLinesOf(throwing(failure), '/books?key=secret')).to.deep.equal([
          ['GET /books 404 UnknownBook: There is no such book.', 'FailureFilter'],
        ])
      })

      it('with only the name if there is no detail', async () => {
        expect((await debugLinesOf(throwing(new NotFound())))[0]?.[0]).to.equal('GET /books 404 NotFound')
      })

      it('with the details of Nest, but without those that quote the query or the body', async () => {
        @Controller('books')
        class Books {
          @Get()
          list() {
            throw new NotFoundException('No books yet.')
          }

          @Post()
          add() {}
        }
        const malformed = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: 'secret' }
        expect((await debugLinesOf(Books, '/unknown?key=secret'))[0]?.[0]).to.equal(
          'GET /unknown 404 NotFound: Cannot GET /unknown',
        )
        expect((await debugLinesOf(Books, '/books'))[1]?.[0]).to.equal('GET /books 404 NotFound: No books yet.')
        const [line] = (await debugLinesOf(Books, '/books', malformed))[2] as [string]
        expect(line)
          .to.match(/^POST \/books 400 BadRequest: /)
          .and.not.to.include('secret')
      })

      it('in one line, even if the detail contains line breaks', async () => {
        const forged =
          'no\r\n\t[Nest] LOG Ada has logged in \u001b[31m\u0085\u009b\u2028\u2029\u202e\u2066\ud83d \u{1f4d6}'
        expect((await debugLinesOf(throwing(new UnknownBook(forged))))[0]?.[0]).to.equal(
          'GET /books 404 UnknownBook: no\\u000d\\u000a\\u0009[Nest] LOG Ada has logged in ' +
            '\\u001b[31m\\u0085\\u009b\\u2028\\u2029\\u202e\\u2066\\ud83d \u{1f4d6}',
        )
      })

      it('with a long path and a long detail truncated', async () => {
        const controller = throwing(new UnknownBook('x'.repeat(2000)))
        const path = `/${'x'.repeat(2000)}`
        const [unknown] = (await debugLinesOf(controller, path))[0] as [string]
        expect(unknown).to.match(/^GET \/x{499}… 404 NotFound: Cannot GET \/x+…$/)
        const [line] = (await debugLinesOf(controller))[1] as [string]
        expect(line)
          .to.match(/^GET \/books 404 UnknownBook: x+…$/)
          .and.to.have.lengthOf(216)
      })

      it('with a placeholder if the failure cannot be printed', async () => {
        class Unprintable extends NotFound {
          override get detail(): string {
            return throwGone()
          }
        }
        expect((await debugLinesOf(throwing(new Unprintable())))[0]?.[0]).to.equal(
          'GET /books 404 (a failure that cannot be printed)',
        )
      })

      it('only if the logger enables debug', async () => {
        /** A logger with levels, as Nest's has. */
        class Selective extends Spy {
          readonly queriedLevels: string[] = []

          constructor(readonly enablesDebug: boolean) {
            super()
          }

          isLevelEnabled(level: string) {
            this.queriedLevels.push(level)
            return this.enablesDebug
          }
        }

        for (const enablesDebug of [true, false]) {
          const logger = new Selective(enablesDebug)
          await visit(throwing(new UnknownBook()), '/books', {}, logger)
          expect(logger.queriedLevels).to.deep.equal(['debug'])
          expect(logger.debugLines).to.have.lengthOf(enablesDebug ? 1 : 0)
        }
      })

      it('not at all if Nest has no logger', async () => {
        await visit(throwing(new UnknownBook()), '/books', {}, false)
        expect(spy.debugLines).to.deep.equal([])
      })
    })
  })
}

describe('logFailureToNest', () => {
  afterEach(() => Logger.overrideLogger(false))

  it('does not read a client failure if debug is disabled in Nest', async () => {
    /** Nest's logger without its output. */
    class Silent extends ConsoleLogger {
      protected override printMessages(): void {}
    }

    const context = {
      error: undefined,
      transport: 'http',
      pattern: undefined,
      handler: undefined,
      data: undefined,
      method: 'GET',
      path: '/',
      header: () => undefined,
      languages: [],
      raw: undefined,
    }
    const failure = Object.defineProperty(new NotFound(), 'name', { get: () => reads++ })
    let reads = 0
    for (const logLevels of [['log'], ['debug']] as const) {
      Logger.overrideLogger(new Silent('', { logLevels: [...logLevels] }))
      logFailureToNest(failure, context)
    }
    expect(reads).to.equal(1)
  })
})

describe('onFailure', () => {
  afterEach(async () => {
    await closeServers()
    Logger.overrideLogger(false)
  })

  for (const platform of platforms) {
    it(`replaces or extends the default log on ${platform.name}`, async () => {
      const counted: number[] = []
      const spy = new Spy()
      const silent = new FailureFilter({ onFailure: ({ status }) => counted.push(status) })
      const counting = new FailureFilter({
        onFailure(failure, context) {
          logFailureToNest(failure, context)
          counted.push(failure.status)
        },
      })
      for (const filter of [silent, counting]) {
        const configure = (app: { useGlobalFilters(filter: FailureFilter): unknown }) => app.useGlobalFilters(filter)
        const { get } = await platform.start({
          controllers: [throwing(new Error())],
          options: { logger: spy },
          configure,
        })
        await get('/books')
      }
      expect(counted).to.deep.equal([500, 500])
      expect(spy.errors.map(([summary]) => summary)).to.deep.equal(['GET /books 500'])
    })
  }
})

function throwGone(): never {
  throw new Error('gone')
}

class Spy implements LoggerService {
  readonly errors: unknown[][] = []
  readonly debugLines: unknown[][] = []
  log() {}
  warn() {}
  error(...line: unknown[]) {
    this.errors.push(line)
  }
  debug(...line: unknown[]) {
    this.debugLines.push(line)
  }
}
