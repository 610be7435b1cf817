import { retryAfter } from '../reply/header-fields.js'
import { mergeFields } from '../reply/merge-fields.js'
import type { HeaderFields } from '../reply/reply.js'
import { Failure } from './failure.js'
import type { RetryOptions } from './failure-options.js'

/** The base class of failures that can send `Retry-After`. */
export abstract class RetryableFailure extends Failure<RetryOptions> {
  override get headers(): HeaderFields {
    return mergeFields(super.headers, retryAfter(this.retryAfter))
  }
}
