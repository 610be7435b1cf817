import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Orders } from '../../examples/out-of-stock.js'
import { expectShownResponse } from './shown-response.js'
import { asInstalled, blocksIn, errorsIn } from './snippets.js'

const readme = readFileSync('README.md', 'utf8')
const blocksOf = (language: string) => blocksIn(readme, language)

/** A request that orders a book. */
function orderOf(order: unknown): Request {
  const headers = { 'Content-Type': 'application/json' }
  return new Request('http://localhost/orders', { method: 'POST', headers, body: JSON.stringify(order) })
}

describe('The README', () => {
  it('stays short', () => {
    expect(readme.split('\n').length).to.be.lessThan(160)
  })

  it('has the comparison as it comes out with the peers that are installed (npm run comparison writes it anew)', function () {
    this.timeout(120_000)
    // In a process of its own: some peers are others where somebody has replaced Response or Error.
    const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
    execFileSync('npm', ['run', 'comparison', '--', '--check'], { env, stdio: 'pipe' })
  })

  it('begins with the example that is run here', () => {
    const example = readFileSync('examples/out-of-stock.ts', 'utf8')
    expect(blocksOf('ts')[0]).to.equal(asInstalled(example))
  })

  it('shows the answer that the example gives', async () => {
    const response = await new Orders().order(orderOf({ isbn: '978-0131103627' }))
    await expectShownResponse(response, blocksOf('http')[0])
  })

  it('answers the other ways of the example', async () => {
    const orders = new Orders()
    const statusFor = async (order: unknown) => (await orders.order(orderOf(order))).status
    expect(await statusFor({ isbn: '978-0201633610' })).to.equal(201)
    expect(await statusFor({ isbn: '978-0201633610' })).to.equal(409)
    expect(await statusFor({ isbn: '1' })).to.equal(404)
    expect(await statusFor({ isbn: 1 })).to.equal(422)
  })

  it('has no snippet that does not compile', function () {
    this.timeout(60_000)
    expect(errorsIn(blocksOf('ts'))).to.deep.equal([])
  })
})
