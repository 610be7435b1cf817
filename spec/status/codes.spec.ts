import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import * as statuses from '../../src/status/index.js'
import { HttpStatus } from '../../src/status/index.js'
import { CODES, generatedCodes } from './generated-codes.js'
import { FAILURE_STATUSES, generatedFailureStatuses } from './generated-failure-statuses.js'

describe('http-failure/status', () => {
  it('has a constant for each canonical name', () => {
    const { HttpStatus: _, ...constants } = statuses
    expect(constants).to.deep.equal({ ...HttpStatus })
  })

  it('exports HttpStatus, too', () => {
    expect(statuses.HttpStatus.phrase(404)).to.equal('Not Found')
  })

  it('is up to date with the status table (npm run accept updates it)', () => {
    expect(readFileSync(CODES, 'utf8')).to.equal(generatedCodes())
  })
})

describe('The facts about failures', () => {
  it('are up to date with the status table and the failure classes (npm run accept updates them)', () => {
    expect(readFileSync(FAILURE_STATUSES, 'utf8')).to.equal(generatedFailureStatuses())
  })
})
