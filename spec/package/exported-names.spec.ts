import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import * as index from '../../src/index.js'
import * as nestjs from '../../src/nestjs/index.js'
import * as representations from '../../src/representations/index.js'
import { exportedNames } from './exported-names.js'

// No change of the public API is an accident: `npm run accept` writes the list anew, for a reviewer to see.

describe('The exported names', () => {
  const accepted = JSON.parse(readFileSync('spec/fixtures/exported-names.json', 'utf8'))

  it('are those that were accepted', function () {
    this.timeout(60_000)
    expect(exportedNames()).to.deep.equal(accepted)
  })

  it('are there at run time', () => {
    expect(Object.keys(index).sort()).to.deep.equal(accepted['.'].values)
    expect(Object.keys(nestjs).sort()).to.deep.equal(accepted['./nestjs'].values)
    expect(Object.keys(representations).sort()).to.deep.equal(accepted['./representations'].values)
  })
})
