import boom from '@hapi/boom'
import { NotFoundException } from '@nestjs/common'
import { Failure, FailureResponder, NotFound } from 'http-failure'
import { atMost } from '../goal.js'

const DETAIL = 'There is no book 978-0321563842.'
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

function thrownToReply(request) {
  Failure.stackTraces = 'server'
  const responder = new FailureResponder()
  return () => {
    try {
      throw new NotFound(DETAIL)
    } catch (error) {
      return responder.reply(error, request)
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

export const comparisons = {
  nest: {
    what: 'throw, catch, make the Reply, without stack',
    against: "Nest's exception thrown, caught and stringified",
    goal: atMost(0.22),
    prepare: () => ({ subject: thrownToReply(), peer: thrownByNest }),
  },
  nestWithRequest: {
    what: 'the same, with the request',
    against: "Nest's exception thrown, caught and stringified",
    goal: atMost(0.22),
    prepare: () => ({ subject: thrownToReply(REQUEST), peer: thrownByNest }),
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
