import {
  ConsoleLogger,
  Controller,
  Get,
  Logger,
  type LoggerService,
  NotFoundException,
  Post,
  Req,
} from '@nestjs/common'
import { expect } from 'chai'
import { BadGateway, Conflict, NotFound, ServiceUnavailable } from '../../src/index.js'
import { FailureFilter, logFailureToNest } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'
import type { RequestInit } from './request.js'

class UnknownBook extends NotFound {}

class Unspeakable extends NotFound {
  override get detail(): string {
    return gone()
  }
}

class StockError extends Error {
  override readonly name = 'StockError'
}

@Controller('books')
class Books {
  @Get('foreign')
  foreign() {
    throw new Error('cannot read the shelf', { cause: new Error('disk full') })
  }

  @Get('deep')
  deep() {
    const causes = ['quota', 'disk', 'file', 'shelf', 'catalogue']
    throw causes.reduce<Error>((cause, what) => new Error(`no ${what}`, { cause }), new StockError('no electricity'))
  }

  @Get('hostile')
  hostile() {
    throw Object.defineProperty(new Error('x'), 'stack', { get: gone })
  }

  @Get('forged')
  forged() {
    throw new Error('no\n[Nest] 1 LOG Ada has logged in\u001b[2J\r')
  }

  @Get('upstream')
  upstream() {
    const config = { headers: { Authorization: 'Bearer secret' }, data: 'secret' }
    const response = { headers: { 'set-cookie': 'secret' }, data: { password: 'secret' } }
    const sent = { body: 'secret', url: 'http://printer.internal/?token=secret', rawHeaders: 'secret' }
    throw Object.assign(new Error('the printer says no'), { code: 'ERR_BAD_REQUEST', config, response, ...sent })
  }

  @Get('refused')
  refused() {
    throw new AggregateError([new Error('::1 refuses'), new Error('127.0.0.1 refuses')], 'nobody is there')
  }

  @Get('object')
  object() {
    throw { code: 7, config: { headers: 'secret' } }
  }

  @Get('gateway')
  gateway() {
    throw new BadGateway('printer.internal says no', { extensions: { printer: 7 }, headers: { 'X-Printer': 'secret' } })
  }

  @Get('unavailable')
  unavailable() {
    throw new ServiceUnavailable('Back soon.')
  }

  @Get('kept-back')
  keptBack() {
    throw new Conflict('locked by Ada', { expose: false, instance: '/locks/7' })
  }

  @Get('missing')
  missing() {
    throw new NotFound()
  }

  @Get('unknown')
  unknown() {
    throw new UnknownBook('There is no such book.', { cause: new Error('no row') })
  }

  @Get('of-nest')
  ofNest() {
    throw new NotFoundException('secret')
  }

  @Get('unspeakable')
  unspeakable() {
    throw new Unspeakable()
  }

  @Post('said')
  said(@Req() { body }: { body: { detail: string } }) {
    throw new UnknownBook(body.detail)
  }
}

function gone(): never {
  throw new Error('gone')
}

class Spy implements LoggerService {
  readonly errors: unknown[][] = []
  readonly debugged: unknown[][] = []
  log() {}
  warn() {}
  error(...line: unknown[]) {
    this.errors.push(line)
  }
  debug(...line: unknown[]) {
    this.debugged.push(line)
  }
}

/** A logger that has its levels, as that of Nest has. */
class Selective extends Spy {
  readonly asked: string[] = []

  constructor(readonly debugs: boolean) {
    super()
  }

  isLevelEnabled(level: string) {
    this.asked.push(level)
    return this.debugs
  }
}

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

    async function visit(path: string, init: RequestInit = {}, logger: LoggerService | false = spy): Promise<void> {
      const { get } = await platform.start({
        controllers: [Books],
        options: { logger },
        configure: (app) => app.useGlobalFilters(new FailureFilter()),
      })
      await get(path, init)
    }

    async function errorsOf(path: string): Promise<unknown[][]> {
      await visit(path)
      expect(spy.debugged).to.deep.equal([])
      return spy.errors
    }

    /** The text of the only error. */
    async function shown(path: string): Promise<string> {
      const [line, ...others] = await errorsOf(path)
      expect(others).to.deep.equal([])
      return line?.[1] as string
    }

    async function debuggedOf(path: string, init?: RequestInit): Promise<unknown[][]> {
      await visit(path, init)
      expect(spy.errors).to.deep.equal([])
      return spy.debugged
    }

    function saying(detail: string): RequestInit {
      const headers = { 'Content-Type': 'application/json' }
      return { method: 'POST', headers, body: JSON.stringify({ detail }) }
    }

    describe('tells of a server failure, as an error,', () => {
      it('method, path and status, and every cause with its trace', async () => {
        const [line, ...others] = await errorsOf('/books/foreign?key=secret')
        expect(others).to.deep.equal([])
        const [summary, stack, context] = line as string[]
        expect(summary).to.equal('GET /books/foreign 500')
        expect(stack)
          .to.match(/InternalServerError/)
          .and.match(/cannot read the shelf/)
          .and.match(/disk full/)
        expect(stack).to.include('log-failure-to-nest.spec.ts')
        expect(context).to.equal('FailureFilter')
        expect(JSON.stringify(line)).not.to.include('secret')
      })

      it('each cause once, under the name that it has now, however many there are', async () => {
        const headlines = (await shown('/books/deep')).split('\n').filter((line) => !line.startsWith(' '))
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

      it('the telling fields of an error, and neither header fields nor bodies nor queries that it carries', async () => {
        expect(await shown('/books/upstream'))
          .to.include("\n  code: 'ERR_BAD_REQUEST'")
          .and.not.to.match(/secret|config|response/)
      })

      it('the errors that are one', async () => {
        expect(await shown('/books/refused')).to.include('errors: Error: ::1 refuses; Error: 127.0.0.1 refuses')
      })

      it('what was thrown, if it is no error', async () => {
        expect(await shown('/books/object'))
          .to.include('Caused by: { code: 7, config: [Object] }')
          .and.not.to.include('secret')
      })

      it('what it keeps from the client, and no header field', async () => {
        expect(await shown('/books/gateway'))
          .to.include('BadGateway: printer.internal says no')
          .and.to.include('\n  extensions: { printer: 7 }')
          .and.not.to.include('secret')
      })

      it('nothing that could be taken for another entry', async () => {
        expect(await shown('/books/forged')).to.include(
          '\nCaused by: Error: no\n  [Nest] 1 LOG Ada has logged in\\u001b[2J\\u000d\n      at ',
        )
      })

      it('that it came, even if it cannot be shown', async () => {
        const [line] = await errorsOf('/books/hostile')
        expect(line?.slice(0, 2)).to.deep.equal(['GET /books/hostile 500', '(an error that cannot be printed)'])
      })

      it('as much if the client was told of it', async () => {
        expect(await shown('/books/unavailable')).to.include('ServiceUnavailable: Back soon.')
        expect(spy.errors[0]?.[0]).to.equal('GET /books/unavailable 503')
      })
    })

    it('tells as much of a client failure that is not exposed', async () => {
      expect(await shown('/books/kept-back'))
        .to.include('Conflict: locked by Ada')
        .and.to.include("\n  instance: '/locks/7'")
      expect(spy.errors[0]?.[0]).to.equal('GET /books/kept-back 409')
    })

    describe('tells of any other client failure, as debug,', () => {
      it('method, path, status, name and detail, in one line', async () => {
        expect(await debuggedOf('/books/unknown?key=secret')).to.deep.equal([
          ['GET /books/unknown 404 UnknownBook: There is no such book.', 'FailureFilter'],
        ])
      })

      it('the name alone, if there is no detail', async () => {
        expect((await debuggedOf('/books/missing'))[0]?.[0]).to.equal('GET /books/missing 404 NotFound')
      })

      it('no words of Nest, which quote the query and the body', async () => {
        expect((await debuggedOf('/unknown?key=secret'))[0]?.[0]).to.equal('GET /unknown 404 NotFound')
        expect((await debuggedOf('/books/of-nest'))[1]?.[0]).to.equal('GET /books/of-nest 404 NotFound')
        const malformed = { ...saying(''), body: 'secret' }
        expect((await debuggedOf('/books/said', malformed))[2]?.[0]).to.equal('POST /books/said 400 BadRequest')
      })

      it('one line, whatever the detail holds', async () => {
        const forged =
          'no\r\n\t[Nest] LOG Ada has logged in \u001b[31m\u0085\u009b\u2028\u2029\u202e\u2066\ud83d \u{1f4d6}'
        expect((await debuggedOf('/books/said', saying(forged)))[0]?.[0]).to.equal(
          'POST /books/said 404 UnknownBook: no\\u000d\\u000a\\u0009[Nest] LOG Ada has logged in ' +
            '\\u001b[31m\\u0085\\u009b\\u2028\\u2029\\u202e\\u2066\\ud83d \u{1f4d6}',
        )
      })

      it('no more of a long path and a long detail than a line can bear', async () => {
        const path = `/${'x'.repeat(2000)}`
        expect((await debuggedOf(path))[0]?.[0]).to.equal(`GET ${path.slice(0, 500)}… 404 NotFound`)
        const [line] = (await debuggedOf('/books/said', saying('x'.repeat(2000))))[1] as [string]
        expect(line)
          .to.match(/^POST \/books\/said 404 UnknownBook: x+…$/)
          .and.to.have.lengthOf(222)
      })

      it('that it came, even if it cannot be shown', async () => {
        expect((await debuggedOf('/books/unspeakable'))[0]?.[0]).to.equal(
          'GET /books/unspeakable 404 (a failure that cannot be printed)',
        )
      })

      it('nothing where the logger does not take debug', async () => {
        for (const debugs of [true, false]) {
          const logger = new Selective(debugs)
          await visit('/books/unknown', {}, logger)
          expect(logger.asked).to.deep.equal(['debug'])
          expect(logger.debugged).to.have.lengthOf(debugs ? 1 : 0)
        }
      })

      it('nothing where Nest has no logger', async () => {
        await visit('/books/unknown', {}, false)
        expect(spy.debugged).to.deep.equal([])
      })
    })
  })
}

describe('logFailureToNest', () => {
  afterEach(() => Logger.overrideLogger(false))

  it('makes no line of a client failure where Nest does not take debug', async () => {
    const failure = Object.defineProperty(new NotFound(), 'name', { get: () => asked++ })
    let asked = 0
    for (const logLevels of [['log'], ['debug']] as const) {
      Logger.overrideLogger(new Silent('', { logLevels: [...logLevels] }))
      logFailureToNest(failure, context)
    }
    expect(asked).to.equal(1)
  })
})

/** That of Nest, which prints nothing here. */
class Silent extends ConsoleLogger {
  protected override printMessages(): void {}
}

const context = {
  error: undefined,
  method: 'GET',
  path: '/',
  header: () => undefined,
  languages: [],
  raw: undefined,
}

describe('onFailure', () => {
  afterEach(async () => {
    await closeServers()
    Logger.overrideLogger(false)
  })

  for (const platform of platforms) {
    it(`replaces the log, or adds to it, on ${platform.name}`, async () => {
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
        const { get } = await platform.start({ controllers: [Books], options: { logger: spy }, configure })
        await get('/books/foreign')
      }
      expect(counted).to.deep.equal([500, 500])
      expect(spy.errors.map(([summary]) => summary)).to.deep.equal(['GET /books/foreign 500'])
    })
  }
})
