import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import ts from 'typescript'
import {
  type Failure,
  FailureResponder,
  type FailureResponderOptions,
  type FailureWarning,
  failureFromProblem,
  NotFound,
  type ProblemType,
  TooManyRequests,
  Unauthorized,
} from '../../src/index.js'

// A warning has a code, names the option that causes it, and contains the invalid value.

describe('The warning for', () => {
  interface Warning {
    readonly options?: object
    readonly failure?: Failure
    readonly code: string
    readonly message: string
  }

  function warning(cause: string, { options = {}, failure = new NotFound('Lost.'), code, message }: Warning): void {
    it(`${cause} is ${code}`, () => {
      const warnings: FailureWarning[] = []
      const responder = new FailureResponder({
        onFailure: () => undefined,
        onWarning: (warning) => void warnings.push(warning),
        ...(options as FailureResponderOptions),
      })
      responder.toReply(failure)
      expect(warnings.map((warning) => [warning.code, warning.message])).to.deep.equal([[code, message]])
    })
  }

  warning('a hook that throws an error', {
    options: { extend: thrower(new RangeError('No copies.')) },
    code: 'HOOK_THREW',
    message: 'FailureResponder: "extend" threw RangeError: No copies.',
  })

  warning('a hook that throws a string', {
    options: { extend: thrower('no copies') },
    code: 'HOOK_THREW',
    message: 'FailureResponder: "extend" threw "no copies"',
  })

  warning('a hook that throws an error without a readable name and message', {
    options: { extend: thrower(Object.defineProperties(new Error(), { name: { get: fail }, message: { value: 7 } })) },
    code: 'HOOK_THREW',
    message: 'FailureResponder: "extend" threw Error: ',
  })

  warning('a hook that throws an error with line breaks and control characters', {
    options: { extend: thrower(new Error('a\n\u001b[2Jb')) },
    code: 'HOOK_THREW',
    message: 'FailureResponder: "extend" threw Error: a\\u000a\\u001b[2Jb',
  })

  warning('a hook that returns a promise', {
    options: { describe: async () => undefined },
    code: 'HOOK_RETURNED_PROMISE',
    message: 'FailureResponder: "describe" must be synchronous, received a promise',
  })

  warning('extend that returns an array', {
    options: { extend: () => ['isbn'] },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "extend" must return an object or undefined, received ["isbn"]',
  })

  warning('describe that returns a title of the wrong type', {
    options: { describe: () => ({ title: 7, language: 'en' }) },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "title" from "describe" must be a string, received 7',
  })

  warning('cacheControl that returns an invalid field value', {
    options: { cacheControl: () => 'a\nb' },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "cacheControl" must return a valid Cache-Control, received "a\\nb"',
  })

  warning('describe that returns an invalid language', {
    options: { describe: () => ({ title: 'Weg', language: 'd\ne' }) },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "describe" must return a valid Content-Language, received "d\\ne"',
  })

  warning('a representation that returns a number', {
    options: { represent: { mediaType: 'a/b', render: () => 7 } },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "render" of a representation must return a string, received 7',
  })

  warning('a representation without a media type', {
    options: { represent: { render: () => '' } },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "mediaType" of a representation must be a media type, received undefined',
  })

  warning('an option with an invalid value', {
    failure: new TooManyRequests({ retryAfter: -1 }),
    code: 'INVALID_HEADER',
    message: 'TooManyRequests: invalid "retryAfter" (-1), Retry-After header omitted',
  })

  warning('an invalid header', {
    failure: new NotFound({ headers: { 'X-Shelf': 'a\nb' } }),
    code: 'INVALID_HEADER',
    message: 'NotFound: the header "X-Shelf" is invalid ("a\\nb"), header omitted',
  })

  warning('a header that failures cannot set', {
    failure: new NotFound({ headers: { 'Content-Type': 'text/html' } }),
    code: 'INVALID_HEADER',
    message: 'NotFound: the header "Content-Type" cannot be set by a failure ("text/html"), header omitted',
  })

  warning('an invalid challenge', {
    failure: new Unauthorized({ challenge: { scheme: 'no token' } }),
    code: 'INVALID_HEADER',
    message: 'Unauthorized: invalid "challenge" ({"scheme":"no token"}), WWW-Authenticate header omitted',
  })

  warning('options that cannot be read', {
    failure: new NotFound(new Proxy({ isbn: '1' }, { ownKeys: fail }) as never),
    code: 'INVALID_HEADER',
    message: 'The header fields of a failure cannot be read: Error: fail',
  })

  warning('an empty list of challenges', {
    failure: new Unauthorized({ challenge: [] }),
    code: 'INVALID_HEADER',
    message: 'Unauthorized: invalid "challenge" ([]), WWW-Authenticate header omitted',
  })

  class Overriding extends NotFound {
    override toProblem(): never {
      throw new RangeError('No copies.')
    }
  }

  warning('toProblem() that throws', {
    failure: new Overriding(),
    code: 'INVALID_PROBLEM',
    message: 'Overriding: the default problem details are sent, since "toProblem" failed: RangeError: No copies.',
  })

  class Renamed extends NotFound {
    override get name(): never {
      throw new Error('fail')
    }
  }

  warning('toProblem() that returns a string', {
    failure: Object.defineProperty(new Renamed(), 'toProblem', { value: () => 'lost' }),
    code: 'INVALID_PROBLEM',
    message:
      'Failure: the default problem details are sent, since "toProblem" failed: TypeError: toProblem() must return problem details, received "lost"',
  })

  warning('a member name with a hyphen', {
    failure: new NotFound({ extensions: { 'copies-left': 0 } }),
    code: 'UNPORTABLE_MEMBER_NAME',
    message:
      'The name of an extension member should have three or more letters, digits and underscores, starting with a letter (RFC 9457, section 4), received "copies-left"',
  })

  class Lost extends NotFound {
    static override readonly problem: ProblemType = { title: 'Lost book' }
  }

  warning('a title without a problem type', {
    failure: new Lost(),
    code: 'TITLE_WITHOUT_TYPE',
    message:
      'Lost: without a problem type, the title should be "Not Found" (RFC 9457, section 4.2.1), received "Lost book"; set "type"',
  })

  class Relative extends NotFound {
    static override readonly problem: ProblemType = { type: '/problems/lost' }
  }

  warning('a relative type without typeBase', {
    failure: new Relative(),
    code: 'RELATIVE_TYPE',
    message:
      'Relative: a problem type should be an absolute URI (RFC 9457, section 3.1.1), received "/problems/lost"; set "typeBase" on the FailureResponder',
  })

  it('a relative type is not given with typeBase, and neither in production', () => {
    const warnings: FailureWarning[] = []
    const options: FailureResponderOptions = { onWarning: (warning) => void warnings.push(warning) }
    new FailureResponder({ ...options, typeBase: 'https://bookshop.example/' }).toReply(new Relative())
    const { NODE_ENV } = process.env
    process.env['NODE_ENV'] = 'production'
    try {
      for (const failure of [new Relative(), new Lost()]) new FailureResponder(options).toReply(failure)
    } finally {
      if (NODE_ENV === undefined) delete process.env['NODE_ENV']
      else process.env['NODE_ENV'] = NODE_ENV
    }
    expect(warnings).to.deep.equal([])
  })

  it('a type or title is not given for a failure that was restored or translated by describe', () => {
    const warnings: FailureWarning[] = []
    const describe = () => ({ title: 'Verloren', language: 'de' })
    const responder = new FailureResponder({ describe, onWarning: (warning) => void warnings.push(warning) })
    responder.toReply(new NotFound())
    for (const problem of [
      { title: 'Lost book', status: 404 },
      { type: '/lost', status: 404 },
    ]) {
      responder.toReply(failureFromProblem(problem))
    }
    expect(warnings).to.deep.equal([])
  })

  it('a type or title is not given, and nothing is thrown, for a proxy that cannot be read', () => {
    const warnings: string[] = []
    const responder = new FailureResponder({ onWarning: ({ code }) => void warnings.push(code) })
    for (const failure of [new Lost(), new Relative()]) {
      const proxy = new Proxy(failure, { getOwnPropertyDescriptor: fail })
      expect(responder.toReply(proxy).status).to.equal(404)
    }
    expect(warnings.filter((code) => code.endsWith('TYPE'))).to.deep.equal([])
  })

  it('a kind and class is given once for each responder', () => {
    const subjects: (string | undefined)[] = []
    const create = () =>
      new FailureResponder({
        onFailure: () => undefined,
        extend: thrower(new Error('fail')),
        onWarning: ({ code, subject }) => void subjects.push(subject ?? code),
      })
    const responder = create()
    const failures = () => [
      new Unauthorized({ challenge: [] }),
      new Unauthorized({ challenge: [], headers: { 'X-A': '\n' } }),
      new Lost(),
      new NotFound(),
    ]
    for (const failure of [...failures(), ...failures()]) responder.toReply(failure)
    expect(subjects).to.deep.equal(['extend', 'WWW-Authenticate', 'X-A', 'extend', 'TITLE_WITHOUT_TYPE', 'extend'])
    create().toReply(new Lost())
    expect(subjects.slice(6)).to.deep.equal(['extend', 'TITLE_WITHOUT_TYPE'])
  })

  it('translate that returns another type is INVALID_HOOK_RESULT', () => {
    const warnings: string[] = []
    const responder = new FailureResponder({
      onFailure: () => undefined,
      onWarning: ({ code, message }) => void warnings.push(`${code}: ${message}`),
      translate: () => 404 as never,
    })
    responder.toReply(new Error('x'))
    expect(warnings).to.deep.equal([
      'INVALID_HOOK_RESULT: FailureResponder: "translate" must return a Failure or undefined, received 404',
    ])
  })

  it('each code has a row in guides/warnings.md', () => {
    const rows = [...readFileSync('guides/warnings.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(
      ([, code]) => code,
    )
    expect(rows).to.deep.equal(declaredCodes())
  })
})

/** The codes in the declaration of `FailureWarningCode`. */
function declaredCodes(): string[] {
  const path = 'src/responder/failure-warning.ts'
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
  const declaration = source.statements.filter(ts.isTypeAliasDeclaration)[0] as ts.TypeAliasDeclaration
  return (declaration.type as ts.UnionTypeNode).types.map((type) => type.getText(source).slice(1, -1))
}

function thrower(error: unknown) {
  return () => {
    throw error
  }
}

function fail(): never {
  throw new Error('fail')
}
