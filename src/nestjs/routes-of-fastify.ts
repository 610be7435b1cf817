import type { Config, HTTPMethod, HTTPVersion, Instance } from 'find-my-way'
import { type MethodsOf, pathOf } from './route-lookup.js'

/** Fastify, as far as it tells of its routes. */
interface Fastify {
  /** The options of the router are among those of Fastify, or apart from them. */
  readonly initialConfig: RouterConfig & { readonly routerOptions?: RouterConfig }
  addHook(name: 'onRoute', hook: (route: Route) => void): unknown
}

type RouterConfig = Config<HTTPVersion.V1>

interface Route {
  readonly method: HTTPMethod | HTTPMethod[]
  readonly url: string
}

/**
 * Looks a path up in a second router with the same routes, since Fastify does not let anybody ask its own. Constraints
 * such as the version are left aside.
 *
 * @throws TypeError where `find-my-way`, the router of Fastify, is not installed
 */
export async function routesOfFastify(fastify: Fastify): Promise<MethodsOf> {
  const router = await routerLike(fastify)
  const methods = new Set<HTTPMethod>()
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) {
      // One that several versions have is one to us.
      if (router.hasRoute(each, url)) continue
      router.on(each, url, () => {})
      methods.add(each)
    }
  })
  return (request) => [...methods].filter((method) => router.find(method, pathOf(request)) !== null)
}

async function routerLike({ initialConfig }: Fastify): Promise<Instance<HTTPVersion.V1>> {
  const { default: router } = await import('find-my-way').catch((cause) => {
    throw new TypeError('methodNotAllowed needs the router of Fastify: npm install find-my-way', { cause })
  })
  const { constraints, ...options } = { ...initialConfig, ...initialConfig.routerOptions }
  return router(options)
}
