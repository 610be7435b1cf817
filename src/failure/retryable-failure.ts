import { retryAfter } from '../reply/header-fields.js'
import { mergeFields } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import { Failure } from './failure.js'
import type { RetryOptions } from './failure-options.js'
import { optionsOf } from './given-options.js'

/** A failure that may say when to come back. */
export abstract class RetryableFailure extends Failure<RetryOptions> {
  /** When to come back: seconds from the answer on, or a point in time; `undefined` if it is not said. RFC 9110, 10.2.3 */
  get retryAfter(): number | Date | undefined {
    return optionsOf<RetryOptions>(this).retryAfter
  }

  override get headers(): HeaderFields {
    return mergeFields(super.headers, retryAfter(this.retryAfter))
  }
}
