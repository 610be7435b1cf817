import type { StatusRules } from '../../src/reply/status-rules.js'
import * as headerRules from '../../src/reply/status-rules.js'
import { HttpStatus, type HttpStatusInfo } from '../../src/status/http-status.js'
import { failureClasses } from '../failure/generated-failure-classes.js'

/** The file that `npm run accept` generates. */
export const FAILURE_STATUSES = 'src/status/failure-statuses.ts'

/** The source of `src/status/failure-statuses.ts`: the phrases of the status table and the rules of the failure classes. */
export function generatedFailureStatuses(): string {
  return `// Generated from status-table.ts, the failure classes and status-rules.ts by \`npm run accept\`. Do not edit.

/** The facts about the registered 4xx and 5xx status codes. */
export const failureStatuses = [${lines([...HttpStatus].filter(({ code }) => code >= 400).map(rowOf))}] as const

/** The header fields that options set, except for those that HTTP requires. */
export const optionalFields = {${lines(optionalFields())}} as const
`
}

function rowOf({ code, phrase }: HttpStatusInfo): string {
  const known = failureClasses.find(({ prototype }) => prototype.status === code)
  const { withheld, neverStored, headers }: StatusRules = known?.prototype.statusRules ?? { headers: [] }
  const required = headers.find((rule) => rule.required)
  const members = [
    `code: ${code}`,
    `phrase: ${literal(phrase)}`,
    ...(withheld ? ['withheld: true'] : []),
    ...(neverStored ? ['neverStored: true'] : []),
    ...(required ? [`requires: { name: ${literal(required.name)}, option: ${literal(required.option)} }`] : []),
  ]
  return `{ ${members.join(', ')} },`
}

function optionalFields(): string[] {
  const optional = Object.values(headerRules).filter(({ required }) => !required)
  // Sorted, since compilers differ in the order of exports.
  return optional.map(({ option, name }) => `${option}: ${literal(name)},`).sort()
}

function lines(values: readonly string[]): string {
  return `\n${values.map((value) => `  ${value}\n`).join('')}`
}

function literal(value: string): string {
  return value.includes("'") ? `"${value}"` : `'${value}'`
}
