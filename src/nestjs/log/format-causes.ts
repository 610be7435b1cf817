import { inspect } from 'node:util'
import type { Failure } from '../../failure/failure.js'
import { isFailure } from '../../failure/is-failure.js'
import { OPTIONS } from '../../failure/stored-options.js'
import { isError } from '../../problem/is-error.js'
import { chainOf } from '../../responder/cause-chain.js'
import { indentedLines } from '../../responder/log-text.js'

/** A failure and all its causes with their stack traces, for a log. */
export function formatCauses(failure: Failure): string {
  try {
    return chainOf(failure)
      .map((error) => indentedLines(isError(error) ? formatError(error) : inspect(error, { depth: 0 })))
      .join('\nCaused by: ')
  } catch {
    // Printing an error may throw; the failure must not go unnoticed.
    return '(an error that cannot be printed)'
  }
}

/** The current name of an error, since its stack contains the name from its creation. */
function formatError(error: Error): string {
  const lines = [`${error.name}: ${error.message}`, ...framesOf(error), ...safeFields(error)]
  return (isFailure(error) ? [...lines, ...withheldData(error)] : lines).join('\n')
}

/** The stack without the message, whose lines come first. */
function framesOf({ stack }: Error): string[] {
  const lines = String(stack).split('\n')
  return lines.slice(lines.findLastIndex((line) => !line.startsWith('    at ')) + 1)
}

/** Fields that describe the error. Others may contain a body, a URL with its query, or header fields. */
const SAFE_FIELDS = [
  ...['code', 'errno', 'syscall', 'address', 'port', 'hostname', 'signal', 'exitCode'],
  ...['status', 'statusCode', 'type', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'],
]

function safeFields(error: Error): string[] {
  const own = Object.entries(error).filter(([name]) => SAFE_FIELDS.includes(name))
  return [
    ...own.map(([name, value]) => `${name}: ${shallow(value)}`),
    ...(error instanceof AggregateError ? [`errors: ${error.errors.map(String).join('; ')}`] : []),
  ]
}

function shallow(value: unknown): string {
  return inspect(value, { depth: -1 })
}

/** Data that may be withheld from the client, but no header fields. */
function withheldData(failure: Failure): string[] {
  const { instance, extensions } = failure[OPTIONS] ?? {}
  const withheld = Object.entries({ instance, extensions }).filter(([, value]) => value !== undefined)
  return withheld.map(([name, value]) => `${name}: ${inspect(value)}`)
}
