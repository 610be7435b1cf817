import type { ModulesContainer } from '@nestjs/core'
import { type MetadataReflection, metadataReflection } from '../catching/metadata-reflection.js'
import { EXCEPTION_FILTERS } from '../catching/nest-route-filter.js'

/** What marks the class of a gateway. */
const GATEWAY = 'websockets:is_gateway'

/**
 * Adds a filter to every gateway of an application, to be asked last: Nest asks no global filter about gateways.
 *
 * @returns what takes it away again, once Nest has bound the filters, since another application may have the same class
 */
export function addToGateways(modules: ModulesContainer, filter: object): () => void {
  const reflection = metadataReflection() as MetadataReflection
  const restorations = [...gatewaysAmong(modules, reflection)].map((gateway) => {
    const own = reflection.getOwnMetadata(EXCEPTION_FILTERS, gateway)
    const known = (reflection.getMetadata(EXCEPTION_FILTERS, gateway) ?? []) as unknown[]
    reflection.defineMetadata(EXCEPTION_FILTERS, [filter, ...known], gateway)
    return () => {
      if (own === undefined) reflection.deleteMetadata(EXCEPTION_FILTERS, gateway)
      else reflection.defineMetadata(EXCEPTION_FILTERS, own, gateway)
    }
  })
  return () => {
    for (const restore of restorations) restore()
  }
}

function gatewaysAmong(modules: ModulesContainer, reflection: MetadataReflection): Set<object> {
  const classes = [...modules.values()].flatMap(({ providers }) =>
    [...providers.values()].map(({ metatype }) => metatype),
  )
  const gateways = classes.filter((metatype) => metatype && reflection.getMetadata(GATEWAY, metatype) === true)
  return new Set(gateways as object[])
}
