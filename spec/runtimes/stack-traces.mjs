import { Failure, InternalServerError, NotFound } from 'http-failure'
import { check, same } from './check.mjs'

const frames = ({ stack }) =>
  String(stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at |@/.test(line)).length

check('Failure.stackTraces: every failure has a stack trace by default', () => {
  same([frames(new NotFound()) > 0, frames(new InternalServerError()) > 0], [true, true])
})

check(`Failure.stackTraces: 'server' omits the stack traces of client failures only`, () => {
  const { stackTraceLimit } = Error
  try {
    Failure.stackTraces = 'server'
    same([frames(new NotFound()), frames(new InternalServerError()) > 0, frames(new Error()) > 0], [0, true, true])
  } finally {
    Failure.stackTraces = 'all'
  }
  same(Error.stackTraceLimit === stackTraceLimit, true)
})
