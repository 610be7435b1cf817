import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  HttpException,
  type INestApplication,
  Res,
  UseGuards,
} from '@nestjs/common'
import { expect } from 'chai'
import { CatchingFailure } from '../../src/index.js'
import { type AnyResponse, rawOf, tick } from './any-response.js'
import { closeServers, platforms, throwing } from './platforms.js'
import { cutOff } from './request.js'
import { silently } from './ways.js'

// Exceptions with another status than 4xx or 5xx are not failures.

class Unreadable extends HttpException {
  override getResponse(): never {
    throw new Error('boom')
  }
}

class SignIn implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const response = context.switchToHttp().getResponse()
    ;(response.raw ?? response).setHeader('Location', '/sign-in')
    throw new HttpException('Sign in.', 302)
  }
}

@Controller('books')
class Books {
  @Get('guarded')
  @UseGuards(SignIn)
  guarded() {}

  @Get('unchanged')
  unchanged() {
    throw new HttpException('', 304)
  }

  @Get('accepted')
  accepted() {
    throw new HttpException({ job: 7 }, 202)
  }

  @Get('started')
  async started(@Res() response: AnyResponse) {
    rawOf(response).write('half of')
    await tick()
    throw new HttpException('Found.', 302)
  }

  @Get('decorated')
  @CatchingFailure()
  async decorated(): Promise<Response> {
    throw new HttpException('Moved.', 301)
  }
}

for (const platform of platforms) {
  describe(`FailureFilter on ${platform.name} for an exception that is not a failure`, () => {
    afterEach(closeServers)

    for (const path of ['guarded', 'unchanged', 'accepted', 'decorated']) {
      it(`sends the response of Nest's default filter: ${path}`, async () => {
        const received = []
        for (const filters of [[], [silently()]]) {
          const { get } = await platform.start({
            controllers: [Books],
            configure: (app) => app.useGlobalFilters(...filters),
          })
          const response = await get(`/books/${path}`)
          const names = response.names().filter((name) => name !== 'date')
          received.push({ ...response, fields: names.map((name) => [name, response.field(name)]) })
        }
        const [ofNest, ofFilter] = received.map(({ status, body, fields }) => ({ status, body, fields }))
        expect(ofNest?.status).to.be.below(400)
        expect(ofFilter).to.deep.equal(ofNest)
      })
    }

    it('sends a 500 if the exception cannot be read', async () => {
      const configure = (app: INestApplication) => app.useGlobalFilters(silently())
      const { get } = await platform.start({ controllers: [throwing(new Unreadable('Found.', 302))], configure })
      expect((await get('/books')).json()).to.include({ status: 500 })
    })

    it('breaks off a response that has started', async () => {
      const configure = (app: INestApplication) => app.useGlobalFilters(silently())
      const { get } = await platform.start({ controllers: [Books], configure })
      const { status, body } = await cutOff(get('/books/started'))
      expect([status, body]).to.deep.equal([200, 'half of'])
    })
  })
}
