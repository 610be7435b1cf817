import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { main } from '../../examples/client.js'

describe('examples/client.ts', () => {
  it('catches the failure thrown by the server, with its typed field', async () => {
    const logged: unknown[] = []
    await main((...args) => logged.push(...args))
    expect(logged).to.deep.equal([
      'The shelf of 978-0131103627 is empty.',
      '404: There is no book 1.',
      { type: 'about:blank', title: 'Bad Gateway', status: 502 },
    ])
  })

  it('runs from the command line', async function () {
    this.timeout(60_000)
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/ts.cjs', 'examples/client.ts'])
    expect(stdout.split('\n')[0]).to.equal('The shelf of 978-0131103627 is empty.')
  })
})
