import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import ts from 'typescript'
import {
  type Failure,
  FailureResponder,
  type FailureResponderOptions,
  type FailureWarning,
  failureFromProblem,
  failureFromResponse,
  NotFound,
  type ProblemType,
  ServiceUnavailable,
  TooManyRequests,
  Unauthorized,
  UnavailableForLegalReasons,
  UnsupportedMediaType,
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
    message: 'FailureResponder: "language" from "describe" must be a language tag such as "de-CH", received "d\\ne"',
  })

  warning('instance that returns no URI reference', {
    options: { instance: () => '1:2' },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "instance" must return a URI reference, received "1:2"',
  })

  warning('extend that returns a Map', {
    options: { extend: () => new Map([['isbn', '1']]) as never },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "extend" must return an object with members, received an instance of Map',
  })

  warning('extend that returns a proxy that throws', {
    options: { extend: () => new Proxy({}, { ownKeys: fail }) },
    code: 'HOOK_THREW',
    message: 'FailureResponder: "extend" threw Error: fail',
  })

  warning('extend that returns other values for members that the failure has', {
    options: { extend: () => ({ isbn: '2', copies: 0, shelf: 7, detail: undefined }) },
    failure: new NotFound({ extensions: { isbn: '1', copies: 0 } }),
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "extend" cannot set "isbn", received {"isbn":"2","copies":0,"shelf":7}',
  })

  warning('extend that returns a standard member', {
    options: { extend: () => ({ status: 200 }) },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "extend" cannot set "status", received {"status":200}',
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

  warning('a part of an option that is invalid', {
    failure: new UnsupportedMediaType({ accept: ['text/csv', 'not a type'] }),
    code: 'INVALID_HEADER',
    message: 'UnsupportedMediaType: invalid "accept" ("not a type"), left out of the Accept header',
  })

  warning('several parts of an option that are invalid', {
    failure: new UnsupportedMediaType({ accept: ['a', 'b/c', 'd;', 'e/f;q=7', 'g h', 'i j', 'k l'] }),
    code: 'INVALID_HEADER',
    message:
      'UnsupportedMediaType: invalid "accept" ("a", "d;", "e/f;q=7", "g h", "i j", and 1 more), left out of the Accept header',
  })

  warning('an invalid option beside an own header', {
    failure: new UnavailableForLegalReasons({
      blockedBy: 'https://łódź.example/',
      headers: { link: '</>; rel="index"' },
    }),
    code: 'INVALID_HEADER',
    message: 'UnavailableForLegalReasons: invalid "blockedBy" ("https://łódź.example/"), Link header omitted',
  })

  warning('an option of another class', {
    failure: new NotFound({ allow: ['GET'] } as object),
    code: 'INVALID_HEADER',
    message: 'NotFound: invalid "allow" (["GET"]), Allow header omitted',
  })

  warning('characters of a challenge in a string that cannot be sent', {
    failure: new Unauthorized({ challenge: 'Basic realm="Łódź"' }),
    code: 'INVALID_HEADER',
    message:
      'Unauthorized: "challenge" has characters that a header cannot contain ("Basic realm=\\"Łódź\\""), sent as "?" in the WWW-Authenticate header',
  })

  warning('an invalid token68', {
    failure: new Unauthorized({ challenge: { scheme: 'Negotiate', token68: 'no token' } }),
    code: 'INVALID_HEADER',
    message: 'Unauthorized: invalid "challenge" ({"token68":"no token"}), left out of the WWW-Authenticate header',
  })

  warning('parameters beside a token68', {
    failure: new Unauthorized({ challenge: { scheme: 'Negotiate', token68: 'abc', realm: 'x' } }),
    code: 'INVALID_HEADER',
    message: 'Unauthorized: invalid "challenge" ("realm=\\"x\\""), left out of the WWW-Authenticate header',
  })

  for (const [challenge, shown] of [
    [{ scheme: 'Basic' }, '{"scheme":"Basic"}'],
    ['basic charset="UTF-8"', '"basic charset=\\"UTF-8\\""'],
  ] as const) {
    warning(`Basic without a realm (${shown})`, {
      failure: new Unauthorized({ challenge }),
      code: 'INVALID_HEADER',
      message: `Unauthorized: "challenge" has no realm, which Basic requires (${shown}), sent with an empty one in the WWW-Authenticate header`,
    })
  }

  warning('a parameter that occurs twice', {
    failure: new Unauthorized({ challenge: { scheme: 'Basic', realm: 'x', Realm: 'y' } }),
    code: 'INVALID_HEADER',
    message: 'Unauthorized: invalid "challenge" ({"Realm":"y"}), left out of the WWW-Authenticate header',
  })

  for (const [name, value] of Object.entries({
    'Retry-After': 'soon',
    'Content-Language': 'de_DE',
    Allow: 'not a method',
    Upgrade: 'a/b/c',
    Accept: 'bad type',
    'Accept-Encoding': 'g zip',
    Vary: 'a b',
    'WWW-Authenticate': ', ,',
    'X-Shelf': Number.NaN,
  })) {
    warning(`an own ${name} that is invalid`, {
      failure: new NotFound({ headers: { [name]: value } }),
      code: 'INVALID_HEADER',
      message: `NotFound: the header "${name}" is invalid (${typeof value === 'number' ? 'NaN' : JSON.stringify(value)}), header omitted`,
    })
  }

  warning('a header that cannot be read', {
    failure: new NotFound({ headers: Object.defineProperty({}, 'X-Shelf', { get: fail, enumerable: true }) }),
    code: 'INVALID_HEADER',
    message: 'NotFound: the header "X-Shelf" cannot be read (an instance of Error), header omitted',
  })

  warning('headers that are neither a record nor pairs', {
    failure: new NotFound({ headers: 'X-Shelf: 7' as never }),
    code: 'INVALID_HEADER',
    message:
      'NotFound: the header "headers" must be a record or pairs of names and values ("X-Shelf: 7"), header omitted',
  })

  warning('an invalid header of a representation', {
    options: { represent: { mediaType: 'text/csv', headers: { 'X-Shelf': 'Ł' }, render: () => '' } },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "headers" of a representation: "X-Shelf" is invalid, received "Ł"',
  })

  warning('a media type that is none', {
    options: { represent: { mediaType: 'not a type', render: () => '' } },
    code: 'INVALID_HOOK_RESULT',
    message: 'FailureResponder: "mediaType" of a representation must be a media type, received "not a type"',
  })

  warning('a parameter of a challenge that is invalid', {
    failure: new Unauthorized({ challenge: { scheme: 'Bearer', 'bad name': 'x' } }),
    code: 'INVALID_HEADER',
    message: 'Unauthorized: invalid "challenge" ({"bad name":"x"}), left out of the WWW-Authenticate header',
  })

  warning('a challenge that is no challenge', {
    failure: new Unauthorized({ challenge: ', ,' }),
    code: 'INVALID_HEADER',
    message: 'Unauthorized: invalid "challenge" (", ,"), WWW-Authenticate header omitted',
  })

  warning('characters that cannot be sent', {
    failure: new Unauthorized({ challenge: { scheme: 'Basic', realm: 'Łódź' } }),
    code: 'INVALID_HEADER',
    message:
      'Unauthorized: "challenge" has characters that a header cannot contain ("Łódź"), sent as "?" in the WWW-Authenticate header',
  })

  it('a challenge of a responder that is partly invalid is given when it is created', () => {
    const warnings: string[] = []
    const onWarning = ({ message }: FailureWarning) => void warnings.push(message)
    new FailureResponder({ challenge: ['Bearer', { scheme: 'Basic', realm: 'Łódź' }, ', ,'], onWarning })
    expect(warnings).to.deep.equal([
      'FailureResponder: invalid "challenge" (", ,"), left out of the WWW-Authenticate header',
      'FailureResponder: "challenge" has characters that a header cannot contain ("Łódź"), sent as "?" in the WWW-Authenticate header',
    ])
  })

  warning('a date that HTTP cannot express', {
    failure: new ServiceUnavailable({ retryAfter: new Date(Number.NaN) }),
    code: 'INVALID_HEADER',
    message: 'ServiceUnavailable: invalid "retryAfter" (Invalid Date), Retry-After header omitted',
  })

  warning('a header with several values that can have only one', {
    failure: new NotFound({ headers: { 'Retry-After': ['5', '7'] } }),
    code: 'INVALID_HEADER',
    message: 'NotFound: the header "Retry-After" can have only one value ("7"), value omitted',
  })

  warning('a header with an invalid value among others', {
    failure: new NotFound({ headers: { 'X-Shelf': ['5', 'a\nb'] } }),
    code: 'INVALID_HEADER',
    message: 'NotFound: the header "X-Shelf" is invalid ("a\\nb"), value omitted',
  })

  warning('a header that an option replaces', {
    failure: new TooManyRequests({ retryAfter: 5, headers: { 'retry-after': '7' } }),
    code: 'INVALID_HEADER',
    message: 'TooManyRequests: the header "Retry-After" is set by "retryAfter" ("7"), header omitted',
  })

  class WithHeaders extends NotFound {
    override get headers() {
      return { 'X-Shelf': 'Łódź' }
    }
  }

  warning('an invalid header from an accessor', {
    failure: new WithHeaders(),
    code: 'INVALID_HEADER',
    message: 'WithHeaders: the header "X-Shelf" is invalid ("Łódź"), header omitted',
  })

  warning('an instance that is no URI reference', {
    failure: new NotFound({ instance: '1:2' }),
    code: 'INVALID_PROBLEM',
    message: 'NotFound: invalid "instance" ("1:2"), member omitted',
  })

  class OddMembers extends NotFound {
    override get code() {
      return 7 as never
    }
  }

  warning('a member of the wrong type', {
    failure: new OddMembers(),
    code: 'INVALID_PROBLEM',
    message: 'OddMembers: invalid "code" (7), member omitted',
  })

  warning('options that cannot be read', {
    failure: new NotFound(new Proxy({ isbn: '1' }, { ownKeys: fail, get: fail }) as never),
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

  it('a member name with a hyphen is not given if the name is allowed', () => {
    const warnings: string[] = []
    const onWarning = ({ subject }: FailureWarning) => void warnings.push(`${subject}`)
    const responder = new FailureResponder({ allowedMembers: ['violated-policies'], onWarning })
    const extensions = { 'violated-policies': ['hourly'], 'copies-left': 0 }
    expect(responder.toProblem(new NotFound({ extensions }))).to.include.keys('violated-policies', 'copies-left')
    responder.toReply(new NotFound({ extensions }))
    expect(warnings).to.deep.equal(['copies-left'])
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

  it('an option of another class is not given for a restored failure', async () => {
    const warnings: string[] = []
    const responder = new FailureResponder({ onWarning: ({ message }) => void warnings.push(message) })
    const restored = await failureFromResponse(new NotFound({ headers: { 'Retry-After': '7' } }).toResponse())
    expect(responder.toReply(restored).headers).to.include({ 'retry-after': '7' })
    expect(warnings).to.deep.equal([])
  })

  it('a relative type is given for a restored failure, whose type is not sent on', () => {
    const warnings: string[] = []
    const responder = new FailureResponder({ onWarning: ({ message }) => void warnings.push(message) })
    expect(responder.toProblem(failureFromProblem({ type: '/lost', status: 404 })).type).to.equal('about:blank')
    expect(warnings).to.deep.equal([
      'NotFound: the relative type of a restored failure is not sent on, received "/lost"; set "typeBase" where it is restored',
    ])
  })

  it('a type or title is not given for a failure that was restored or translated by describe', () => {
    const warnings: FailureWarning[] = []
    const describe = () => ({ title: 'Verloren', language: 'de' })
    const responder = new FailureResponder({ describe, onWarning: (warning) => void warnings.push(warning) })
    responder.toReply(new NotFound())
    for (const problem of [
      { title: 'Lost book', status: 404 },
      { type: 'https://books.example/lost', status: 404 },
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
