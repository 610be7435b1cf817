import { inspect } from 'node:util'
import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { optionsOf } from '../failure/given-options.js'
import { isError } from '../problem/is-error.js'
import { chainOf } from '../responder/causes.js'
import { belonging } from '../responder/log-text.js'

/** A failure and all its causes, with their stack traces, for a log. */
export function shownCauses(failure: Failure): string {
  try {
    return chainOf(failure)
      .map((error) => belonging(isError(error) ? shownError(error) : inspect(error, { depth: 0 })))
      .join('\nCaused by: ')
  } catch {
    // An error may be such that it cannot be shown; that it came must not be silent.
    return '(an error that cannot be shown)'
  }
}

/** The name that an error has now: its stack has the one that it had when it was made. */
function shownError(error: Error): string {
  const lines = [`${error.name}: ${error.message}`, ...framesOf(error), ...fieldsOf(error)]
  return (isFailure(error) ? [...lines, ...keptBack(error)] : lines).join('\n')
}

/** Without the message, whose lines come first. */
function framesOf({ stack }: Error): string[] {
  const lines = String(stack).split('\n')
  return lines.slice(lines.findLastIndex((line) => !line.startsWith('    at ')) + 1)
}

/** Those that say what went wrong where. Any other may hold what was sent: a body, a URL with its query, header fields. */
const TELLING_FIELDS = [
  ...['code', 'errno', 'syscall', 'address', 'port', 'hostname', 'signal', 'exitCode'],
  ...['status', 'statusCode', 'type', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'],
]

function fieldsOf(error: Error): string[] {
  const own = Object.entries(error).filter(([name]) => TELLING_FIELDS.includes(name))
  return [
    ...own.map(([name, value]) => `${name}: ${shallow(value)}`),
    ...(error instanceof AggregateError ? [`errors: ${error.errors.map(String).join('; ')}`] : []),
  ]
}

function shallow(value: unknown): string {
  return inspect(value, { depth: -1 })
}

/** What a failure may keep from its client, and no header field. */
function keptBack(failure: Failure): string[] {
  const { instance, extensions } = optionsOf(failure)
  const kept = Object.entries({ instance, extensions }).filter(([, value]) => value !== undefined)
  return kept.map(([name, value]) => `${name}: ${inspect(value)}`)
}
