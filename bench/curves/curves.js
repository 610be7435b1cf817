import { BadRequestException } from '@nestjs/common'
import { BadRequest, Failure, FailureResponder, NotFound } from 'http-failure'
import { freshCode } from '../interleaved/fresh-code.js'

// How the cost of a failure grows with its surroundings and its content. A `flat` curve must not grow.

const DETAIL = 'There is no book 978-0321563842.'
const responder = new FailureResponder()

export const curves = {
  oneOfManyClasses: {
    label: 'create a failure and call `toReply()`, always the same class, by number of classes in the application',
    unit: 'classes',
    points: [1, 10, 100, 1000],
    flat: true,
    prepare(count) {
      Failure.stackTraces = 'server'
      const classes = definedClasses(count)
      for (const Class of classes) responder.toReply(new Class(DETAIL))
      const Last = classes.at(-1)
      return { subject: () => responder.toReply(new Last(DETAIL)) }
    },
  },
  allOfManyClasses: {
    // Grows because the engine's caches for property lookups are too small for a thousand classes.
    label: 'create a failure and call `toReply()`, all classes in turn, by number of classes',
    unit: 'classes',
    points: [1, 10, 100, 1000],
    prepare(count) {
      Failure.stackTraces = 'server'
      const classes = definedClasses(count)
      return { subject: (time) => responder.toReply(new classes[time % count](DETAIL)) }
    },
  },
  allOfManyClassesOfNest: {
    // Grows for the same reason.
    label:
      'create and stringify a Nest exception, all classes in turn, with `Error.stackTraceLimit = 0`, by number of classes',
    unit: 'classes',
    points: [1, 10, 100, 1000],
    prepare(count) {
      Error.stackTraceLimit = 0
      const classes = definedClasses(count, BadRequestException)
      return {
        subject(time) {
          const exception = new classes[time % count](DETAIL)
          return { status: exception.getStatus(), body: JSON.stringify(exception.getResponse()) }
        },
      }
    },
  },
  depthWithoutStack: {
    label: 'create a failure without stack trace, by stack depth',
    unit: 'frames',
    points: [1, 10, 100, 500],
    flat: true,
    prepare(depth) {
      Failure.stackTraces = 'server'
      return { subject: () => new NotFound(DETAIL), depth }
    },
  },
  depthWithStack: {
    label: 'create a failure with stack trace, by stack depth',
    unit: 'frames',
    points: [1, 10, 100, 500],
    prepare: (depth) => ({ subject: () => new NotFound(DETAIL), depth }),
  },
  extensions: {
    label: 'create a failure and call `toReply()`, by number of extension members',
    unit: 'members',
    points: [0, 1, 5, 10, 50, 100],
    prepare(count) {
      Failure.stackTraces = 'server'
      const members = Array.from({ length: count }, (_, index) => [`member${index}`, `the value of member ${index}`])
      const extensions = Object.fromEntries(members)
      return { subject: () => responder.toReply(new NotFound(DETAIL, { extensions })) }
    },
  },
  detail: {
    label: 'create a failure and call `toReply()`, by length of the detail',
    unit: 'characters',
    points: [10, 100, 1000, 10_000, 100_000],
    prepare(length) {
      Failure.stackTraces = 'server'
      const detail = 'There is no book of that name. '.repeat(length / 10).slice(0, length)
      return { subject: () => responder.toReply(new NotFound(detail)) }
    },
  },
}

/** Custom classes as in an application, each with its own type and title. */
function definedClasses(count, Base = BadRequest) {
  return Array.from({ length: count }, (_, index) =>
    freshCode(
      `class Problem${index} extends Base {
        get type() { return 'https://bookshop.example/problems/${index}' }
        get title() { return 'Problem ${index}' }
      }`,
      { Base },
    ),
  )
}
