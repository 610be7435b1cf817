import type { Failure } from '../failure/failure.js'
import { isFailure } from '../failure/is-failure.js'
import { isObject } from '../problem/unknown-values.js'
import type { FailureContext } from './failure-context.js'
import type { Warn } from './failure-warning.js'
import { callHook, invalidResult } from './hooks.js'
import type { FailureResponderOptions } from './responder-options.js'
import { warnOnce } from './warn-once.js'

type Translate = NonNullable<FailureResponderOptions['translate']>

/** The result of a `translate` hook for an error of a request. */
interface Translation {
  readonly translate: Translate
  readonly request: unknown
  readonly failure: Failure | undefined
}

/**
 * The translations of errors that may be passed to a responder again: a decorator rethrows an error that it doesn't
 * recognize, and a filter with the same `translate` handles it. Not for all errors, since that would slow down garbage
 * collection.
 */
const translations = new WeakMap<object, Translation>()

/** Remembers a translation. Without a request, several occurrences may share an error, so its Failure is not reused. */
export function rememberTranslation(error: unknown, translation: Translation): void {
  const { request, failure } = translation
  if (isObject(error) && (request !== undefined || failure === undefined)) translations.set(error, translation)
}

/** The Failure that `translate` returns for an error. The hook is called once per error and request. */
export function callTranslate(
  translate: Translate,
  error: unknown,
  context: FailureContext,
  warn: Warn,
): Failure | undefined {
  const known = isObject(error) ? translations.get(error) : undefined
  if (known?.translate === translate && known.request === requestOf(context)) {
    translations.delete(error as object)
    return known.failure
  }
  const translated: unknown = callHook('translate', warn, translate, error, context)
  if (isFailure(translated)) return translated
  if (translated !== undefined && translated !== null) {
    warn(invalidResult('translate', 'must return a Failure or undefined', translated))
  }
  return undefined
}

/** The `translate` of options as a part of another one: if it fails, that is reported, and the result is `undefined`. */
export function reportingTranslate(options: FailureResponderOptions): Translate {
  const { translate } = options
  const warn: Warn = (warning) => warnOnce(options, undefined, warning)
  return (error, context) => translate && callTranslate(translate, error, context, warn)
}

/** The HTTP request of an error; `undefined` for a message, since several messages may share their socket. */
export function requestOf({ transport, raw }: FailureContext): unknown {
  return transport === 'http' ? raw : undefined
}
