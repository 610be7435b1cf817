import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import { rolldown } from 'rolldown'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const entry = `
  import { Conflict, failureFromResponse } from '${resolve('src/index.ts')}'
  class Taken extends Conflict {
    get type() { return 'urn:taken' }
  }
  globalThis.takenSeat = async () => {
    const failure = await failureFromResponse(new Taken('The seat is taken.').toResponse(), { classes: [Taken] })
    return [failure instanceof Taken, failure.detail, failure.status]
  }`

const hasChromium = existsSync(executablePath)

describe(hasChromium ? 'In a browser' : `In a browser (skipped: no Chromium at ${executablePath})`, () => {
  it('failureFromResponse restores a failure from its response', async function () {
    if (!hasChromium) this.skip()
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      await page.addScriptTag({ content: await bundled(entry) })
      expect(await page.evaluate('takenSeat()')).to.deep.equal([true, 'The seat is taken.', 409])
    } finally {
      await browser.close()
    }
  })
})

/** Bundles a script for the browser. Modules that exist only in Node would remain as imports. */
async function bundled(source: string): Promise<string> {
  const bundle = await rolldown({
    input: 'entry',
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? source : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'iife' })
  expect(output[0].imports).to.deep.equal([])
  return output[0].code
}
