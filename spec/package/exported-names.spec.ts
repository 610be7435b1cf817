import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import * as index from '../../src/index.js'
import * as nestjs from '../../src/nestjs/index.js'
import * as representations from '../../src/representations/index.js'
import { exportedNames } from './exported-names.js'

// Prevents accidental changes of the public API. `npm run accept` regenerates the list, which a reviewer then sees.

describe('The exported names', () => {
  const accepted = JSON.parse(readFileSync('spec/fixtures/exported-names.json', 'utf8'))

  it('match the accepted list', function () {
    this.timeout(60_000)
    expect(exportedNames()).to.deep.equal(accepted)
  })

  it('exist at run time', () => {
    expect(Object.keys(index).sort()).to.deep.equal(accepted['.'].values)
    expect(Object.keys(nestjs).sort()).to.deep.equal(accepted['./nestjs'].values)
    expect(Object.keys(representations).sort()).to.deep.equal(accepted['./representations'].values)
  })
})
