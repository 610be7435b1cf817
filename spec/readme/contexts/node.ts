import type { IncomingMessage, ServerResponse } from 'node:http'

export { createServer } from 'node:http'

export declare const request: IncomingMessage
export declare const response: ServerResponse
export declare function route(request: IncomingMessage, response: ServerResponse): Promise<void>
