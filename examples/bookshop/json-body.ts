import type { IncomingMessage } from 'node:http'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { UnsupportedMediaType } from '../../src/index.js'

/** The JSON body of a request, as a function reads it: `@JsonBody(readNewBook) book: NewBook`. */
export const JsonBody = createParamDecorator((read: (body: unknown) => unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<IncomingMessage & { readonly body?: unknown }>()
  if (!/^application\/json[\t ]*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new UnsupportedMediaType('Send JSON, and say so: Content-Type: application/json.', {
      accept: 'application/json',
    })
  }
  return read(request.body)
})
