import * as Sentry from '@sentry/node'
import { dropClientFailures, HttpStatus } from '../../src/index.js'
import { FailureFilter, logFailureToNest } from '../../src/nestjs/index.js'

// The DSN stands in the environment, as SENTRY_DSN.
Sentry.init({
  beforeSend: dropClientFailures,
  dataCollection: {
    httpBodies: [],
    httpHeaders: false,
    cookies: false,
    urlQueryParams: false,
    userInfo: false,
    stackFrameVariables: false,
  },
})

export const filter = new FailureFilter({
  onFailure(failure, context) {
    logFailureToNest(failure, context)
    // What was thrown, rather than the failure that it was translated to.
    if (!HttpStatus.isClientError(failure.status)) Sentry.captureException(context.error)
  },
})
