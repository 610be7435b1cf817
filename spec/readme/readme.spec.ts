import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Orders } from '../../examples/out-of-stock.js'
import { asInstalled, blocksIn, errorsIn } from './snippets.js'
import { readmeWithStatusTable } from './status-table.js'

const readme = readFileSync('README.md', 'utf8')
const blocksOf = (language: string) => blocksIn(readme, language)

/** A request that orders a book. */
function orderOf(order: unknown): Request {
  const headers = { 'Content-Type': 'application/json' }
  return new Request('http://localhost/orders', { method: 'POST', headers, body: JSON.stringify(order) })
}

describe('The README', () => {
  it('has the table of statuses and classes as the exports have it (npm run accept writes it anew)', () => {
    expect(readme).to.equal(readmeWithStatusTable())
  })

  it('begins with the example that is run here', () => {
    const example = readFileSync('examples/out-of-stock.ts', 'utf8')
    expect(blocksOf('ts')[0]).to.equal(asInstalled(example))
  })

  it('shows the answer that the example gives', async () => {
    const response = await new Orders().order(orderOf({ isbn: '978-0131103627' }))
    const [head = '', body = ''] = (blocksOf('http')[0] ?? '').split('\n\n')
    const [statusLine, ...fields] = head.split('\n')
    expect(statusLine).to.equal(`HTTP/1.1 ${response.status} Conflict`)
    for (const field of fields) {
      const [name = '', value] = field.split(': ')
      expect(response.headers.get(name)).to.equal(value)
    }
    expect(JSON.parse(body)).to.deep.equal(await response.json())
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

  it('names no file and no command that is not there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    for (const [, script] of readme.matchAll(/npm run ([a-z:]+)/g)) expect(scripts).to.have.property(script as string)
    for (const [, path] of readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) readFileSync(path as string)
  })
})
