import { CatchingFailure } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import type { Application } from './platforms.js'

// A route fails in the same manner under the filter and under the decorator: specs that hold for both loop over them.

export interface Way {
  readonly name: string
  /** Decorates what shall be decorated. */
  readonly Caught: () => MethodDecorator
  readonly application: Application
}

export const ways: readonly Way[] = [
  {
    name: 'under FailureFilter',
    Caught: () => () => undefined,
    application: { configure: (app) => app.useGlobalFilters(silently()) },
  },
  {
    name: 'under @CatchingFailure()',
    // Whatever the method returns: what the compiler forbids may be written all the same.
    Caught: CatchingFailure as () => MethodDecorator,
    application: {},
  },
]

/** A filter that logs nothing. */
export function silently(): FailureFilter {
  return new FailureFilter({ onFailure: () => undefined })
}
