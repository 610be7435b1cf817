import type { OutgoingMessage, ServerResponse } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'
import type { FastifyReply } from 'fastify'
import type { Context } from 'koa'
import type { HeaderFields, Reply } from '../../src/index.js'

// The headers of a Reply compile in the methods of the servers that take all headers at once.

export function sendByNode({ status, headers, body }: Reply, response: ServerResponse): void {
  response.writeHead(status, headers).end(body)
}

export function sendByHttp2({ status, headers, body }: Reply, response: Http2ServerResponse): void {
  response.writeHead(status, headers).end(body ?? '')
}

export function setByNode({ headers }: Reply, response: OutgoingMessage): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

export function sendByFastify({ status, headers, body }: Reply, reply: FastifyReply): void {
  void reply.code(status).headers(headers).send(body)
}

export function sendByKoa({ status, headers, body }: Reply, context: Context): void {
  context.status = status
  context.set(headers)
  context.body = body
}

// They stay read-only.

export function change(headers: HeaderFields): void {
  // @ts-expect-error only permits reading
  headers['Vary'] = 'Accept'
}
