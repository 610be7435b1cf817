import { z } from 'zod'
import {
  Conflict,
  type FailureContext,
  type FailureResponder,
  type ProblemDetails,
  type ProblemType,
} from '../../src/index.js'
import type { RenderContext } from '../../src/representations/index.js'

// Declarations that the examples in doc comments use. `tsdoc-examples.spec.ts` imports them into each example.

export type { CanActivate } from '@nestjs/common'
export { Catch, Controller, Get, Module, ParseIntPipe, UseFilters, ValidationPipe } from '@nestjs/common'
export { FastifyAdapter } from '@nestjs/platform-fastify'
export { WebSocketGateway } from '@nestjs/websockets'
export { catchError } from 'rxjs'
export { z }

export declare const request: Request
export declare const response: Response
export declare const responder: FailureResponder
export declare const error: unknown
export declare const cause: unknown
export declare const message: unknown
export declare const problem: ProblemDetails
export declare const context: RenderContext & FailureContext
export declare const issues: readonly { readonly message: string }[]

export declare const app: import('@nestjs/common').INestApplication
export declare const orders: { take(message: string): Promise<Response> }
export declare const order: string
export declare const stock: string & import('@nestjs/microservices').ClientProxy
export declare const socket: {
  on(event: 'message', listener: (message: string) => void): void
  send(text: string): void
}
export declare const metrics: { count(status: number): void }
export declare const log: { warn(message: string): void }
export declare const Sentry: Pick<typeof import('@sentry/node'), 'init'>

export declare class EntityNotFound extends Error {}
export declare class ConfigModule {}
export declare class ConfigService {
  getOrThrow(name: string): string
}

export const Order = z.object({ isbn: z.string() })
export const Page = z.object({ page: z.coerce.number() })

export class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { type: 'https://bookshop.example/problems/out-of-stock' }
}
