import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'

describe('The API reference', () => {
  const options = JSON.parse(readFileSync('typedoc.json', 'utf8'))

  it('is generated without warnings (npm run docs)', function () {
    this.timeout(120_000)
    const { NODE_V8_COVERAGE: _, ...env } = process.env
    expect(options.treatWarningsAsErrors).to.equal(true)
    execFileSync(process.execPath, [resolve('node_modules/typedoc/bin/typedoc'), '--emit', 'none'], {
      env,
      stdio: 'pipe',
    })
  })
})
