import { inspect } from 'node:util'
import { Controller, Get, Logger, type LoggerService } from '@nestjs/common'
import { expect } from 'chai'
import { BadGateway, Conflict, NotFound, ServiceUnavailable } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { closeServers, platforms } from './platforms.js'

@Controller('books')
class Books {
  @Get('foreign')
  foreign() {
    throw new Error('cannot read the shelf', { cause: new Error('disk full') })
  }

  @Get('hostile')
  hostile() {
    throw Object.defineProperty(new Error('x'), inspect.custom, { value: () => gone() })
  }

  @Get('gateway')
  gateway() {
    throw new BadGateway('printer.internal says no', { extensions: { printer: 7 } })
  }

  @Get('unavailable')
  unavailable() {
    throw new ServiceUnavailable('Back soon.')
  }

  @Get('kept-back')
  keptBack() {
    throw new Conflict('locked by Ada', { expose: false })
  }

  @Get('missing')
  missing() {
    throw new NotFound()
  }
}

function gone(): never {
  throw new Error('gone')
}

class Spy implements LoggerService {
  readonly errors: unknown[][] = []
  log() {}
  warn() {}
  error(...line: unknown[]) {
    this.errors.push(line)
  }
}

for (const platform of platforms) {
  describe(`FailureFilter, by default, on ${platform.name}`, () => {
    let spy: Spy

    beforeEach(() => {
      spy = new Spy()
    })

    afterEach(async () => {
      await closeServers()
      Logger.overrideLogger(false)
    })

    async function logged(path: string, filter = new FailureFilter()): Promise<unknown[][]> {
      const { get } = await platform.start({
        controllers: [Books],
        options: { logger: spy },
        configure: (app) => app.useGlobalFilters(filter),
      })
      await get(path)
      return spy.errors
    }

    it('logs a foreign error with its causes through the logger of Nest', async () => {
      const [line, ...others] = await logged('/books/foreign?key=secret')
      expect(others).to.deep.equal([])
      const [summary, stack, context] = line as string[]
      expect(summary).to.equal('GET /books/foreign 500')
      expect(stack)
        .to.match(/InternalServerError/)
        .and.match(/cannot read the shelf/)
        .and.match(/disk full/)
      expect(stack).to.include('log-to-nest.spec.ts')
      expect(context).to.equal('FailureFilter')
      expect(JSON.stringify(line)).not.to.include('secret')
    })

    it('is not silent about an error that cannot be shown', async () => {
      const [line] = await logged('/books/hostile')
      expect(line?.slice(0, 2)).to.deep.equal(['GET /books/hostile 500', '(an error that cannot be shown)'])
    })

    it('logs what a server failure keeps back', async () => {
      const [line] = await logged('/books/gateway')
      expect(line?.[0]).to.equal('GET /books/gateway 502')
      expect(line?.[1]).to.include('printer.internal says no')
    })

    it('logs every server failure, and every failure that is not exposed', async () => {
      expect((await logged('/books/unavailable')).map(([summary]) => summary)).to.deep.equal([
        'GET /books/unavailable 503',
      ])
      expect((await logged('/books/kept-back')).map(([summary]) => summary)).to.deep.equal([
        'GET /books/unavailable 503',
        'GET /books/kept-back 409',
      ])
    })

    it('says nothing of a failure that the client was told of, nor of an unknown route', async () => {
      expect(await logged('/books/missing')).to.deep.equal([])
      expect(await logged('/unknown')).to.deep.equal([])
    })

    it('leaves logging to onFailure when there is one', async () => {
      expect(await logged('/books/foreign', new FailureFilter({ onFailure: () => undefined }))).to.deep.equal([])
    })
  })
}
