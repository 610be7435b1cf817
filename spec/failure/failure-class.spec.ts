import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import * as library from '../../src/index.js'
import {
  createFailure,
  type Failure,
  type FailureClass,
  failureClass,
  HttpStatus,
  MethodNotAllowed,
  NotFound,
} from '../../src/index.js'
import { FAILURE_CLASSES, generatedFailureClasses } from './generated-failure-classes.js'

describe('failureClass', () => {
  for (const { code } of [...HttpStatus].filter((status) => status.code >= 400)) {
    it(`returns the class of ${code}`, () => {
      const known: FailureClass = failureClass(code as number)
      expect(Object.values(library)).to.include(known)
      expect(known.prototype.status).to.equal(code)
      expect(createFailure(code as number)).to.be.instanceOf(known)
    })
  }

  it('has every class in the generated list (npm run accept updates it)', () => {
    expect(readFileSync(FAILURE_CLASSES, 'utf8')).to.equal(generatedFailureClasses())
  })

  it('has the type of the class', () => {
    const notFound: typeof NotFound = failureClass(404)
    const methodNotAllowed: typeof MethodNotAllowed = failureClass(405)
    expect([notFound, methodNotAllowed]).to.deep.equal([NotFound, MethodNotAllowed])
  })

  it('returns the class that createFailure() uses for an unregistered status, always the same one', () => {
    const unregistered = failureClass(499)
    const failure: Failure = new unregistered('Closed.')
    expect(failure).to.include({ status: 499, message: 'Closed.' })
    expect(createFailure(499)).to.be.instanceOf(unregistered).and.to.have.property('constructor', unregistered)
    expect(failureClass(499)).to.equal(unregistered)
    expect(failureClass(498)).not.to.equal(unregistered)
    expect(failureClass(599).prototype.status).to.equal(599)
  })

  for (const status of [0, 200, 399, 600, 404.5, Number.NaN, '404', undefined, null, 404n]) {
    it(`throws a RangeError for ${typeof status} ${String(status)}`, () => {
      expect(() => failureClass(status as number)).to.throw(
        RangeError,
        /^failureClass: "status" must be an integer from 400 to 599, received /,
      )
    })
  }
})
