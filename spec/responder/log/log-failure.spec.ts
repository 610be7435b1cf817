import { expect } from 'chai'
import {
  BadGateway,
  FailureResponder,
  failureFromProblem,
  InternalServerError,
  logFailure,
  NotFound,
} from '../../../src/index.js'

function thrower(): never {
  throw new Error('boom')
}

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

  const text = () => lines[0]?.[2] as string
  const summary = (index = 0) => lines[index]?.[1]

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
    expect(lines).to.have.lengthOf(2)
    for (const [format, summary, causes] of lines) {
      expect([format, summary]).to.deep.equal(['%s', 'GET /a 502'])
      expect(causes).to.match(/^BadGateway: printer.internal refused the connection\n {6}at /)
    }
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

  it('logs all causes, and the errors of an AggregateError, with stacks and codes', () => {
    let cause: Error | undefined
    for (const name of ['d', 'c', 'b', 'a']) cause = new Error(name, { cause })
    const refused = Object.assign(new Error('refused', { cause }), { code: 'ECONNREFUSED' })
    new FailureResponder().toReply(new InternalServerError({ cause: new AggregateError([refused], 'no address') }))
    expect(text()).to.include('  1 of 1: Error: refused\n').and.to.include('\n    code: "ECONNREFUSED"\n')
    for (const name of ['a', 'b', 'c', 'd']) expect(text()).to.include(`\n  Caused by: Error: ${name}\n      `)
  })

  it('logs the errors in a subclass of AggregateError, and survives a hostile list', () => {
    class BatchError extends AggregateError {
      override readonly name = 'BatchError'
    }
    new FailureResponder().toReply(new BatchError([new Error('a'), 'not an error'], 'batch'))
    expect(text()).to.include('Caused by: BatchError: batch\n').and.to.include('\n  1 of 1: Error: a\n')
    const { proxy, revoke } = Proxy.revocable([], {})
    const hostile = Object.assign(new AggregateError([], 'hostile'), { errors: proxy })
    revoke()
    new FailureResponder().toReply(hostile)
    expect(lines[1]?.[2]).to.include('Caused by: AggregateError: hostile\n')
  })

  it('does not log the response of another server in a GraphQLError', () => {
    const extensions = { response: { url: 'http://a/?key=hunter2', body: { token: 'hunter2' } } }
    const error = Object.assign(new Error('404: Not Found'), { extensions, [Symbol.toStringTag]: 'GraphQLError' })
    new FailureResponder().toReply(error)
    expect(text()).to.include('404: Not Found').and.not.to.include('hunter2')
  })

  it('logs at most 100 causes of an endless chain', () => {
    const endless = (): Error => Object.defineProperty(new Error('x'), 'cause', { get: endless })
    new FailureResponder().toReply(new InternalServerError({ cause: endless() }))
    expect(text()).to.match(/\n\(\d+ more\)\nCaused by: Error: x\n/)
    expect(Buffer.byteLength(text())).to.be.below(16 * 1024)
  })

  it('logs the fields that describe an error, but no body, header or query', () => {
    const error = Object.assign(new SyntaxError('The JSON is not valid.'), {
      body: '{"password":"hunter2"}',
      statusCode: 500,
      headers: { authorization: 'hunter2' },
      config: { url: '/?key=hunter2' },
    })
    new FailureResponder().toReply(error)
    expect(text()).to.include('\n  statusCode: 500').and.not.to.include('hunter2')
  })

  it('logs data that is withheld from the client', () => {
    const options = { extensions: { printer: 7 }, instance: '/jobs/7', expose: false }
    new FailureResponder().toReply(new NotFound('No paper.', options))
    expect(text()).to.include('\n  instance: "/jobs/7"\n  extensions: {"printer":7}')
  })

  it('logs the content of an exception of Nest, unless its class and message contain it', () => {
    const exception = (method: string, content: unknown) =>
      Object.assign(new Error('No.'), { [method]: () => content, getStatus: () => 500 })
    const extensions = { code: 'NO_PAPER' }
    const graphqlError = Object.assign(new Error('No.'), { extensions, [Symbol.toStringTag]: 'GraphQLError' })
    const logged = [
      exception('getResponse', { step: 'pay' }),
      exception('getError', { step: 'pay' }),
      graphqlError,
      exception('getResponse', 'No.'),
      exception('getResponse', new Error('secret')),
      exception('getResponse', { statusCode: 500, message: 'No.', error: 'Internal Server Error' }),
    ].map((error, index) => {
      new FailureResponder().toReply(error)
      const data = String(lines[index]?.[2])
        .split('\n')
        .filter((line) => /^ {2}(?:response|error|extensions): /.test(line))
      return data.map((line) => line.trim())
    })
    expect(logged).to.deep.equal([
      ['response: {"step":"pay"}'],
      ['error: {"step":"pay"}'],
      ['extensions: {"code":"NO_PAPER"}'],
      [],
      [],
      [],
    ])
  })

  it('logs the instance of a restored failure, but not its members', () => {
    const restored = failureFromProblem({ title: 'No.', status: 502, instance: '/jobs/7', token: 'hunter2' })
    new FailureResponder().toReply(restored)
    expect(text()).to.include('\n  instance: "/jobs/7"').and.not.to.include('hunter2')
  })

  it('escapes control characters in messages and stacks', () => {
    new FailureResponder().toReply(new Error('no\n500 GET /\u001b[2J'))
    expect(text()).to.include('Caused by: Error: no\n  500 GET /\\u001b[2J\n')
  })

  it('cuts an error that is larger than 6 KB, and logs an exception whose content cannot be read', () => {
    const extensions = Object.fromEntries('abcdef'.split('').map((name) => [name.repeat(3), 'x'.repeat(2000)]))
    const cause = Object.assign(new Error('y'.repeat(2000)), { code: 'é'.repeat(300) })
    cause.stack = `Error: y\n${'    at f (file.js:1:2)'.padEnd(300, 'ü').concat('\n').repeat(60)}`
    new FailureResponder().toReply(new InternalServerError({ extensions, cause }))
    expect(text()).to.match(/…$/)
    expect(Buffer.byteLength(text())).to.be.below(16 * 1024)
    const unreadable = Object.assign(new Error('z'), { getError: thrower, initMessage: thrower })
    new FailureResponder().toReply(unreadable)
    expect(lines[1]?.[2]).to.include('Caused by: Error: z\n')
  })

  it('logs the rest of a chain with an error that cannot be printed', () => {
    const hidden = Object.defineProperty(new Error('a', { cause: new Error('b') }), 'message', {
      get: () => {
        throw new Error('boom')
      },
    })
    new FailureResponder().toReply(hidden)
    expect(text()).to.include('\nCaused by: (an error that cannot be printed)\nCaused by: Error: b\n')
  })

  it('logs the transport, the pattern and the handler of a message', () => {
    const message = { transport: 'bullmq', pattern: 'orders.place', handler: 'Orders.place', data: 'hunter2' }
    new FailureResponder().toProblem(new InternalServerError(), message)
    new FailureResponder().toProblem(new InternalServerError(), { transport: 'bullmq' })
    expect(lines.map(([, line]) => line)).to.deep.equal(['bullmq orders.place (Orders.place) 500', 'bullmq 500'])
    expect(text()).not.to.include('hunter2')
  })

  it('treats an origin whose transport is no string as a request, and survives one that cannot be read', () => {
    const request = { method: 'GET', url: '/a', transport: {} }
    new FailureResponder().toReply(new InternalServerError(), request)
    expect(summary()).to.equal('GET /a 500')
    let reads = 0
    const message = {
      get transport() {
        if (reads++ > 0) thrower()
        return 'queue'
      },
      get pattern() {
        return thrower()
      },
    }
    new FailureResponder().toProblem(new InternalServerError(), message)
    expect(summary(1)).to.equal('500')
  })

  it('escapes control characters in method and path, and omits the query', () => {
    const url = '/a\n500\u001b[2J\u202e?key=secret'
    new FailureResponder().toReply(new InternalServerError(), { method: 'GET\r', url })
    expect(summary()).to.equal('GET\\u000d /a\\u000a500\\u001b[2J\\u202e 500')
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
    expect(summary()).to.equal(`/${'a'.repeat(499)}… 500`)
    new FailureResponder().toReply(new InternalServerError(), { url: `/${'b'.repeat(499)}` })
    expect(summary(1)).to.equal(`/${'b'.repeat(499)} 500`)
  })
})
