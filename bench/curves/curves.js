import { BadRequestException } from '@nestjs/common'
import { BadRequest, Failure, FailureResponder, NotFound } from 'http-failure'
import { freshCode } from '../interleaved/fresh-code.js'

// What a failure costs, against what might make it dearer. `flat`: it must not grow.

const DETAIL = 'There is no book 978-0321563842.'
const responder = new FailureResponder()

export const curves = {
  oneOfManyClasses: {
    what: 'create and answer a failure of one class, of so many that are defined',
    unit: 'classes',
    points: [1, 10, 100, 1000],
    flat: true,
    prepare(count) {
      Failure.stackTraces = 'server'
      const classes = definedClasses(count)
      for (const One of classes) responder.toReply(new One(DETAIL))
      const Last = classes.at(-1)
      return { subject: () => responder.toReply(new Last(DETAIL)) }
    },
  },
  allOfManyClasses: {
    // Grows by what the engine can remember: of a thousand classes, no cache of its knows one.
    what: 'create and answer failures of all classes in turn',
    unit: 'classes',
    points: [1, 10, 100, 1000],
    prepare(count) {
      Failure.stackTraces = 'server'
      const classes = definedClasses(count)
      return { subject: (time) => responder.toReply(new classes[time % count](DETAIL)) }
    },
  },
  allOfManyClassesOfNest: {
    // Grows by the same.
    what: "create Nest's exceptions of all classes in turn, and stringify them, with `Error.stackTraceLimit = 0`",
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
    what: 'create a failure without stack, beneath so many frames',
    unit: 'frames',
    points: [1, 10, 100, 500],
    flat: true,
    prepare(frames) {
      Failure.stackTraces = 'server'
      return { subject: () => new NotFound(DETAIL), frames }
    },
  },
  depthWithStack: {
    what: 'create a failure with its stack, beneath so many frames',
    unit: 'frames',
    points: [1, 10, 100, 500],
    prepare: (frames) => ({ subject: () => new NotFound(DETAIL), frames }),
  },
  extensions: {
    what: 'create and answer a failure with so many extension members',
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
    what: 'create and answer a failure with a detail of so many characters',
    unit: 'characters',
    points: [10, 100, 1000, 10_000, 100_000],
    prepare(length) {
      Failure.stackTraces = 'server'
      const detail = 'There is no book of that name. '.repeat(length / 10).slice(0, length)
      return { subject: () => responder.toReply(new NotFound(detail)) }
    },
  },
}

/** Classes as an application has them, each with a type and a title of its own. */
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
