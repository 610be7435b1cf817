import { type FailureResponder, responderOf } from '../responder/failure-responder.js'
import type { FailureResponderOptions } from '../responder/responder-options.js'
import { catching, type Method } from './catching.js'
import { standInFor } from './method-metadata.js'
import { addRequestArgument, addRouteFilter } from './nest/route-metadata.js'

/**
 * The method decorator returned by {@link CatchingFailure}. Legacy and standard decorators.
 *
 * @example const Traced: CatchingFailureDecorator = CatchingFailure({ extend: withTraceId })
 */
export interface CatchingFailureDecorator {
  // standard
  <This, Method extends AnyMethod>(
    method: Method & Responding<Method>,
    context: ClassMethodDecoratorContext<This, Method>,
  ): Method
  // legacy; last, since the compiler explains the last overload
  <Method extends AnyMethod>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Method> & Responding<Method>,
  ): void
}

// biome-ignore lint/suspicious/noExplicitAny: only `any` accepts the parameters of every method.
type AnyMethod = (...given: any) => unknown

/**
 * A decorator cannot change the type of a method, so its return type must include Response, unless it never returns.
 */
type Responding<Method extends AnyMethod> = [Awaited<ReturnType<Method>>] extends [never]
  ? unknown
  : globalThis.Response extends Awaited<ReturnType<Method>>
    ? unknown
    : "@CatchingFailure() returns a Fetch Response: add '| globalThis.Response' to the return type"

/**
 * Makes a controller method return a `Response` when it throws a Failure, or when its promise is rejected with one. So do
 * errors of platforms, such as a body parser. Other errors are thrown on, unless the policy translates them.
 *
 * Works with legacy and standard decorators. A synchronous method stays synchronous. `this`, the arguments, the name and
 * the metadata of the method are kept, so the order among the decorators of a framework doesn't matter.
 *
 * In Nest, a decorated route responds without a filter. Without a policy argument, it uses the policy of a `FailureFilter`
 * instance on its controller, `@UseFilters(new FailureFilter())`, otherwise that of the application. Other filters of the
 * controller or the application don't receive its failures; filters of `@UseFilters()` above the method do. A Failure
 * from an Observable or a stream that the method has returned is handled, too, but other errors are not translated. If a
 * subclass overrides a decorated method without the decorator, Nest passes the request to it as one more argument, at the
 * end.
 *
 * The return type of the method must include `Response`. The compiler doesn't check this for generic return types.
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
 * @param policy - a {@link FailureResponder}, or its options
 * @throws TypeError when it decorates anything but a method, or for invalid options
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
  if (kind !== 'method') throw notAMethod(kind, name)
  return standInFor(method, catching(method, responder))
}

function decorateLegacy(
  target: object,
  name: string | symbol | undefined,
  descriptor: PropertyDescriptor | undefined,
  responder: FailureResponder | undefined,
): void {
  const method: unknown = descriptor?.value
  if (name === undefined) throw notAMethod('class', (target as Function).name)
  if (descriptor === undefined || typeof method !== 'function') throw notAMethod(propertyKind(descriptor), name)
  const call = addRequestArgument(target, name, method)
  const route = standInFor(method, catching(method as Method, responder, call))
  if (call !== undefined) addRouteFilter(route, responder)
  descriptor.value = route
}

/** Legacy decorators don't receive the kind of their target. */
function propertyKind(descriptor: PropertyDescriptor | undefined): string {
  if (descriptor?.get !== undefined) return 'getter'
  return descriptor?.set !== undefined ? 'setter' : 'field'
}

function notAMethod(kind: string, name: string | symbol | undefined): TypeError {
  return new TypeError(`@CatchingFailure() must decorate a method, received ${kind} "${String(name)}"`)
}
