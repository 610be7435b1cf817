import * as clientFailures from '../../src/failure/client-failures.js'
import type { Failure } from '../../src/failure/failure.js'
import * as serverFailures from '../../src/failure/server-failures.js'

/** The file that `npm run accept` generates. */
export const FAILURE_CLASSES = 'src/failure/failure-classes.ts'

/** The classes that the two modules of failures export, in the order of their status codes. */
export const failureClasses: readonly (abstract new () => Failure)[] = [clientFailures, serverFailures].flatMap(sorted)

/** The source of `src/failure/failure-classes.ts`. */
export function generatedFailureClasses(): string {
  return `// Generated from client-failures.ts and server-failures.ts by \`npm run accept\`. Do not edit.

import {${lines(
    sorted(clientFailures)
      .map(({ name }) => `${name},`)
      .sort(),
  )}} from './client-failures.js'
import {${lines(
    sorted(serverFailures)
      .map(({ name }) => `${name},`)
      .sort(),
  )}} from './server-failures.js'

/** The failure classes by status code. */
export const failureClasses = {${lines(failureClasses.map(({ name, prototype }) => `${prototype.status}: ${name},`))}} as const
`
}

function sorted(exported: object): (abstract new () => Failure)[] {
  return Object.values(exported).sort((one, other) => one.prototype.status - other.prototype.status)
}

function lines(values: readonly string[]): string {
  return `\n${values.map((value) => `  ${value}\n`).join('')}`
}
