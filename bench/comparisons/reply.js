import boom from '@hapi/boom'
import { NotFoundException } from '@nestjs/common'
import { Conflict, Extension, Failure, FailureResponder, NotFound, TooManyRequests } from 'http-failure'
import { atMost } from '../goal.js'

const DETAIL = 'There is no book 978-0321563842.'
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const REQUEST = { method: 'GET', url: '/books/978-0321563842?edition=2', headers: { accept: '*/*' } }

/** A prebuilt body and options of the `Response` that `new NotFound(DETAIL)` is converted to. */
const BODY = JSON.stringify({ type: 'about:blank', title: 'Not Found', status: 404, detail: DETAIL })
const INIT = {
  status: 404,
  statusText: 'Not Found',
  headers: {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  },
}

/** The custom failure of the README. */
class OutOfStock extends Conflict {
  get type() {
    return 'https://bookshop.example/problems/out-of-stock'
  }

  get title() {
    return 'Out of stock'
  }

  constructor(isbn) {
    super(`No copy of ${isbn} is left.`)
    this.isbn = isbn
  }
}
Extension()(OutOfStock.prototype, 'isbn')

function throwAndReply({ request, options, create = () => new NotFound(DETAIL) } = {}) {
  Failure.stackTraces = 'server'
  const responder = new FailureResponder(options)
  return () => {
    try {
      throw create()
    } catch (error) {
      return responder.toReply(error, request)
    }
  }
}

function throwInNest() {
  try {
    throw new NotFoundException(DETAIL)
  } catch (exception) {
    return JSON.stringify(exception.getResponse())
  }
}

function throwInBoom() {
  try {
    throw boom.notFound(DETAIL)
  } catch (error) {
    return JSON.stringify(error.output.payload)
  }
}

const NEST_TO_JSON = 'throw, catch and stringify a Nest `NotFoundException`'

export const comparisons = {
  nest: {
    label: 'throw, catch and `toReply(error)`, without stack trace',
    against: NEST_TO_JSON,
    goal: atMost(0.22),
    prepare: () => ({ subject: throwAndReply(), peer: throwInNest }),
  },
  nestWithRequest: {
    label: 'throw, catch and `toReply(error, request)`, without stack trace',
    against: NEST_TO_JSON,
    goal: atMost(0.22),
    prepare: () => ({ subject: throwAndReply({ request: REQUEST }), peer: throwInNest }),
  },
  domain: {
    label: 'throw, catch and `toReply(error)` for a custom failure with an extension member, without stack trace',
    against: NEST_TO_JSON,
    prepare: () => ({ subject: throwAndReply({ create: () => new OutOfStock('978-0321563842') }), peer: throwInNest }),
  },
  retry: {
    label: 'throw, catch and `toReply(error)` for `TooManyRequests` with `Retry-After`, without stack trace',
    against: NEST_TO_JSON,
    prepare: () => ({
      subject: throwAndReply({ create: () => new TooManyRequests(DETAIL, { retryAfter: 60 }) }),
      peer: throwInNest,
    }),
  },
  extend: {
    label: 'throw, catch and `toReply(error, request)` with a trace ID from `extend`, without stack trace',
    against: NEST_TO_JSON,
    prepare: () => ({
      subject: throwAndReply({ request: REQUEST, options: { extend: () => ({ traceId: TRACE }) } }),
      peer: throwInNest,
    }),
  },
  boom: {
    label: 'throw, catch and `toReply(error)`, without stack trace',
    against: 'throw, catch and stringify a Boom `notFound(detail)`',
    prepare: () => ({ subject: throwAndReply(), peer: throwInBoom }),
  },
  response: {
    label: '`toResponse()` of an existing failure',
    against: '`new Response()` with a prebuilt body and the same headers',
    goal: atMost(1.1),
    prepare() {
      const failure = new NotFound(DETAIL)
      return { subject: () => failure.toResponse(), peer: () => new Response(BODY, INIT) }
    },
  },
  createdResponse: {
    label: '`new NotFound(detail).toResponse()` without stack trace',
    against: '`new Response()` with a prebuilt body and the same headers',
    goal: atMost(1.2),
    prepare() {
      Failure.stackTraces = 'server'
      return { subject: () => new NotFound(DETAIL).toResponse(), peer: () => new Response(BODY, INIT) }
    },
  },
}
