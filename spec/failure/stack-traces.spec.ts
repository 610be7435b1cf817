import { expect } from 'chai'
import { Failure, InternalServerError, NotFound, type StackTraces } from '../../src/index.js'

const frames = (error: Error) => (error.stack ?? '').split('\n').length - 1

describe('Failure.stackTraces', () => {
  const limit = Error.stackTraceLimit
  afterEach(() => {
    Failure.stackTraces = 'all'
    expect(Error.stackTraceLimit).to.equal(limit)
  })

  const expected: Record<StackTraces, [client: boolean, server: boolean]> = {
    all: [true, true],
    server: [false, true],
    none: [false, false],
  }
  for (const [setting, [client, server]] of Object.entries(expected)) {
    it(`'${setting}' captures ${client ? '' : 'no '}traces for 4xx and ${server ? '' : 'no '}traces for 5xx`, () => {
      Failure.stackTraces = setting as StackTraces
      expect(frames(new NotFound()) > 0).to.equal(client)
      expect(frames(new InternalServerError()) > 0).to.equal(server)
    })
  }

  it('starts the trace where the failure was created', () => {
    class Own extends NotFound {
      constructor() {
        super('x')
      }
    }
    function here() {
      return [new NotFound(), new Own()]
    }
    for (const failure of here()) expect(failure.stack?.split('\n')[1]).to.contain('here')
  })

  it('captures the trace of a class with an invalid status, since it is sent as a 500', () => {
    class Odd extends Failure {
      override get status() {
        return 200
      }
    }
    Failure.stackTraces = 'server'
    expect(frames(new Odd())).to.be.above(0)
  })

  it('can be overridden by a subclass', () => {
    class Frequent extends NotFound {
      static override stackTraces = 'none' as const
    }
    class Grave extends NotFound {
      static override stackTraces = 'all' as const
    }
    Failure.stackTraces = 'server'
    expect(frames(new Frequent())).to.equal(0)
    expect(frames(new Grave())).to.be.above(0)
  })

  it('captures the trace if the status accessor of the class needs an instance', () => {
    class Undecided extends Failure {
      readonly options = { status: 404 }
      override get status() {
        return this.options.status
      }
    }
    Failure.stackTraces = 'server'
    expect(new Undecided().status).to.equal(404)
    expect(frames(new Undecided())).to.be.above(0)
  })

  it('does not throw if Error.stackTraceLimit is read-only', () => {
    const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit') as PropertyDescriptor
    Failure.stackTraces = 'none'
    Object.defineProperty(Error, 'stackTraceLimit', { writable: false })
    try {
      expect(new NotFound('x').message).to.equal('x')
    } finally {
      Object.defineProperty(Error, 'stackTraceLimit', descriptor)
    }
  })
})
