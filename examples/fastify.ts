// A bookshop on Fastify 5. Run it with: node scripts/ts.cjs examples/fastify.ts

import { type FastifyInstance, fastify } from 'fastify'
import { failures, frameworkErrors, problemSchema } from '../src/fastify/index.js'
import { policy, Shop } from './shop.js'

/** Creates the application, ready to listen. */
export async function createApp(shop = new Shop()): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: 10_000, frameworkErrors: frameworkErrors(policy) })
  // Before the routes, which it covers in all plugins.
  await app.register(failures, policy)

  const schema = { response: { '4xx': problemSchema } }
  app.get('/books', async () => shop.list())
  app.get<{ Params: { isbn: string } }>('/books/:isbn', { schema }, async ({ params }) => shop.show(params.isbn))
  app.post('/orders', { schema: { ...schema, body: ORDER } }, async ({ body }, reply) => {
    reply.code(201)
    return shop.order(body)
  })
  app.get('/members/offers', async ({ headers }) => shop.offers(headers.authorization))
  app.get('/reports/sales', async () => shop.report())
  return app
}

/** Fastify validates the body. Its issues become `errors`, each with a JSON Pointer. */
const ORDER = { type: 'object', required: ['isbn'], properties: { isbn: { type: 'string' } } }

async function start(): Promise<void> {
  const app = await createApp()
  await app.listen({ port: 3000 })
  console.log('Listening on http://localhost:3000: try /books')
}

if (require.main === module) void start()
