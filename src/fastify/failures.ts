import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { fastifyPlugin } from 'fastify-plugin'
import { NotFound } from '../failure/client-failures.js'
import { sendFailure } from '../node/send-failure.js'
import { unpollutedMember } from '../problem/unknown-values.js'
import { FailureResponder, isResponder } from '../responder/failure-responder.js'
import { checkedOptions, type FailureResponderOptions } from '../responder/responder-options.js'
import { reportingTranslate } from '../responder/translation.js'
import { failureOfSchema } from './failure-of-schema.js'
import { logFailureToFastify } from './log-failure-to-fastify.js'

/**
 * The options of {@link failures}: a responder, or its options, and whether the plugin handles unknown routes. For both:
 * `{ ...responder.options, notFound: false }`.
 *
 * @example await app.register(failures, { typeBase: 'https://bookshop.example/problems/', notFound: false })
 */
export type FailuresOptions = (FailureResponder | FailureResponderOptions) & {
  /** Whether unknown routes get problem details. `false` if the application has a handler for them. Default: `true`. */
  readonly notFound?: boolean | undefined
}

/**
 * A plugin for Fastify 5 and 4 that sends problem details for errors and unknown routes, also for those of sibling plugins. A plugin
 * that sets its own handlers keeps them. The issues of a schema become `errors`, each with a `pointer`, `parameter` or `header`.
 *
 * By default, failures are logged with the logger of Fastify, if it is enabled.
 *
 * @example
 * ```ts
 * await app.register(failures, { extend: withTraceId })
 * ```
 * @throws TypeError for invalid options, when the plugin was already registered, or when there is a handler for unknown routes
 */
export const failures: FastifyPluginAsync<FailuresOptions> = /*@__PURE__*/ fastifyPlugin(register, {
  name: 'http-failure',
  fastify: '>=4',
})

async function register(app: FastifyInstance, policy: FailuresOptions): Promise<void> {
  if (Object.hasOwn(app, REGISTERED))
    throw new TypeError('failures: the plugin must be registered once, received it twice')
  Object.defineProperty(app, REGISTERED, { value: true })
  const responder = withSchemas(optionsOf(policy))
  const handle = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    sendFailure(error, request, reply as never, responder)
  }
  app.setErrorHandler(handle)
  if (unpollutedMember(policy, 'notFound') === false) return
  try {
    app.setNotFoundHandler((request, reply) => handle(new NotFound(), request, reply))
  } catch (cause) {
    const remedy = 'register it before, or set the option "notFound" to false'
    throw new TypeError(`failures: there must be no other handler for unknown routes; ${remedy}`, { cause })
  }
}

/** A copy of a responder has no methods, and its policy would be ignored. */
function optionsOf(policy: FailuresOptions): FailureResponderOptions {
  if (isResponder(policy)) return policy.options
  if (!Object.hasOwn(policy, 'options')) return policy
  throw new TypeError(
    'failures: the options must be those of a responder, received a copy of one; write { ...responder.options }',
  )
}

const REGISTERED = Symbol('http-failure')

/** Adds the translation of errors of schemas, and the log of Fastify. */
function withSchemas(policy: FailureResponderOptions): FailureResponder {
  // Checked first, since `translate` is wrapped.
  const options = checkedOptions(policy)
  const translate = reportingTranslate(options)
  return new FailureResponder({
    ...options,
    onFailure: options.onFailure ?? logFailureToFastify,
    translate: (error, context) => translate(error, context) ?? failureOfSchema(error),
  })
}
