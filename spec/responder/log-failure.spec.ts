import { expect } from 'chai'
import { BadGateway, FailureResponder, InternalServerError, logFailure, NotFound } from '../../src/index.js'

describe('logFailure', () => {
  const { error } = console
  let lines: unknown[][]

  beforeEach(() => {
    lines = []
    console.error = (...line: unknown[]) => lines.push(line)
  })

  afterEach(() => {
    console.error = error
  })

  it('is the default of onFailure, and can be called by a custom onFailure', () => {
    const counted: number[] = []
    const counting = new FailureResponder({
      onFailure(failure, context) {
        logFailure(failure, context)
        counted.push(failure.status)
      },
    })
    const failure = new BadGateway('printer.internal refused the connection')
    for (const responder of [new FailureResponder(), counting]) responder.toReply(failure, { method: 'GET', url: '/a' })
    expect(lines).to.deep.equal([
      ['%s', 'GET /a 502', failure],
      ['%s', 'GET /a 502', failure],
    ])
    expect(counted).to.deep.equal([502])
  })

  it('logs a client failure only if it is not exposed', () => {
    new FailureResponder().toReply(new NotFound('There is no such book.'))
    expect(lines).to.deep.equal([])
    new FailureResponder().toReply(new NotFound('Ada has it.', { expose: false }))
    expect(lines).to.have.lengthOf(1)
  })

  it('logs a server failure even if it is exposed', () => {
    new FailureResponder().toReply(new InternalServerError('The printer is out of paper.', { expose: true }))
    expect(lines).to.have.lengthOf(1)
  })

  it('logs causes that the console would not print with the failure, and only these', () => {
    let cause: Error | undefined
    for (const name of ['d', 'c', 'b', 'a']) cause = new Error(name, { cause })
    const failure = new InternalServerError({ cause })
    new FailureResponder().toReply(failure)
    // The console prints a failure with two causes.
    const [, , ...logged] = lines[0] as unknown[]
    expect(logged.map((error) => (error as Error).message)).to.deep.equal([failure.message, 'c'])
  })

  it('logs at most 100 causes of an endless chain', () => {
    const endless = (): Error => Object.defineProperty(new Error('x'), 'cause', { get: endless })
    new FailureResponder().toReply(new InternalServerError({ cause: endless() }))
    expect(lines[0]).to.have.lengthOf(2 + 34)
  })

  it('escapes control characters in method and path, and omits the query', () => {
    const url = '/a\n500\u001b[2J\u202e?key=secret'
    new FailureResponder().toReply(new InternalServerError(), { method: 'GET\r', url })
    expect(lines[0]?.[1]).to.equal('GET\\u000d /a\\u000a500\\u001b[2J\\u202e 500')
  })

  it('logs a failure whose expose throws', () => {
    class Broken extends NotFound {
      override get expose(): boolean {
        throw new Error('boom')
      }
    }
    new FailureResponder().toReply(new Broken())
    expect(lines).to.have.lengthOf(1)
  })

  it('truncates a long path', () => {
    new FailureResponder().toReply(new InternalServerError(), { url: `/${'a'.repeat(10_000)}` })
    expect(lines[0]?.[1]).to.equal(`/${'a'.repeat(499)}… 500`)
    new FailureResponder().toReply(new InternalServerError(), { url: `/${'b'.repeat(499)}` })
    expect(lines[1]?.[1]).to.equal(`/${'b'.repeat(499)} 500`)
  })
})
