import { Failure, InternalServerError, NotFound } from 'http-failure'
import { check, same } from './check.mjs'

const frames = ({ stack }) =>
  String(stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at |@/.test(line)).length

check('Failure.stackTraces: by default, every failure has one', () => {
  same([frames(new NotFound()) > 0, frames(new InternalServerError()) > 0], [true, true])
})

check(`Failure.stackTraces: 'server' spares client failures theirs, and leaves other errors alone`, () => {
  const { stackTraceLimit } = Error
  try {
    Failure.stackTraces = 'server'
    same([frames(new NotFound()), frames(new InternalServerError()) > 0, frames(new Error()) > 0], [0, true, true])
  } finally {
    Failure.stackTraces = 'all'
  }
  same(Error.stackTraceLimit === stackTraceLimit, true)
})
