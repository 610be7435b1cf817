import { Catch } from '@nestjs/common'
import type { ModulesContainer } from '@nestjs/core'
import { type MetadataReflection, metadataReflection } from '../catching/metadata-reflection.js'
import { EXCEPTION_FILTERS } from '../catching/nest-route-filter.js'
import { FailureFilter } from './failure.filter.js'

/** What marks the class of a gateway. */
const GATEWAY = 'websockets:is_gateway'

/**
 * Adds a filter to every gateway of an application, to be asked last: Nest asks no global filter about gateways.
 *
 * The class of a gateway may be that of other applications as well. What is added to it is therefore nothing but a
 * name, for which this application alone has the filter.
 *
 * @returns what takes the name away again
 */
export function addToGateways(modules: ModulesContainer, filter: FailureFilter): () => void {
  class FilterOfApplication extends FailureFilter {}
  // Another application that finds the name makes a filter of it: one that is asked about nothing.
  Catch(class Nothing {})(FilterOfApplication)
  const reflection = metadataReflection() as MetadataReflection
  const known = (gateway: object) => (reflection.getMetadata(EXCEPTION_FILTERS, gateway) ?? []) as unknown[]
  const gateways = new Set<object>()
  for (const module of modules.values()) {
    for (const { metatype } of module.providers.values()) {
      if (!metatype || reflection.getMetadata(GATEWAY, metatype) !== true) continue
      module.addInjectable({ provide: FilterOfApplication, useValue: filter }, 'filter')
      gateways.add(metatype)
    }
  }
  for (const gateway of gateways) {
    reflection.defineMetadata(EXCEPTION_FILTERS, [FilterOfApplication, ...known(gateway)], gateway)
  }
  return () => {
    for (const gateway of gateways) {
      const others = known(gateway).filter((other) => other !== FilterOfApplication)
      reflection.defineMetadata(EXCEPTION_FILTERS, others, gateway)
    }
  }
}
