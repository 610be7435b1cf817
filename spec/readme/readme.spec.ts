import 'reflect-metadata'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Controller, Module, Param, Post } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { expect } from 'chai'
import { AppModule } from '../../examples/app.module.js'
import { handle } from '../../examples/handler.js'
import { Orders } from '../../examples/orders.js'
import { OutOfStock } from '../../examples/out-of-stock.js'
import { expectShownResponse } from './shown-response.js'
import { asInstalled, blocksIn, errorsIn } from './snippets.js'

const readme = readFileSync('README.md', 'utf8')
const blocksOf = (language: string) => blocksIn(readme, language)

/** The orders of a shop with one book that is sold out and one that is in stock. */
function ordersOfShop(): Orders {
  const orders = new Orders()
  orders.copies.set('978-0131103627', 0).set('978-0201633610', 1)
  return orders
}

/** A controller that throws the failure of the README. */
@Controller('orders')
class OrdersController {
  @Post(':isbn')
  place(@Param('isbn') isbn: string) {
    throw new OutOfStock(isbn)
  }
}

@Module({ controllers: [OrdersController] })
class Shop {}

/** A request that orders a book. */
function orderOf(order: unknown): Request {
  const headers = { 'Content-Type': 'application/json' }
  return new Request('http://localhost/orders', { method: 'POST', headers, body: JSON.stringify(order) })
}

describe('The README', () => {
  it('has fewer than 150 lines', () => {
    expect(readme.split('\n').length).to.be.lessThan(150)
  })

  it('contains an up-to-date comparison with the installed packages (npm run comparison updates it)', function () {
    this.timeout(120_000)
    // In its own process: some compared packages behave differently after another spec has replaced Response or Error.
    const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
    execFileSync('npm', ['run', 'comparison', '--', '--check'], { env, stdio: 'pipe' })
  })

  it('shows three examples in full', () => {
    const examples = ['app.module.ts', 'handler.ts', 'out-of-stock.ts']
    const sources = examples.map((name) => asInstalled(readFileSync(`examples/${name}`, 'utf8')))
    expect(blocksOf('ts')).to.deep.equal(sources)
  })

  it('shows the response that its handler sends', async () => {
    const response = await handle(new Request('http://localhost/orders/978-0131103627', { method: 'POST' }))
    await expectShownResponse(response, blocksOf('http')[0])
  })

  it('shows the response that a decorated method sends', async () => {
    const response = await ordersOfShop().place(orderOf({ isbn: '978-0131103627' }))
    await expectShownResponse(response, blocksOf('http')[0])
  })

  it('shows the response that the Nest module sends', async () => {
    const app = await NestFactory.create({ module: Shop, imports: [AppModule] }, { logger: false })
    await app.listen(0)
    try {
      const response = await fetch(`${await app.getUrl()}/orders/978-0131103627`, { method: 'POST' })
      await expectShownResponse(response, blocksOf('http')[0])
    } finally {
      await app.close()
    }
  })

  it('comes with an example that sends 201, 409, 404 and 422', async () => {
    const orders = ordersOfShop()
    const statusFor = async (order: unknown) => (await orders.place(orderOf(order))).status
    expect(await statusFor({ isbn: '978-0201633610' })).to.equal(201)
    expect(await statusFor({ isbn: '978-0201633610' })).to.equal(409)
    expect(await statusFor({ isbn: '1' })).to.equal(404)
    expect(await statusFor({ isbn: 1 })).to.equal(422)
  })

  it('contains only snippets that compile', function () {
    this.timeout(60_000)
    const snippets = blocksOf('ts').map((code) => code.replace(`'./route.js'`, `'../../examples/route.js'`))
    expect(errorsIn(snippets)).to.deep.equal([])
  })
})
