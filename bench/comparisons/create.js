import boom from '@hapi/boom'
import { NotFoundException } from '@nestjs/common'
import { HTTPError } from 'h3'
import { HTTPException } from 'hono/http-exception'
import createError from 'http-errors'
import { Failure, NotFound } from 'http-failure'
import { atMost } from '../goal.js'

const DETAIL = 'There is no book 978-0321563842.'

const ours = { bare: () => new NotFound(), told: () => new NotFound(DETAIL) }

/** Makes a failure as an application under load does. */
function withoutStack(subject, peer) {
  return () => {
    Failure.stackTraces = 'server'
    return { subject, peer }
  }
}

function withStack(subject, peer) {
  return () => ({ subject, peer })
}

export const comparisons = {
  bareHttpErrors: {
    what: 'create a client failure, without stack',
    against: '`createError(404)`',
    goal: atMost(0.05),
    prepare: withoutStack(ours.bare, () => createError(404)),
  },
  toldHttpErrors: {
    what: 'create a client failure with a detail, without stack',
    against: '`createError(404, detail)`',
    goal: atMost(0.05),
    prepare: withoutStack(ours.told, () => createError(404, DETAIL)),
  },
  stackNest: {
    what: 'create a client failure, with its stack',
    against: '`new NotFoundException(detail)`',
    goal: atMost(1.05),
    prepare: withStack(ours.told, () => new NotFoundException(DETAIL)),
  },
  stackHttpErrors: {
    what: 'create a client failure, with its stack',
    against: '`createError(404, detail)`',
    goal: atMost(0.4),
    prepare: withStack(ours.told, () => createError(404, DETAIL)),
  },
  stackBoom: {
    what: 'create a client failure, with its stack',
    against: "Boom's `notFound(detail)`",
    prepare: withStack(ours.told, () => boom.notFound(DETAIL)),
  },
  stackHono: {
    what: 'create a client failure, with its stack',
    against: "Hono's `HTTPException`",
    prepare: withStack(ours.told, () => new HTTPException(404, { message: DETAIL })),
  },
  stackH3: {
    what: 'create a client failure, with its stack',
    against: "h3's `HTTPError`",
    prepare: withStack(ours.told, () => new HTTPError({ status: 404, message: DETAIL })),
  },
  stackError: {
    what: 'create a client failure, with its stack',
    against: '`new Error(detail)`',
    prepare: withStack(ours.told, () => new Error(DETAIL)),
  },
}
