import boom from '@hapi/boom'
import { NotFoundException } from '@nestjs/common'
import { Conflict, Extension, Failure, FailureResponder, NotFound, TooManyRequests } from 'http-failure'
import { atMost } from '../goal.js'

const DETAIL = 'There is no book 978-0321563842.'
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const REQUEST = { method: 'GET', url: '/books/978-0321563842?edition=2', headers: { accept: '*/*' } }

/** What the Response of a failure is made of, for whoever has it at hand already. */
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

/** A failure of a domain, as in the README. */
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

function thrownToReply({ request, policy, make = () => new NotFound(DETAIL) } = {}) {
  Failure.stackTraces = 'server'
  const responder = new FailureResponder(policy)
  return () => {
    try {
      throw make()
    } catch (error) {
      return responder.toReply(error, request)
    }
  }
}

function thrownByNest() {
  try {
    throw new NotFoundException(DETAIL)
  } catch (exception) {
    return JSON.stringify(exception.getResponse())
  }
}

function thrownByBoom() {
  try {
    throw boom.notFound(DETAIL)
  } catch (error) {
    return JSON.stringify(error.output.payload)
  }
}

const NEST_TO_JSON = "Nest's exception thrown, caught and stringified"

export const comparisons = {
  nest: {
    what: 'throw, catch, make the Reply, without stack',
    against: NEST_TO_JSON,
    goal: atMost(0.22),
    prepare: () => ({ subject: thrownToReply(), peer: thrownByNest }),
  },
  nestWithRequest: {
    what: 'the same, with the request',
    against: NEST_TO_JSON,
    goal: atMost(0.22),
    prepare: () => ({ subject: thrownToReply({ request: REQUEST }), peer: thrownByNest }),
  },
  domain: {
    what: 'the same, of a failure of a domain with an extension member',
    against: NEST_TO_JSON,
    prepare: () => ({ subject: thrownToReply({ make: () => new OutOfStock('978-0321563842') }), peer: thrownByNest }),
  },
  retry: {
    what: 'the same, of a `TooManyRequests` with `Retry-After`',
    against: NEST_TO_JSON,
    prepare: () => ({
      subject: thrownToReply({ make: () => new TooManyRequests(DETAIL, { retryAfter: 60 }) }),
      peer: thrownByNest,
    }),
  },
  policy: {
    what: 'the same, with a trace that a policy adds',
    against: NEST_TO_JSON,
    prepare: () => ({
      subject: thrownToReply({ request: REQUEST, policy: { extend: () => ({ traceId: TRACE }) } }),
      peer: thrownByNest,
    }),
  },
  boom: {
    what: 'throw, catch, make the Reply, without stack',
    against: "Boom's error thrown, caught and stringified",
    prepare: () => ({ subject: thrownToReply(), peer: thrownByBoom }),
  },
  response: {
    what: '`toResponse()` of a failure that exists',
    against: '`new Response(a prebuilt string, the same headers)`',
    goal: atMost(1.1),
    prepare() {
      const failure = new NotFound(DETAIL)
      return { subject: () => failure.toResponse(), peer: () => new Response(BODY, INIT) }
    },
  },
  createdResponse: {
    what: '`toResponse()`, creation without stack included',
    against: '`new Response(a prebuilt string, the same headers)`',
    goal: atMost(1.2),
    prepare() {
      Failure.stackTraces = 'server'
      return { subject: () => new NotFound(DETAIL).toResponse(), peer: () => new Response(BODY, INIT) }
    },
  },
}
