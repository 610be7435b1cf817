import createError from 'http-errors'
import {
  Conflict,
  createFailure,
  Failure,
  type FailureResponderOptions,
  InternalServerError,
  MethodNotAllowed,
  NotFound,
  type ProblemType,
  ServiceUnavailable,
  TooManyRequests,
  Unauthorized,
} from '../../src/index.js'
import { byAccept, html, problemJson, text } from '../../src/representations/index.js'

// The routes that each server of the table has, in a form that fits every framework.

/** Sets a header field of the response. */
export type SetHeader = (name: string, value: string | string[]) => void

/** A handler: sets header fields, then throws or returns the content. */
export type Handler = (set: SetHeader) => unknown

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { type: 'out-of-stock', title: 'Out of stock', code: 'OUT_OF_STOCK' }
}

class EntityNotFound extends Error {}

/** The policy of each server. */
export const policy: FailureResponderOptions = {
  typeBase: 'https://bookshop.example/problems/',
  translate: (error) =>
    error instanceof EntityNotFound ? new NotFound('There is no book 7.', { cause: error }) : undefined,
  describe: (failure, { languages }) =>
    failure instanceof OutOfStock && languages[0] === 'de' ? { title: 'Ausverkauft', language: 'de' } : undefined,
  extend: (_, { path }) => ({ path }),
  represent: byAccept(problemJson, html, text),
}

const fail = (error: unknown) => () => {
  throw error
}

/** The routes for GET and HEAD. */
export const routes: Readonly<Record<string, Handler>> = {
  '/books': () => ({ books: 2 }),
  '/not-found': () => fail(new NotFound('There is no book 1.'))(),
  '/later': async () => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    throw new NotFound('There is no book 2.')
  },
  '/out-of-stock': () =>
    fail(new OutOfStock('No copy is left.', { extensions: { isbn: '1' }, instance: '/orders/7' }))(),
  '/too-many': () => fail(new TooManyRequests({ retryAfter: 60 }))(),
  '/unavailable': () => fail(new ServiceUnavailable('Closed for stocktaking.', { retryAfter: 3600 }))(),
  '/read-only': () => fail(new MethodNotAllowed({ allow: ['GET', 'HEAD'] }))(),
  '/members': () =>
    fail(new Unauthorized({ challenge: ['Bearer realm="books"', { scheme: 'Basic', realm: 'books' }] }))(),
  '/cookies': () => fail(new Conflict({ headers: { 'Set-Cookie': ['a=1; Path=/', 'b=2; Path=/'] } }))(),
  '/withheld': () => fail(new InternalServerError('The password is swordfish.'))(),
  '/teapot': () => fail(createFailure(418, 'Short and stout.'))(),
  '/unregistered': () => fail(createFailure(499, 'The client has left.'))(),
  '/error': () => fail(new Error('connect ECONNREFUSED 10.0.0.7:5432'))(),
  '/string': () => fail('swordfish')(),
  '/null': () => fail(null)(),
  '/object': () => fail({ status: 404, message: 'swordfish' })(),
  '/rejected': () => Promise.reject(new TypeError('books is undefined')),
  '/translated': () => fail(new EntityNotFound())(),
  '/http-error': () => fail(createError(403, 'Members only.', { headers: { 'X-Shelf': '7' } }))(),
  '/http-error-500': () => fail(createError(502, 'upstream swordfish'))(),
  '/client-error': () =>
    fail(Object.assign(new Error('Request failed with status code 404'), { status: 404, response: {} }))(),
  '/surrogate': () => fail(new NotFound('There is no book \ud800.'))(),
  '/latin': () => fail(new Unauthorized({ challenge: { scheme: 'Basic', realm: 'Bücher' } }))(),
  '/of-success': (set) => {
    const fields = ['ETag', 'Last-Modified', 'Cache-Control', 'Content-Encoding', 'Content-Disposition', 'Location']
    for (const name of [...fields, 'CDN-Cache-Control', 'Accept-Ranges', 'Expires']) set(name, 'x')
    throw new NotFound('There is no book 3.')
  },
  '/kept': (set) => {
    set('X-Request-Id', '7')
    set('Access-Control-Allow-Origin', '*')
    set('Vary', 'Origin')
    set('Set-Cookie', ['session=1; Path=/', 'theme=dark; Path=/'])
    throw new Conflict('The book is on loan.', { headers: { Vary: 'Prefer' } })
  },
}

/** Whether the failures of a server were passed to `onFailure`, in order: their status and path. */
export class FailureLog {
  readonly entries: string[] = []

  get policy(): FailureResponderOptions {
    return {
      ...policy,
      onFailure: (failure: Failure, { method, path }) => void this.entries.push(`${method} ${path} ${failure.status}`),
      onWarning: () => undefined,
    }
  }
}
