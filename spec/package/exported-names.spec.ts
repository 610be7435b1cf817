import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { entries, exportedNames } from './exported-names.js'

// Prevents accidental changes of the public API. `npm run accept` regenerates the list, which a reviewer then sees.

describe('The exported names', () => {
  const accepted = JSON.parse(readFileSync('spec/fixtures/exported-names.json', 'utf8'))

  it('match the accepted list', function () {
    this.timeout(60_000)
    expect(exportedNames()).to.deep.equal(accepted)
  })

  for (const [entry, path] of Object.entries(entries)) {
    it(`exist at run time in ${entry}`, () => {
      expect(Object.keys(require(resolve(path))).sort()).to.deep.equal(accepted[entry].values)
    })
  }
})
