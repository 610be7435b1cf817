import { type FailureResponder, responderOf } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { catching, type Method } from './catching.js'
import { addRequestArgument, addRouteFilter } from './nest-route.js'
import { standInFor } from './stand-in.js'

/**
 * The decorator that {@link CatchingFailure} gives: for methods, under both kinds of decorators.
 *
 * @example const Answering: CatchingFailureDecorator = CatchingFailure({ extend: traceId })
 */
export interface CatchingFailureDecorator {
  // standard
  <This, Method extends AnyMethod>(
    method: Method & Answering<Method>,
    context: ClassMethodDecoratorContext<This, Method>,
  ): Method
  // legacy; the last, since the compiler explains the last one
  <Method extends AnyMethod>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Method> & Answering<Method>,
  ): void
}

// biome-ignore lint/suspicious/noExplicitAny: only `any` matches the parameters of every method.
type AnyMethod = (...given: any) => unknown

/**
 * A decorator cannot widen the type of a method, so the method has to be able to return a Response already, unless it
 * never returns.
 */
type Answering<Method extends AnyMethod> = [Awaited<ReturnType<Method>>] extends [never]
  ? unknown
  : globalThis.Response extends Awaited<ReturnType<Method>>
    ? unknown
    : "@CatchingFailure() answers with a Fetch Response: add '| globalThis.Response' to the return type"

/**
 * Lets a controller method answer with a `Response` when it throws a Failure, or when the promise that it returns is
 * rejected with one. Other errors pass through as they are, unless the policy translates them.
 *
 * It works under legacy and under standard decorators. A sync method stays sync; `this`, the arguments, the name and
 * the metadata of the method are kept, whether it stands above or below the decorators of a framework. A route of
 * Nest answers by itself, without a filter. If it is given no policy, it follows that of a `FailureFilter` that its
 * controller has as an instance, `@UseFilters(new FailureFilter())`, or else that of its application. Filters of the
 * controller or of the application do not see the failures of a decorated route; one of `@UseFilters()` above it does.
 *
 * What fails when the method has returned, such as an Observable or a stream, is answered by a route of Nest if it is a
 * Failure; it is not translated. A method that overrides a decorated one, and is not decorated itself, inherits the
 * arguments that Nest's router passes to that one, and behind them gets the request, which is its mark.
 *
 * A method must be able to return a `Response`. With type parameters the compiler cannot tell, and takes any.
 *
 * @example
 * ```ts
 * class Books {
 *   @CatchingFailure()
 *   async show(request: Request): Promise<Response> {
 *     throw new NotFound('There is no such book.')
 *   }
 * }
 * ```
 * @param policy - a {@link FailureResponder}, or the options for one
 * @throws TypeError when it decorates something else than a method
 */
export function CatchingFailure(policy?: FailureResponder | FailureResponderOptions): CatchingFailureDecorator {
  const responder = policy === undefined ? undefined : responderOf(policy)
  const decorator = (target: unknown, nameOrContext: unknown, descriptor?: PropertyDescriptor) =>
    typeof nameOrContext === 'object'
      ? decorateStandard(target as Method, nameOrContext as Context, responder)
      : decorateLegacy(target as object, nameOrContext as string | symbol | undefined, descriptor, responder)
  return decorator as CatchingFailureDecorator
}

type Context = Pick<DecoratorContext, 'kind' | 'name'>

function decorateStandard(method: Method, { kind, name }: Context, responder: FailureResponder | undefined): Method {
  if (kind !== 'method') throw unfit(kind, name)
  return standInFor(method, catching(method, responder))
}

function decorateLegacy(
  target: object,
  name: string | symbol | undefined,
  descriptor: PropertyDescriptor | undefined,
  responder: FailureResponder | undefined,
): void {
  const method: unknown = descriptor?.value
  if (name === undefined) throw unfit('class', (target as Function).name)
  if (descriptor === undefined || typeof method !== 'function') throw unfit(propertyKind(descriptor), name)
  const requestPosition = addRequestArgument(target, name, method)
  const nest = requestPosition === undefined ? undefined : { name, requestPosition }
  const route = standInFor(method, catching(method as Method, responder, nest))
  if (nest !== undefined) addRouteFilter(route, responder)
  descriptor.value = route
}

/** Legacy decorators are not told what they decorate. */
function propertyKind(descriptor: PropertyDescriptor | undefined): string {
  if (descriptor?.get !== undefined) return 'getter'
  return descriptor?.set !== undefined ? 'setter' : 'field'
}

function unfit(kind: string, name: string | symbol | undefined): TypeError {
  return new TypeError(`@CatchingFailure() decorates methods, not the ${kind} \`${String(name)}\``)
}
