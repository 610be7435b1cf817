import { CatchingFailure } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import type { Application } from './platforms.js'

// The filter and the decorator handle the errors of a route alike: specs that apply to both loop over `ways`.

export interface Way {
  readonly name: string
  /** Decorates the handlers under test. It has no effect where the filter handles the errors. */
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
    // The cast allows methods of any return type, even those that the type of the decorator rejects.
    Caught: CatchingFailure as () => MethodDecorator,
    application: {},
  },
]

/** A filter that logs nothing. */
export function silently(): FailureFilter {
  return new FailureFilter({ onFailure: () => undefined })
}
