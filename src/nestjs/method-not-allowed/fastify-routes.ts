import type { Config, HTTPMethod, HTTPVersion, Instance } from 'find-my-way'
import { lookedUpPath, type MethodsOf } from './route-lookup.js'
import { routerPackage } from './router-package.js'

/** The parts of Fastify that are used. */
interface Fastify {
  /** Contains the options of the router, directly or in `routerOptions`. */
  readonly initialConfig: RouterConfig & { readonly routerOptions?: RouterConfig }
  addHook(name: 'onRoute', hook: (route: Route) => void): unknown
}

type RouterConfig = Config<HTTPVersion.V1>

interface Route {
  readonly method: HTTPMethod | HTTPMethod[]
  readonly url: string
}

/**
 * Looks up a path in a second router with the same routes, since Fastify's own is not accessible. Constraints such as
 * versions are ignored.
 *
 * @throws TypeError if `find-my-way`, the router of Fastify, is not installed
 */
export async function routesOfFastify(fastify: Fastify): Promise<MethodsOf> {
  const router = await routerLike(fastify)
  const methods = new Set<HTTPMethod>()
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) {
      // Several versions of a route are one route here.
      if (router.hasRoute(each, url)) continue
      router.on(each, url, () => {})
      methods.add(each)
    }
  })
  return (request) => [...methods].filter((method) => router.find(method, lookedUpPath(request)) !== null)
}

async function routerLike({ initialConfig }: Fastify): Promise<Instance<HTTPVersion.V1>> {
  const router = await findMyWay()
  const { constraints, ...options } = { ...initialConfig, ...initialConfig.routerOptions }
  return router(options)
}

async function findMyWay(): Promise<typeof import('find-my-way')> {
  try {
    return await routerPackage()
  } catch (cause) {
    throw new TypeError(
      'FailureModule: "methodNotAllowed" requires the router of Fastify; run npm install find-my-way',
      { cause },
    )
  }
}
