import boom from '@hapi/boom'
import { NotFoundException } from '@nestjs/common'
import { HTTPError } from 'h3'
import { HTTPException } from 'hono/http-exception'
import createError from 'http-errors'
import { Failure, NotFound } from 'http-failure'
import { atMost } from '../goal.js'

const DETAIL = 'There is no book 978-0321563842.'

const notFound = () => new NotFound()
const notFoundWithDetail = () => new NotFound(DETAIL)

/** The setting for applications under high load. */
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
  httpErrors: {
    label: '`new NotFound()` without stack trace',
    against: '`createError(404)`',
    goal: atMost(0.05),
    prepare: withoutStack(notFound, () => createError(404)),
  },
  httpErrorsWithDetail: {
    label: '`new NotFound(detail)` without stack trace',
    against: '`createError(404, detail)`',
    goal: atMost(0.05),
    prepare: withoutStack(notFoundWithDetail, () => createError(404, DETAIL)),
  },
  stackNest: {
    label: '`new NotFound(detail)` with stack trace',
    against: '`new NotFoundException(detail)`',
    goal: atMost(1.05),
    prepare: withStack(notFoundWithDetail, () => new NotFoundException(DETAIL)),
  },
  stackHttpErrors: {
    label: '`new NotFound(detail)` with stack trace',
    against: '`createError(404, detail)`',
    goal: atMost(0.4),
    prepare: withStack(notFoundWithDetail, () => createError(404, DETAIL)),
  },
  stackBoom: {
    label: '`new NotFound(detail)` with stack trace',
    against: "Boom's `notFound(detail)`",
    prepare: withStack(notFoundWithDetail, () => boom.notFound(DETAIL)),
  },
  stackHono: {
    label: '`new NotFound(detail)` with stack trace',
    against: "Hono's `HTTPException`",
    prepare: withStack(notFoundWithDetail, () => new HTTPException(404, { message: DETAIL })),
  },
  stackH3: {
    label: '`new NotFound(detail)` with stack trace',
    against: "h3's `HTTPError`",
    prepare: withStack(notFoundWithDetail, () => new HTTPError({ status: 404, message: DETAIL })),
  },
  stackError: {
    label: '`new NotFound(detail)` with stack trace',
    against: '`new Error(detail)`',
    prepare: withStack(notFoundWithDetail, () => new Error(DETAIL)),
  },
}
