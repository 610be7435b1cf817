// A bookshop on Hono 4. Run it on Node with: node scripts/ts.cjs examples/hono.ts

import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { failures } from '../src/hono/index.js'
import { policy, Shop } from './shop.js'

/** Creates the application, which runs on Node, Bun, Deno and workers. */
export function createApp(shop = new Shop()) {
  // Before the routes: errors, unknown paths, and thrown values that are not errors.
  const app = failures(new Hono(), policy)

  return app
    .get('/books', (c) => c.json(shop.list()))
    .get('/books/:isbn', (c) => c.json(shop.show(c.req.param('isbn'))))
    .post('/orders', async (c) => c.json(shop.order(await c.req.json()), 201))
    .get('/members/offers', (c) => c.json(shop.offers(c.req.header('Authorization'))))
    .get('/reports/sales', () => shop.report())
}

if (require.main === module) {
  serve({ fetch: createApp().fetch, port: 3000 }, () => console.log('Listening on http://localhost:3000: try /books'))
}
