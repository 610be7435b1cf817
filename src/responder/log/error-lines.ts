import { isFailure } from '../../failure/is-failure.js'
import { isRestored } from '../../failure/restored.js'
import { OPTIONS } from '../../failure/stored-options.js'
import { formatValue } from '../../problem/format-value.js'
import { isError } from '../../problem/is-error.js'
import { toJson } from '../../problem/json.js'
import { extended } from '../../problem/problem-details.js'
import { asString, hasMethod, isRecord, memberOf } from '../../problem/unknown-values.js'
import { isErrorOfGraphqlClient } from '../platform/graphql-client-error.js'
import { shortened } from './log-text.js'

// The parts of an error that are logged. All others may contain a body, a URL with its query, or header fields.

/** The lines of a log for an error without its cause: name, message, stack, and data that describe it. */
export function errorLines(error: unknown): string[] {
  if (isError(error)) return [headlineOf(error), ...framesOf(error), ...safeFields(error), ...withheldData(error)]
  return isRecord(error) ? ['an object', ...safeFields(error)] : [formatValue(error)]
}

/** The current name of an error, since its stack contains the name from its creation. */
function headlineOf({ name, message }: Error): string {
  return `${shortened(String(name), LONGEST_FIELD)}: ${shortened(String(message), LONGEST_HEADLINE)}`
}

/** The stack without the message, whose lines come first. */
function framesOf({ stack }: Error): string[] {
  const lines = String(stack).trimEnd().split('\n')
  const frames = lines.slice(lines.findLastIndex((line) => !FRAME.test(line)) + 1)
  return frames.slice(0, MOST_FRAMES).map((frame) => shortened(frame, LONGEST_FIELD))
}

/** A line of a stack in V8, and in other engines. */
const FRAME = /^ {4}at |@\S*:\d+:\d+$/

/** Fields that describe an error. */
const SAFE_FIELDS: readonly string[] = [
  ...['code', 'errno', 'syscall', 'address', 'port', 'hostname', 'signal', 'exitCode'],
  ...['status', 'statusCode', 'type', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'],
]

function safeFields(error: object): string[] {
  return Object.keys(error)
    .filter((name) => SAFE_FIELDS.includes(name))
    .map((name): [string, unknown] => [name, memberOf(error, name)])
    .filter(([, value]) => value !== null && typeof value !== 'object' && typeof value !== 'function')
    .map(([name, value]) => `${name}: ${shortened(formatValue(value), LONGEST_FIELD)}`)
}

/**
 * Data of the application that a response may withhold: the members of a Failure, and the content of an exception of Nest.
 * Not the members of a restored Failure, which were written by another server.
 */
function withheldData(error: Error): string[] {
  const data = isFailure(error) ? membersOfFailure(error) : contentOfException(error)
  return Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${jsonOf(value)}`)
}

function membersOfFailure(failure: Error): object {
  const instance = asString(memberOf(failure, 'instance'))
  if (isRestored(failure)) return { instance: instance && shortened(instance, LONGEST_FIELD) }
  // `failure.extensions` does not contain those that are withheld from the client.
  const extensions = extended(publicMembers(failure), memberOf(memberOf(failure, OPTIONS), 'extensions'))
  return { instance, extensions: Object.keys(extensions).length > 0 ? extensions : undefined }
}

function publicMembers(failure: Error): Record<string, unknown> {
  return extended({}, memberOf(failure, 'extensions'))
}

/** The response of an `HttpException`, the content of an `RpcException` or `WsException`, the extensions of a `GraphQLError`. */
function contentOfException(error: Error): object {
  if (hasMethod(error, 'getStatus') && hasMethod(error, 'getResponse'))
    return { response: ownContent(error, 'getResponse') }
  if (hasMethod(error, 'getError')) return { error: ownContent(error, 'getError') }
  const isGraphql = Object.prototype.toString.call(error) === '[object GraphQLError]'
  return isGraphql && !isErrorOfGraphqlClient(error) ? { extensions: memberOf(error, 'extensions') } : {}
}

/** The content of an exception, if it is an object with members that the exception itself does not have. */
function ownContent(error: Error, method: 'getResponse' | 'getError'): unknown {
  try {
    const content: unknown = (error as unknown as Record<typeof method, () => unknown>)[method]()
    if (!isRecord(content) || isError(content)) return undefined
    return Object.keys(content).every((name) => MEMBERS_OF_NEST.includes(name)) ? undefined : content
  } catch {
    // The method of an exception may throw; the rest is logged.
    return undefined
  }
}

/** The members that Nest adds to the response of an exception. */
const MEMBERS_OF_NEST: readonly string[] = ['statusCode', 'message', 'error', 'errorCode']

function jsonOf(value: unknown): string {
  return shortened(toJson({ value }).slice('{"value":'.length, -1), LONGEST_DATA)
}

const LONGEST_FIELD = 200
const LONGEST_HEADLINE = 1000
const LONGEST_DATA = 2000
const MOST_FRAMES = 25
