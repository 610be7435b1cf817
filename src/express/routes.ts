/** The request of Express, as far as its routes depend on it. */
export interface RoutedRequest {
  readonly method: string
  /** The prefix that Express has removed from `url`. */
  readonly baseUrl: string
  readonly url: string
  readonly app: object
}

/** Version 5 has a `router`; version 4 has a `_router`, and a `router` that throws. */
interface ExpressApplication {
  path(): string
  readonly _router?: Router
  readonly router: Router
}

interface Router {
  readonly stack: readonly Layer[]
}

interface Layer {
  /** The path that the last `match()` has matched, if that returns no object. */
  readonly path: string
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> }
  /** A middleware, or a router. */
  readonly handle: Partial<Router>
  match(path: string): boolean | { readonly path: string }
}

/** The methods under which the path of a request exists in its application and the routers that are mounted there. */
export function methodsOfPath({ app, baseUrl, url }: RoutedRequest): readonly string[] {
  const application = app as ExpressApplication
  const { stack } = application._router ?? application.router
  const methods = methodsIn(stack, pathWithin(application.path(), `${baseUrl}${url}`))
  // The path of an application that is mounted in a router, or at several paths, is incomplete.
  return [...new Set(methods.length > 0 ? methods : methodsIn(stack, pathWithin('', url)))]
}

/** The path below an application that is mounted, perhaps at a pattern such as `/:shop`. */
function pathWithin(mount: string, url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  const depth = mount.split('/').filter(Boolean).length
  return `/${path
    .split('/')
    .slice(1 + depth)
    .join('/')}`
}

function methodsIn(stack: readonly Layer[], path: string): string[] {
  return stack.flatMap((layer) => {
    const { route, handle } = layer
    const matched = route === undefined && handle.stack === undefined ? undefined : matchedPath(layer, path)
    if (matched === undefined) return []
    if (route !== undefined) return methodsOfRoute(route.methods)
    return methodsIn(handle.stack as readonly Layer[], path.slice(matched.length) || '/')
  })
}

/** The part of a path that a layer matches; `undefined` if it does not match. */
function matchedPath(layer: Layer, path: string): string | undefined {
  const matched = layer.match(path)
  if (matched === false) return undefined
  return matched === true ? layer.path : matched.path
}

/** `all()` is not listed, since it accepts any method. */
function methodsOfRoute(methods: Readonly<Record<string, boolean>>): string[] {
  const names = Object.keys(methods).filter((name) => methods[name] === true && name !== '_all')
  return names.flatMap((name) => (name === 'get' ? ['GET', 'HEAD'] : [name.toUpperCase()]))
}
