// A bookshop on Koa 3. Run it with: node scripts/ts.cjs examples/koa.ts

import Router from '@koa/router'
import { json } from 'co-body'
import Koa from 'koa'
import { failures } from '../src/koa/index.js'
import { policy, Shop } from './shop.js'

/** Creates the application, ready to listen. */
export function createApp(shop = new Shop()): Koa {
  const app = new Koa()
  // First, so that it catches the errors of all others.
  app.use(failures(policy))

  const router = new Router()
  router.get('/books', (ctx) => {
    ctx.body = shop.list()
  })
  router.get('/books/:isbn', (ctx) => {
    ctx.body = shop.show(ctx.params['isbn'] ?? '')
  })
  router.post('/orders', async (ctx) => {
    ctx.body = shop.order(await json(ctx, { limit: '10kb' }))
    ctx.status = 201
  })
  router.get('/members/offers', (ctx) => {
    ctx.body = shop.offers(ctx.get('Authorization'))
  })
  router.get('/reports/sales', () => shop.report())

  app.use(router.routes())
  // Its 405 and 501 become problem details.
  app.use(router.allowedMethods())
  return app
}

if (require.main === module) {
  createApp().listen(3000, () => console.log('Listening on http://localhost:3000: try /books'))
}
