/**
 * The public names of http-failure/nestjs.
 *
 * @module http-failure/nestjs
 */

export { FailureFilter } from './failure.filter.js'
export { FailureModule, type FailureModuleAsyncOptions } from './failure.module.js'
export { frameworkErrors } from './framework-errors.js'
export { logFailureToNest } from './log-failure-to-nest.js'
export type { FailureModuleOptions } from './module-options.js'
export {
  type ValidationExceptionFactory,
  type ValidationExceptionOptions,
  validationExceptionFactory,
} from './validation/validation-exception-factory.js'
