import { createRequire } from 'node:module'

/** An error of `http-errors`. */
export interface HttpError extends Error {
  readonly statusCode: number
  readonly expose: boolean
}

/** The function of the `http-errors` version that Express uses. */
export const createError: (status: number, message?: string | object, properties?: object) => HttpError = createRequire(
  require.resolve('express'),
)('http-errors')
