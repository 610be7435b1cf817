import { NotFoundException } from '@nestjs/common'
import { expect } from 'chai'
import * as core from '../../src/index.js'
import * as nestjs from '../../src/nestjs/index.js'
import { byAccept, html, problemJson, text } from '../../src/representations/index.js'

// What code elsewhere in a program adds to Object.prototype must not change a response. CWE-1321

const { FailureResponder, InternalServerError, NotFound, TooManyRequests, Unauthorized, failureFromProblem } = core

/** The names of all options and of all members that the package reads from objects of others. */
const NAMES: Readonly<Record<string, unknown>> = {
  accept: 'a/b',
  acceptEncoding: 'evil',
  allow: ['EVIL'],
  allowedMembers: ['evil'],
  alsoFor: ['evil/evil'],
  body: { title: 'Evil' },
  bodyUsed: true,
  blockedBy: 'https://evil.example/',
  cacheControl: () => 'public',
  cause: new Error('evil'),
  challenge: 'Evil',
  choose: () => text,
  classes: [],
  code: 'EVIL',
  data: { title: 'Evil' },
  describe: () => ({ title: 'Evil', language: 'en' }),
  detail: 'evil',
  error: 'evil',
  errors: [{ detail: 'evil' }],
  expose: true,
  extend: () => ({ evil: true }),
  extensions: { evil: true },
  failure: new NotFound('evil'),
  fields: { evil: true },
  headers: { 'X-Evil': 'yes' },
  httpVersionMajor: 2,
  instance: '/evil',
  language: 'evil',
  length: 666,
  limit: 1,
  mediaType: 'evil/evil',
  message: 'evil',
  method: 'HEAD',
  neverStored: true,
  onFailure: () => undefined,
  onWarning: () => undefined,
  originalUrl: '/evil',
  problem: { type: 'https://evil.example/', title: 'Evil' },
  raw: { httpVersionMajor: 2 },
  represent: text,
  request: {},
  requires: { name: 'Evil', option: 'evil' },
  restore: () => 'evil',
  retryAfter: 666,
  scheme: 'Evil',
  stackTraces: 'none',
  status: 418,
  statusCode: 418,
  title: 'Evil',
  token68: 'evil',
  transport: 'evil',
  type: 'https://evil.example/',
  typeBase: 'https://evil.example/',
  upgrade: ['evil'],
  url: '/evil',
  varies: false,
  withheld: false,
}

/** Created before, since Node itself reads inherited options. */
const RESPONSE = new Response(null, { status: 426 })

/** Everything that is sent for several errors, under several policies. */
async function everythingSent(): Promise<string> {
  const represent = byAccept(problemJson, html, text)
  const silent = { onFailure: () => undefined, onWarning: () => undefined }
  const responders = [
    new FailureResponder(silent),
    new FailureResponder({ ...silent, represent }),
    new FailureResponder({ ...silent, represent: html, describe: () => ({ title: 'Weg', language: 'de' }) }),
    new FailureResponder({ ...silent, cacheControl: () => undefined }),
    new nestjs.FailureFilter(silent).responder,
  ]
  const errors: unknown[] = [
    new InternalServerError('secret', { extensions: { secret: 1 }, headers: { 'X-Shelf': '7' } }),
    new InternalServerError('secret'),
    new NotFound('There is no such book.', {}),
    new NotFound(),
    new TooManyRequests({ cause: undefined }),
    new Unauthorized({} as never),
    new Unauthorized({ challenge: [{ scheme: 'Basic', realm: 'x' }, { realm: 'y' } as never] }),
    core.createFailure(426 as number),
    core.createFailure(451, 'Blocked.', {}),
    failureFromProblem({ status: 502 }),
    failureFromProblem({ type: '/problems/lost' }, {}),
    await core.failureFromResponse(RESPONSE, {}),
    await core.failureFromResponse({ status: 404, headers: {} }),
    new Error('secret'),
    Object.assign(new Error('There is no such shelf.'), { statusCode: 404 }),
    Object.assign(new Error('SELECT secret'), { status: 404, statusCode: 404, query: 'secret' }),
    new NotFoundException('There is no such shelf.'),
    new NotFoundException({ shelf: 7 }),
    'secret',
  ]
  const requests = [undefined, { method: 'GET', url: '/books', headers: {} }]
  const sent: unknown[] = errors.map((error) => (error instanceof core.Failure ? error.toProblem() : undefined))
  for (const responder of responders) {
    for (const error of errors) {
      for (const request of requests) sent.push(responder.toReply(error, request))
    }
  }
  return JSON.stringify(sent)
}

describe('A response is the same although Object.prototype has', () => {
  for (const [name, value] of Object.entries(NAMES)) {
    it(name, async () => {
      const expected = await everythingSent()
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
      let sent: string
      try {
        sent = await everythingSent()
      } finally {
        delete (Object.prototype as Record<string, unknown>)[name]
      }
      expect(JSON.parse(sent)).to.deep.equal(JSON.parse(expected))
    })
  }
})
