import { ApolloDriver } from '@nestjs/apollo'
import type { Type } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import { MercuriusDriver } from '@nestjs/mercurius'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { expect } from 'chai'
import type { FailureResponderOptions } from '../../src/index.js'
import { FailureModule } from '../../src/nestjs/index.js'
import { start } from './platforms.js'
import { type ReceivedResponse, request } from './request.js'

// Starts real applications with both GraphQL drivers, which are queried over HTTP.

export interface Driver {
  readonly name: string
  readonly options: object
  readonly adapter: () => ExpressAdapter | FastifyAdapter
  /** The path that `onFailure` receives when `req` in the context of an application is not a request. */
  readonly pathWithCustomContext: string | undefined
}

export const drivers: readonly Driver[] = [
  {
    name: 'Apollo on Express',
    options: { driver: ApolloDriver },
    adapter: () => new ExpressAdapter(),
    pathWithCustomContext: undefined,
  },
  {
    name: 'Mercurius on Fastify',
    options: { driver: MercuriusDriver },
    adapter: () => new FastifyAdapter(),
    pathWithCustomContext: '/graphql',
  },
]

/** A schema with its resolver, and the options of an application. */
export interface GraphqlApplication {
  readonly typeDefs: string
  readonly resolver: Type
  readonly failureOptions?: FailureResponderOptions
  readonly context?: () => object
}

/** Starts an application with FailureModule, and returns a function that sends a query. */
export async function serve(driver: Driver, application: GraphqlApplication) {
  const { typeDefs, resolver, failureOptions, ...options } = application
  const { origin } = await start(
    {
      imports: [
        GraphQLModule.forRoot({ ...driver.options, typeDefs, fieldResolverEnhancers: ['filters'], ...options }),
        FailureModule.forRoot({ onFailure: () => undefined, ...failureOptions }),
      ],
      providers: [resolver],
    },
    driver.adapter(),
  )
  return (query: string, headers: Record<string, string> = {}) =>
    request(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
}

export interface GraphqlResult {
  readonly data: Record<string, unknown> | null
  readonly errors: { message: string; path: unknown; extensions: Record<string, unknown> }[]
}

/** The only error in a response. Apollo's stack trace is returned separately from the other extensions. */
export function errorIn(response: ReceivedResponse) {
  const { data, errors } = response.json() as unknown as GraphqlResult
  expect(errors, response.body).to.have.length(1)
  const { message, path, extensions } = errors[0]!
  const { stacktrace, ...members } = extensions
  expect(response.status).to.equal(200)
  return { data, message, path, stacktrace, extensions: members }
}
