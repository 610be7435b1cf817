import * as Sentry from '@sentry/node'
import { dropClientFailures, HttpStatus } from '../../src/index.js'
import { FailureFilter, logFailureToNest } from '../../src/nestjs/index.js'

// The DSN is set in the environment variable SENTRY_DSN.
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
    // `context.error` is the thrown error, before it was translated to the failure.
    if (!HttpStatus.isClientError(failure.status)) Sentry.captureException(context.error)
  },
})
