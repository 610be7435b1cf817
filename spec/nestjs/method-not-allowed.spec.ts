import { execFileSync } from 'node:child_process'
import type { MiddlewareConsumer } from '@nestjs/common'
import {
  All,
  Controller,
  Delete,
  Get,
  type INestApplication,
  Module,
  NotFoundException,
  Post,
  RequestMethod,
  Version,
  VersioningType,
} from '@nestjs/common'
import { ExpressAdapter } from '@nestjs/platform-express'
import { expect } from 'chai'
import { Gone } from '../../src/index.js'
import { FailureModule, type FailureModuleOptions } from '../../src/nestjs/index.js'
import { routerPackage as inCommonJs } from '../../src/nestjs/method-not-allowed/router-package.commonjs.js'
import { routerPackage } from '../../src/nestjs/method-not-allowed/router-package.js'
import { type Application, closeServers, platforms, start } from './platforms.js'

@Controller('books')
class Books {
  @Get()
  list() {
    return []
  }

  @Post()
  add() {
    return {}
  }
}

function withModule(
  options: FailureModuleOptions = { methodNotAllowed: true },
  metadata: Application = {},
): Application {
  return { controllers: [Books], imports: [FailureModule.forRoot(options)], ...metadata }
}

for (const platform of platforms) {
  describe(`FailureModule with methodNotAllowed on ${platform.name}`, () => {
    afterEach(closeServers)

    it('sends 405 with Allow when the path exists under other methods', async () => {
      const { get } = await platform.start(withModule())
      const response = await get('/books?q=knuth', { method: 'DELETE' })
      expect(response.status).to.equal(405)
      expect(response.field('content-type')).to.equal('application/problem+json')
      expect(response.field('allow')?.split(', ').sort()).to.deep.equal(['GET', 'HEAD', 'POST'])
      expect(response.json()).to.deep.equal({
        type: 'about:blank',
        title: 'Method Not Allowed',
        status: 405,
        detail: 'DELETE is not allowed for this resource.',
      })
    })

    it('matches paths with parameters', async () => {
      @Controller('books')
      class Parametrized {
        @Get(':isbn')
        show() {
          return {}
        }

        @Delete(':isbn/copies/:copy')
        remove() {
          return {}
        }
      }
      const { get } = await platform.start(withModule(undefined, { controllers: [Books, Parametrized] }))
      expect((await get('/books/7', { method: 'PUT' })).field('allow')).to.equal('GET, HEAD')
      expect((await get('/books/7/copies/a%20b')).field('allow')).to.equal('DELETE')
    })

    it('sends 404 for unknown paths and for a NotFoundException from a handler', async () => {
      @Controller('books')
      class Lost {
        @Get('missing')
        missing() {
          throw new NotFoundException('Cannot GET /books/missing')
        }

        @Get(':isbn')
        show() {
          return {}
        }

        @All('anything')
        anything() {
          return {}
        }
      }
      const { get } = await platform.start(withModule(undefined, { controllers: [Books, Lost] }))
      expect((await get('/shelves', { method: 'DELETE' })).status).to.equal(404)
      expect((await get('/books/7/8', { method: 'DELETE' })).status).to.equal(404)
      expect((await get('/books/missing')).status).to.equal(404)
      // For invalid UTF-8, the status depends on the platform.
      expect((await get('/books/%ff', { method: 'DELETE' })).status).to.be.within(400, 405)
    })

    it('ignores middleware registered for a method', async () => {
      const middleware = (_request: unknown, _response: unknown, next: () => void) => next()
      @Module({})
      class LoggingModule {
        configure(consumer: MiddlewareConsumer) {
          consumer.apply(middleware).forRoutes({ path: 'logged', method: RequestMethod.GET })
        }
      }
      const imports = [FailureModule.forRoot({ methodNotAllowed: true }), LoggingModule]
      const { get } = await platform.start({ controllers: [Books], imports })
      expect((await get('/logged', { method: 'POST' })).status).to.equal(404)
      expect((await get('/logged')).status).to.equal(404)
    })

    it('sends 404 for unknown paths and adds CORS headers to a 405 when CORS is enabled', async () => {
      const configure = (app: INestApplication) => app.enableCors()
      const { get } = await platform.start(withModule(undefined, { configure }))
      const headers = { origin: 'https://other.example', 'access-control-request-method': 'POST' }
      expect((await get('/books', { method: 'OPTIONS', headers })).status).to.be.within(200, 204)
      expect((await get('/shelves', { method: 'POST' })).status).to.equal(404)
      const response = await get('/books', { method: 'DELETE', headers: { origin: 'https://other.example' } })
      expect(response.status).to.equal(405)
      expect(response.field('access-control-allow-origin')).to.equal('*')
    })

    it('supports a global prefix and versioning', async () => {
      @Controller('shelves')
      class Shelves {
        @Get()
        @Version('1')
        first() {
          return {}
        }

        @All('any')
        @Version('1')
        any() {
          return {}
        }

        @Get()
        @Version('2')
        second() {
          return {}
        }
      }
      const configure = (app: INestApplication) => {
        app.setGlobalPrefix('api')
        app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' })
      }
      const { get } = await platform.start(withModule(undefined, { controllers: [Books, Shelves], configure }))
      expect((await get('/api/books', { method: 'PUT' })).status).to.equal(405)
      expect((await get('/books', { method: 'PUT' })).status).to.equal(404)
      expect((await get('/api/shelves', { method: 'PUT' })).field('allow')).to.equal('GET, HEAD')
      expect((await get('/api/shelves', { headers: { 'x-version': '3' } })).status).to.equal(404)
      expect((await get('/api/shelves', { headers: { 'x-version': '2' } })).status).to.equal(200)
      // Before Nest 12, an @All() handler on Fastify receives requests for every version.
      if (platform.name === 'Express') {
        expect((await get('/api/shelves/any', { headers: { 'x-version': '3' } })).status).to.equal(404)
      }
    })

    if (platform.name === 'Express') {
      it('matches the path that a middleware has rewritten', async () => {
        const configure = (app: INestApplication) =>
          app.use((request: { url: string }, _response: unknown, next: () => void) => {
            request.url = request.url.replace(/^\/shop/, '')
            next()
          })
        const { get } = await platform.start(withModule(undefined, { configure }))
        expect((await get('/shop/books')).status).to.equal(200)
        expect((await get('/shop/books', { method: 'PUT' })).status).to.equal(405)
      })
    }

    it('gives precedence to translate', async () => {
      const translate = (error: unknown) => (error instanceof NotFoundException ? new Gone() : undefined)
      const { get } = await platform.start(withModule({ methodNotAllowed: true, translate }))
      expect((await get('/books', { method: 'PUT' })).status).to.equal(410)
    })

    it('reports the NotFoundException as the cause of the failure', async () => {
      const causes: unknown[] = []
      const onFailure = (failure: Error) => causes.push(failure.cause)
      const { get } = await platform.start(withModule({ methodNotAllowed: true, onFailure }))
      await get('/books', { method: 'PUT' })
      expect(causes[0]).to.be.instanceOf(NotFoundException)
    })

    it('is disabled by default and when false', async () => {
      for (const options of [{}, { methodNotAllowed: false }]) {
        const { get } = await platform.start(withModule(options))
        expect((await get('/books', { method: 'PUT' })).status).to.equal(404)
      }
    })

    it('fails to start with a TypeError for a non-boolean', async () => {
      const options = { methodNotAllowed: 'yes' } as unknown as FailureModuleOptions
      const error = await platform.start(withModule(options)).catch((cause) => cause)
      expect(error).to.be.instanceOf(TypeError)
      expect(error.message).to.equal('FailureModule: "methodNotAllowed" must be a boolean, received "yes"')
    })
  })
}

describe('FailureModule with methodNotAllowed on an unsupported platform', () => {
  it('fails to start with a TypeError', async () => {
    const adapter = new ExpressAdapter()
    adapter.getType = () => 'some'
    const error = await start(withModule(), adapter).catch((cause) => cause)
    expect(error).to.be.instanceOf(TypeError)
    expect(error.message).to.equal('FailureModule: "methodNotAllowed" requires Express or Fastify, received "some"')
  })
})

describe('FailureModule with methodNotAllowed but without find-my-way', () => {
  it('throws a TypeError with the install command', () => {
    const source = `
      require('ts-node/register/transpile-only')
      const { Module, register } = require('node:module')
      const hook = \`export const resolve = async (name, context, next) => {
        if (name === 'find-my-way') throw new Error('There is no such package.')
        return next(name, context)
      }\`
      register('data:text/javascript,' + encodeURIComponent(hook))
      const resolve = Module._resolveFilename
      Module._resolveFilename = function (name, ...args) {
        if (name === 'find-my-way') throw new Error('There is no such package.')
        return resolve.call(this, name, ...args)
      }
      const { routesOfFastify } = require('./src/nestjs/method-not-allowed/fastify-routes.ts')
      routesOfFastify({}).catch((error) => console.log(String(error)))
      const { routerPackage } = require('./src/nestjs/method-not-allowed/router-package.commonjs.ts')
      routerPackage().catch((error) => console.log(String(error)))`
    expect(
      String(execFileSync(process.execPath, ['-e', source]))
        .split('\n')
        .sort(),
    ).to.deep.equal([
      '',
      'Error: There is no such package.',
      'TypeError: FailureModule: "methodNotAllowed" requires the router of Fastify; run npm install find-my-way',
    ])
  })
})

describe('FailureModule with methodNotAllowed and find-my-way', () => {
  it('loads the same router in CommonJS and as an ES module', async () => {
    expect(await inCommonJs()).to.equal(await routerPackage())
  })
})
