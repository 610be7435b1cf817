// A bookshop on Express 5. Run it with: node scripts/ts.cjs examples/express.ts

import express, { type Express } from 'express'
import { failureHandler, notFound } from '../src/express/index.js'
import { policy, Shop } from './shop.js'

/** Creates the application, ready to listen. */
export function createApp(shop = new Shop()): Express {
  const app = express()
  app.use(express.json({ limit: '10kb' }))

  app.get('/books', (_request, response) => {
    response.json(shop.list())
  })
  app.get('/books/:isbn', (request, response) => {
    response.json(shop.show(request.params.isbn))
  })
  app.post('/orders', (request, response) => {
    response.status(201).json(shop.order(request.body))
  })
  app.get('/members/offers', (request, response) => {
    response.json(shop.offers(request.get('Authorization')))
  })
  app.get('/reports/sales', async () => {
    shop.report()
  })

  // After all routes: a 404, or a 405 if the path exists under other methods; then the response to every error.
  app.use(notFound({ methodNotAllowed: true }))
  app.use(failureHandler(policy))
  return app
}

if (require.main === module) {
  createApp().listen(3000, () => console.log('Listening on http://localhost:3000: try /books'))
}
