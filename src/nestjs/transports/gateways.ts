import { Catch } from '@nestjs/common'
import type { ModulesContainer } from '@nestjs/core'
import { type MetadataReflection, metadataReflection } from '../../catching/method-metadata.js'
import { EXCEPTION_FILTERS } from '../../catching/nest/nest-metadata.js'
import { FailureFilter } from '../failure.filter.js'

/** The metadata key of `@WebSocketGateway()`. */
const GATEWAY = 'websockets:is_gateway'

/**
 * Adds a filter to every gateway of an application, with the lowest precedence: Nest applies no global filters to gateways.
 *
 * Several applications may share the class of a gateway. Only an injection token is added to the class; each application
 * resolves it to its own filter.
 *
 * @returns a function that removes the token
 */
export function addToGateways(modules: ModulesContainer, filter: FailureFilter): () => void {
  class FilterOfApplication extends FailureFilter {}
  // Another application that finds the token instantiates the class: a filter that catches nothing.
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
