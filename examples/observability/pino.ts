import type { LoggerService } from '@nestjs/common'
import { pino } from 'pino'
import { HttpStatus } from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'

// The errors of HTTP clients contain the request with its header fields, and the response with its content.
const sensitive = ['err', 'err.cause', 'err.cause.cause'].flatMap((error) => [
  `${error}.config`,
  `${error}.request`,
  `${error}.response`,
])

export const log = pino({
  level: process.env['LOG_LEVEL'] ?? 'info',
  serializers: { err: pino.stdSerializers.errWithCause },
  redact: { paths: sensitive, remove: true },
})

/** Logs failures as objects with searchable fields. */
export const filter = new FailureFilter({
  onFailure(failure, { method, path }) {
    const fields = { method, path, status: failure.status }
    if (HttpStatus.isClientError(failure.status)) log.debug(fields, failure.name)
    else log.error({ ...fields, err: failure }, failure.name)
  },
})

/** The logger for Nest itself: `app.useLogger(nestLogger)`. */
export const nestLogger: LoggerService = {
  log: (message: unknown, context?: string) => log.info({ context }, String(message)),
  warn: (message: unknown, context?: string) => log.warn({ context }, String(message)),
  debug: (message: unknown, context?: string) => log.debug({ context }, String(message)),
  error: (message: unknown, stack?: string, context?: string) => log.error({ stack, context }, String(message)),
}
