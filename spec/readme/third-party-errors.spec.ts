import { readFileSync } from 'node:fs'
import { ServiceUnavailableException } from '@nestjs/common'
import { expect } from 'chai'
import { type Failure, FailureResponder } from '../../src/index.js'
import { exportsOf } from './run-snippet.js'
import { blocksIn } from './snippets.js'

// The recipes of guides/third-party-errors.md, with the errors of the real packages.

/** Untyped, since only their errors matter here. */
const [{ z }, mongoose, typeorm, prisma, { default: axios, AxiosError }] = [
  'zod',
  'mongoose',
  'typeorm',
  '@prisma/client/runtime/library',
  'axios',
].map((name) => require(name))

type Recipe = (error: unknown, context?: object) => Failure | undefined

/** The function that the guide exports by this name. */
function recipe(name: string): Recipe {
  const code = blocksIn(readFileSync('guides/third-party-errors.md', 'utf8'), 'ts').find((block) =>
    new RegExp(`export (?:function|const) ${name}\\b`).test(block),
  )
  return exportsOf(code as string)[name]
}

async function errorOf(action: () => unknown): Promise<unknown> {
  try {
    await action()
  } catch (error) {
    return error
  }
  return expect.fail('There was no error')
}

describe('guides/third-party-errors.md', () => {
  it('converts a ZodError to a 422 with the location of each error', async () => {
    const error = await errorOf(() => z.object({ isbn: z.string() }).parse({ isbn: 7 }))
    const failure = recipe('fromZod')(error)
    expect(failure?.status).to.equal(422)
    expect(failure?.extensions).to.have.nested.property('errors[0].pointer', '#/isbn')
    expect(recipe('fromZod')(new Error())).to.equal(undefined)
  })

  it('converts P2025 and P2002 of Prisma to 404 and 409', () => {
    const known = (code: string) =>
      new prisma.PrismaClientKnownRequestError('secret', { code, clientVersion: '6', meta: {} })
    const statuses = ['P2025', 'P2002', 'P1001'].map((code) => recipe('fromPrisma')(known(code))?.status)
    expect(statuses).to.deep.equal([404, 409, undefined])
    expect(recipe('fromPrisma')(Object.assign(new Error(), { code: 'P2025' }))).to.equal(undefined)
  })

  it('converts an EntityNotFoundError of TypeORM to a 404 without its message', () => {
    const failure = recipe('fromTypeOrm')(new typeorm.EntityNotFoundError('Book', { id: 7 }))
    expect(failure?.toProblem()).to.deep.equal({ type: 'about:blank', title: 'Not Found', status: 404 })
    expect(recipe('fromTypeOrm')(new Error())).to.equal(undefined)
  })

  it('converts a CastError of Mongoose and a duplicate key of MongoDB to 400 and 409', async () => {
    const Book = mongoose.model('Book', new mongoose.Schema({ isbn: String }))
    const cast = await errorOf(() => Book.findById('secret').exec())
    expect(recipe('fromMongoose')(cast)?.toProblem()).to.include({ status: 400, detail: '"_id" is invalid.' })
    const duplicate = new mongoose.mongo.MongoServerError({ code: 11000, message: 'secret' })
    expect(recipe('fromMongoose')(duplicate)?.toProblem()).to.include({ status: 409, detail: 'It already exists.' })
    expect(recipe('fromMongoose')(new Error())).to.equal(undefined)
  })

  it('converts an error of axios to 502, and its timeout to 504', async () => {
    const refused = await errorOf(() => axios.get('http://127.0.0.1:1/'))
    const errors = [refused, new AxiosError('secret', 'ETIMEDOUT'), new Error()]
    expect(errors.map((error) => recipe('fromAxios')(error)?.status)).to.deep.equal([502, 504, undefined])
  })

  it('creates a 429 with Retry-After for @fastify/rate-limit', async () => {
    const app = require('fastify')()
    const responder = new FailureResponder()
    app.setErrorHandler((error: unknown, request: object, reply: any) => {
      const { status, headers, body } = responder.toReply(error, request)
      reply.code(status).headers(headers).serializer(String).send(body)
    })
    await app.register(require('@fastify/rate-limit'), { ...(recipe('rateLimit') as object), max: 0 })
    app.get('/', async () => 'ok')
    const response = await app.inject('/')
    expect(response.statusCode).to.equal(429)
    expect(response.headers['retry-after']).to.equal('60')
    expect(response.json()).to.include({ detail: 'You can send 100 requests per minute.' })
    await app.close()
  })

  it('sends the response object of a health check, and of no other exception', () => {
    const health = { status: 'error', info: {}, error: { database: { status: 'down' } }, details: {} }
    const translate = recipe('translate')
    const exception = new ServiceUnavailableException(health)
    expect(translate(exception, { path: '/health' })?.toProblem()).to.deep.include({ status: 503, health })
    expect(translate(exception, { path: '/books' })).to.equal(undefined)
    expect(translate(new Error(), { path: '/health' })).to.equal(undefined)
  })
})
