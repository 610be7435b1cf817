import { OutOfStock } from './out-of-stock.js'

/** The application behind `handler.ts`. */
export async function route(request: Request): Promise<Response> {
  throw new OutOfStock(new URL(request.url).pathname.slice('/orders/'.length))
}
