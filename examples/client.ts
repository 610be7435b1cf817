import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { BadGateway, CatchingFailure, failureFromResponse, isFailure } from '../src/index.js'
import { Orders, OutOfStock } from './out-of-stock.js'

// A server and its clients, which share the failures of their domain: what the one throws, the other catches.
//
//     node --disable-warning=DEP0180 -r ts-node/register -e "require(process.argv[1])" ./examples/client.ts

/** The server: `Orders` throws an `OutOfStock`, and `@CatchingFailure()` makes the answer of it. */
function bookshop() {
  const orders = new Orders()
  return createServer(async (request, response) => {
    const headers = { 'Content-Type': request.headers['content-type'] ?? '' }
    const order = new Request('http://localhost/orders', { method: 'POST', headers, body: await text(request) })
    const answer = await orders.order(order)
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  })
}

/** The client: what it throws is what the server threw. */
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

/** A service with clients of its own. What the bookshop answers is for this service alone: for them it is the cause. */
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

export async function main(log: (...said: unknown[]) => void = console.log): Promise<void> {
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
  const answer = await new GiftService(books).send('978-0131103627')
  log(await answer.json())
  server.close()
}

if (process.argv[1]?.endsWith('examples/client.ts')) void main()
