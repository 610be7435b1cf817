import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { BadGateway, CatchingFailure, failureFromResponse, isFailure } from '../src/index.js'
import { Orders } from './orders.js'
import { OutOfStock } from './out-of-stock.js'

// A server and its client share the failure classes of their domain: the client catches the failures of the server.
//
//     node scripts/ts.cjs examples/client.ts

/** The server: `Orders` throws an `OutOfStock`, and `@CatchingFailure()` converts it to a response. */
function bookshop() {
  const orders = new Orders()
  orders.copies.set('978-0131103627', 0)
  return createServer(async (incoming, outgoing) => {
    const headers = { 'Content-Type': incoming.headers['content-type'] ?? '' }
    const order = new Request('http://localhost/orders', { method: 'POST', headers, body: await text(incoming) })
    const response = await orders.place(order)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text())
  })
}

/** The client: it throws the failure that the server threw. */
class BookshopClient {
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  async order(isbn: string): Promise<void> {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(this.url, { method: 'POST', headers, body: JSON.stringify({ isbn }) })
    if (!response.ok) throw await failureFromResponse(response, { classes: [OutOfStock] })
  }
}

/** A service with its own clients. A failure of the bookshop is not sent to them: it is the cause of a `BadGateway`. */
class GiftService {
  readonly books: BookshopClient

  constructor(books: BookshopClient) {
    this.books = books
  }

  @CatchingFailure({ onFailure: () => {} })
  async send(isbn: string): Promise<Response> {
    await this.books.order(isbn).catch((cause) => {
      throw new BadGateway({ cause })
    })
    return new Response('It is on its way.')
  }
}

export async function main(log: (...args: unknown[]) => void = console.log): Promise<void> {
  const server = bookshop().listen(0)
  await once(server, 'listening')
  const books = new BookshopClient(`http://localhost:${(server.address() as AddressInfo).port}/orders`)
  try {
    await books.order('978-0131103627')
  } catch (error) {
    if (error instanceof OutOfStock) log(`The shelf of ${error.isbn} is empty.`)
  }
  try {
    await books.order('1')
  } catch (error) {
    if (isFailure(error)) log(`${error.status}: ${error.detail}`)
  }
  const response = await new GiftService(books).send('978-0131103627')
  log(await response.json())
  server.close()
}

if (process.argv[1]?.endsWith('examples/client.ts')) void main()
