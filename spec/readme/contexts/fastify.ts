import { type FastifyInstance, fastify, type RouteHandlerMethod } from 'fastify'

export { fastify }

export declare const app: FastifyInstance
export declare const handler: RouteHandlerMethod
