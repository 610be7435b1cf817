import { createServer, type IncomingMessage, request as requestOf } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type } from 'arktype'
import { expect } from 'chai'
import fc from 'fast-check'
import * as v from 'valibot'
import { z } from 'zod'
import {
  BadRequest,
  ContentTooLarge,
  isFailure,
  readJson,
  UnprocessableContent,
  UnsupportedMediaType,
} from '../../src/index.js'
import { rejectionOf, requestWith, streamOf } from './requests.js'

const MEBIBYTE = 1_048_576

/** The detail of the failure for an invalid body. */
async function detailOf(body: Parameters<typeof requestWith>[0]): Promise<string | undefined> {
  const failure = await rejectionOf(readJson(requestWith(body)))
  expect(failure).to.be.instanceOf(BadRequest)
  return failure.toProblem().detail
}

describe('readJson()', () => {
  it('resolves with the parsed value', async () => {
    for (const value of [{ isbn: '1', copies: [1, 2.5e3, null, true] }, [], 'ü 📕', 0, false, null]) {
      expect(await readJson(requestWith(JSON.stringify(value)))).to.deep.equal(value)
    }
  })

  it('reads a stream, wherever it is split into chunks', async () => {
    const bytes = new TextEncoder().encode('{ "title": "Bücher 📚" }')
    for (let cut = 0; cut <= bytes.length; cut++) {
      const body = streamOf(bytes.slice(0, cut), bytes.slice(cut))
      expect(await readJson(requestWith(body))).to.deep.equal({ title: 'Bücher 📚' })
    }
    expect(await readJson(requestWith(streamOf(...Array.from(bytes, (byte) => Uint8Array.of(byte)))))).to.have.property(
      'title',
    )
  })

  it('ignores a byte order mark', async () => {
    expect(await readJson(requestWith('\ufeff{}'))).to.deep.equal({})
  })

  it('reads __proto__ as an ordinary member', async () => {
    const value = (await readJson(requestWith('{ "__proto__": { "admin": true } }'))) as object
    expect(Object.keys(value)).to.deep.equal(['__proto__'])
    expect(value).not.to.have.property('admin')
  })

  it('accepts an object with headers, body and bodyUsed', async () => {
    const request = { headers: new Headers({ 'Content-Type': 'application/json' }), bodyUsed: false }
    expect(await readJson({ ...request, body: streamOf('[1', ']') })).to.deep.equal([1])
  })

  it('resolves with a value or rejects with a failure for any content', async () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.json().map((json) => new TextEncoder().encode(json)),
      fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\u', '1e', 'nul', ' ').map((text) => Buffer.from(text)),
    )
    const types = [
      'application/json',
      'application/merge-patch+json',
      'text/plain',
      'application/json; charset=latin1',
      '',
    ]
    const schemas = [undefined, z.object({ isbn: z.string() })]
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 5 }),
        fc.constantFrom(...types),
        fc.constantFrom(...schemas),
        fc.integer({ min: 1, max: 60 }),
        async (pieces, contentType, schema, limit) => {
          const request = requestWith(streamOf(...pieces), { 'Content-Type': contentType })
          const text = Buffer.concat(pieces).toString()
          try {
            const value = await (schema
              ? readJson(request, schema, { limit })
              : readJson(request, undefined, { limit }))
            if (!schema) expect(value).to.deep.equal(JSON.parse(text.replace(/^\ufeff/, '')))
          } catch (error) {
            if (!isFailure(error)) throw error
            expect(error.status).to.be.oneOf([400, 413, 415, 422])
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  describe('with a schema', () => {
    const schemas: Readonly<Record<string, StandardSchemaV1<unknown, { price: number }>>> = {
      zod: z.object({ price: z.string().transform(Number) }),
      valibot: v.object({ price: v.pipe(v.string(), v.transform(Number)) }),
      arktype: type({ price: type('string').pipe(Number) }),
    }

    for (const [library, schema] of Object.entries(schemas)) {
      it(`resolves with the output of the schema: ${library}`, async () => {
        const { price } = await readJson(requestWith('{ "price": "12.5" }'), schema)
        expect(price).to.equal(12.5)
      })

      it(`rejects with a pointer to the invalid member: ${library}`, async () => {
        const failure = await rejectionOf(readJson(requestWith('{ "price": 12.5 }'), schema))
        expect(failure).to.be.instanceOf(UnprocessableContent)
        expect(failure.toProblem().detail).to.equal('The body failed validation.')
        expect(failure.toProblem().errors).to.have.length(1)
        expect(failure.toProblem().errors[0].pointer).to.equal('#/price')
      })
    }

    it('waits for an asynchronous schema', async () => {
      const schema = z.string().refine(async (isbn) => isbn === '1', 'There is no such book.')
      expect(await readJson(requestWith('"1"'), schema)).to.equal('1')
      const failure = await rejectionOf(readJson(requestWith('"2"'), schema))
      expect(failure.toProblem().errors).to.deep.equal([{ detail: 'There is no such book.', pointer: '#' }])
    })

    it('rejects with BadRequest when the content is nested too deeply for the schema', async () => {
      interface Nested extends Array<Nested> {}
      const nested: z.ZodType<Nested> = z.lazy(() => z.array(nested))
      const content = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
      expect(await readJson(requestWith(content(100)), nested)).to.be.an('array')
      const failure = await rejectionOf(readJson(requestWith(content(100_000)), nested))
      expect(failure).to.be.instanceOf(BadRequest)
      expect(failure.message).to.equal('The body is nested too deeply.')
      expect(failure.cause).to.be.instanceOf(RangeError)
    })

    it('does not count brackets in strings as nesting', async () => {
      const broken = { '~standard': { version: 1, vendor: 'x', validate: boom } } as const
      const text = JSON.stringify({ a: '['.repeat(1000), b: '\\"{'.repeat(1000), c: {} })
      expect(await rejectionOf(readJson(requestWith(text), broken as never))).to.have.property('message', 'boom')
    })

    it('rejects with an error that the schema throws', async () => {
      const bug = new Error('The schema is broken.')
      const schema = z.string().transform(() => {
        throw bug
      })
      expect(await rejectionOf(readJson(requestWith('"1"'), schema))).to.equal(bug)
    })

    it('rejects with a TypeError for an object that is not a Standard Schema', async () => {
      for (const schema of [{ limit: 3 }, null, 'string', { '~standard': {} }] as any[]) {
        const error = await rejectionOf(readJson(requestWith('1'), schema))
        expect(error)
          .to.be.instanceOf(TypeError)
          .and.have.property('message')
          .that.contains('"schema" must be a Standard Schema')
      }
    })
  })

  describe('by Content-Type and Content-Encoding', () => {
    const statusFor = async (headers: Record<string, string>) => {
      const outcome = await readJson(requestWith('{}', headers)).catch((error) => error)
      return isFailure(outcome) ? outcome.status : 200
    }

    it('accepts application/json and types that end with +json, with parameters', async () => {
      const types = [
        'application/json',
        'Application/JSON',
        'application/json;',
        'application/json ; charset=utf-8',
        'application/json;charset="UTF-8"',
        'application/json; charset=utf8; profile="a;charset=latin1 \\" b"',
        'application/merge-patch+json',
        'application/vnd.bookshop.order+json; version=2',
        'model/gltf+json',
      ]
      for (const type of types) expect(await statusFor({ 'Content-Type': type }), type).to.equal(200)
    })

    it('rejects with UnsupportedMediaType and Accept for any other type', async () => {
      const types = [
        '',
        'text/plain',
        'json',
        'application/jsonp',
        'application/xml',
        'application/+json',
        'application/json-seq',
        'application/json, text/plain',
        'application/json; charset=utf-8, text/plain',
        'application/json; charset = utf-8',
        'application/json; charset=iso-8859-1',
        'application/json; Charset="utf-16"',
        'application/json; charset=utf-8; charset=latin1',
        'application/json charset=utf-8',
        `application/json${'; '.repeat(5000)}x`,
      ]
      for (const type of types) expect(await statusFor({ 'Content-Type': type }), type).to.equal(415)
      const failure = await rejectionOf(readJson(requestWith('{}', { 'Content-Type': 'text/plain' })))
      expect(failure).to.be.instanceOf(UnsupportedMediaType)
      expect(failure.toResponse().headers.get('Accept')).to.equal('application/json')
      expect(failure.toProblem().detail).to.equal('The body must be JSON, sent with Content-Type: application/json.')
    })

    it('rejects with UnsupportedMediaType without Content-Type', async () => {
      const request = requestWith(streamOf('{}'))
      request.headers.delete('Content-Type')
      expect(await rejectionOf(readJson(request))).to.be.instanceOf(UnsupportedMediaType)
    })

    it('rejects with UnsupportedMediaType and Accept-Encoding for a content coding', async () => {
      for (const coding of ['gzip', 'br', 'identity, gzip']) {
        const failure = await rejectionOf(readJson(requestWith('{}', { 'Content-Encoding': coding })))
        expect(failure).to.be.instanceOf(UnsupportedMediaType)
        expect(failure.toResponse().headers.get('Accept-Encoding')).to.equal('identity')
        expect(failure.toResponse().headers.has('Accept')).to.equal(false)
      }
      expect(await statusFor({ 'Content-Encoding': 'Identity' })).to.equal(200)
    })
  })

  describe('with a limit', () => {
    const quoted = (length: number) => `"${'a'.repeat(length - 2)}"`

    it('accepts a body of up to 1 MiB by default', async () => {
      expect(await readJson(requestWith(quoted(MEBIBYTE)))).to.have.length(MEBIBYTE - 2)
      const failure = await rejectionOf(readJson(requestWith(quoted(MEBIBYTE + 1))))
      expect(failure).to.be.instanceOf(ContentTooLarge)
      expect(failure.toProblem().detail).to.equal('The body exceeds the limit of 1048576 bytes.')
    })

    it('counts bytes, not characters', async () => {
      expect(await readJson(requestWith('"ü"'), undefined, { limit: 4 })).to.equal('ü')
      expect(await rejectionOf(readJson(requestWith('"ü"'), undefined, { limit: 3 }))).to.be.instanceOf(ContentTooLarge)
    })

    it('rejects before reading when Content-Length exceeds the limit', async () => {
      const pending = new ReadableStream()
      const request = requestWith(pending, { 'Content-Length': '20' })
      expect(await rejectionOf(readJson(request, undefined, { limit: 19 }))).to.be.instanceOf(ContentTooLarge)
    })

    it('counts the bytes when Content-Length is too small or invalid', async () => {
      for (const length of ['3', 'many', '-1']) {
        const request = requestWith(streamOf(quoted(20)), { 'Content-Length': length })
        expect(await rejectionOf(readJson(request, undefined, { limit: 19 }))).to.be.instanceOf(ContentTooLarge)
      }
    })

    it('rejects an endless stream at once, and cancels it after 16 MiB', async () => {
      let pulled = 0
      let cancel: (value: unknown) => void
      const cancelled = new Promise((resolve) => {
        cancel = resolve
      })
      const endless = new ReadableStream({
        pull(controller) {
          pulled += 1
          controller.enqueue(new Uint8Array(65_536).fill(0x20))
        },
        cancel(reason) {
          cancel(reason)
          return new Promise(() => {})
        },
      })
      const failure = await rejectionOf(readJson(requestWith(endless), undefined, { limit: 100 }))
      expect(failure).to.be.instanceOf(ContentTooLarge)
      expect(pulled).to.be.below(10)
      await cancelled
      expect(pulled).to.be.within(256, 260)
    })

    it('ignores an error of the stream after the rejection', async () => {
      let pulled = 0
      const breaking = new ReadableStream({
        pull(controller) {
          pulled += 1
          if (pulled < 3) controller.enqueue(new Uint8Array(200))
          else controller.error(new Error('gone'))
        },
      })
      const failure = await rejectionOf(readJson(requestWith(breaking), undefined, { limit: 100 }))
      expect(failure).to.be.instanceOf(ContentTooLarge)
      await new Promise(setImmediate)
    })

    it('rejects with a RangeError for a limit that is not a positive integer', async () => {
      for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null] as any[]) {
        const error = await rejectionOf(readJson(requestWith('1'), undefined, { limit }))
        expect(error).to.be.instanceOf(RangeError)
        expect(error.message).to.equal(
          `readJson: "limit" must be a positive integer, received ${limit === '5' ? '"5"' : limit}`,
        )
      }
    })
  })

  describe('with a body that is not JSON', () => {
    it('rejects an empty body', async () => {
      for (const body of [null, '', ' \r\n\t', '\ufeff', streamOf()]) {
        expect(await detailOf(body)).to.equal('The body is empty, but JSON is required.')
      }
    })

    it('rejects a body that is not UTF-8', async () => {
      for (const bytes of [[0x22, 0xff, 0x22], [0xc3], [0xed, 0xa0, 0x80], [0xff, 0xfe, 0x31, 0x00]]) {
        expect(await detailOf(Uint8Array.from(bytes))).to.equal('The body is not valid UTF-8.')
        expect(await detailOf(streamOf(...bytes.map((byte) => Uint8Array.of(byte))))).to.equal(
          'The body is not valid UTF-8.',
        )
      }
    })

    it('reports the position of a syntax error', async () => {
      expect(await detailOf('{\n  "isbn": "1",\n}')).to.equal(
        'The body is not valid JSON: syntax error at line 3, column 1.',
      )
      expect(await detailOf('<order/>')).to.equal('The body is not valid JSON: syntax error at line 1, column 1.')
      expect(await detailOf('{ "isbn": "1"')).to.equal('The body is not valid JSON: unexpected end.')
    })

    it('does not send the error message of the engine', async () => {
      const failure = await rejectionOf(readJson(requestWith('{ secret }')))
      expect(failure.cause).to.be.instanceOf(SyntaxError)
      expect(JSON.stringify(failure)).not.to.contain('secret').and.not.to.contain(failure.cause.message)
    })

    it('reports the first invalid character of each type of syntax error', async () => {
      const invalid = [
        ...[
          '[1,]',
          '{"a":1,}',
          '[1 2]',
          '{"a" 1}',
          '{"a":}',
          '{a:1}',
          "{'a':1}",
          '{"a":1 "b":2}',
          '{1:2}',
          '{,}',
          '[,]',
        ],
        ...['[1}', '{"a":1]', ']', '}', ',', ':', '1 1', '{} {}', '[]]', '"a":1', '{"a"}', '{"a",'],
        ...['01', '-x', '+1', '.5', '1.x', '1.5ex', '1e+x', '0x1', '--1', '-01', 'NaN', '-Infinity'],
        ...['tru3', 'nulL', 'falsy', 'True', 'undefined', '"\\x"', '"\\u12G4"', '"\\uD8', '"\t"', '"a\nb"', '"a'],
        ...[
          '[1',
          '{',
          '{"a"',
          '{"a":',
          '[1,',
          '-',
          '1.',
          '1e',
          '1e+',
          'nul',
          '"\\',
          '"\\u12',
          '\ufeff\ufeff1',
          '\u00a01',
        ],
      ]
      for (const json of invalid) expect(await detailOf(json), json).to.equal(expectedDetailFor(json))
    })

    it('reports the first invalid character of JSON with a random edit', async () => {
      const broken = fc
        .tuple(
          fc.json(),
          fc.nat(),
          fc.nat(3),
          fc.constantFrom('', '"', '\\', ',', ':', '}', ']', '-', '1', '.', 'e', '\n'),
        )
        .map(([json, at, length, added]) => {
          const offset = at % (json.length + 1)
          return `${json.slice(0, offset)}${added}${json.slice(offset + length)}`
        })
        .filter((text) => !isJson(text) && text.trim() !== '')
      await fc.assert(
        fc.asyncProperty(broken, async (text) => {
          expect(await detailOf(text)).to.equal(expectedDetailFor(text))
        }),
        { numRuns: 100 },
      )
    })

    it('parses any depth of nesting', async () => {
      const half = MEBIBYTE / 2
      expect(await detailOf('['.repeat(MEBIBYTE))).to.equal('The body is not valid JSON: unexpected end.')
      expect(await detailOf('{"a":'.repeat(200_000))).to.equal('The body is not valid JSON: unexpected end.')
      expect(await readJson(requestWith(`${'['.repeat(half)}${']'.repeat(half)}`))).to.be.an('array')
    })

    it('rejects with BadRequest when JSON.parse overflows the stack', async () => {
      const { parse } = JSON
      try {
        JSON.parse = () => {
          throw new RangeError('Maximum call stack size exceeded')
        }
        const json = ' {"a":[{},[],1,-0.5e+3,"\\u00fc\\n",true,false,null], "b": {"c":"","d":[[]]} }\n'
        expect(await detailOf(json)).to.equal('The body is nested too deeply.')
      } finally {
        JSON.parse = parse
      }
    })
  })

  describe('with a body that cannot be read', () => {
    it('rejects with BadRequest when the stream fails', async () => {
      const cause = new Error('The socket hung up.')
      const broken = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('{ "isbn')),
        pull: (controller) => controller.error(cause),
      })
      const failure = await rejectionOf(readJson(requestWith(broken)))
      expect(failure).to.be.instanceOf(BadRequest)
      expect(failure.cause).to.equal(cause)
      expect(failure.toProblem().detail).to.equal('The request body was truncated.')
    })

    it('rejects with BadRequest when the client closes the connection', async () => {
      const server = createServer().listen(0)
      const outcome = new Promise<any>((resolve) => {
        server.on('request', (incoming: IncomingMessage) => {
          incoming.once('data', () => outgoing.destroy())
          resolve(rejectionOf(readJson(requestWith(Readable.toWeb(incoming) as ReadableStream))))
        })
      })
      const { port } = server.address() as AddressInfo
      const outgoing = requestOf({ port, method: 'POST', headers: { 'Content-Length': 100 } })
      outgoing.on('error', () => {}).write('{ "isbn": ')
      const failure = await outcome
      server.close()
      expect(failure).to.be.instanceOf(BadRequest)
      expect(failure.cause).to.have.property('code', 'ECONNRESET')
    })

    it('rejects with a TypeError when the body was read or is locked', async () => {
      const read = requestWith('{}')
      await read.text()
      const locked = requestWith('{}')
      locked.body?.getReader()
      for (const request of [read, locked]) {
        const error = await rejectionOf(readJson(request))
        expect(error).to.be.instanceOf(TypeError)
        expect(error.message).to.equal(
          'readJson: the body must be unread, received a body that was already read or is locked',
        )
      }
    })

    it('rejects with a TypeError for a stream of strings', async () => {
      const body = new ReadableStream({ start: (controller) => controller.enqueue('{}') })
      const error = await rejectionOf(readJson(requestWith(body)))
      expect(error).to.be.instanceOf(TypeError)
      expect(error.message).to.equal('readJson: the body must be a stream of bytes, received "{}"')
    })
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The expected detail. The error is at the first character that cannot continue any JSON text. */
function expectedDetailFor(body: string): string {
  const text = body.replace(/^\ufeff/, '')
  let offset = 0
  while (offset < text.length && canBegin(text.slice(0, offset + 1))) offset += 1
  if (offset === text.length) return 'The body is not valid JSON: unexpected end.'
  const lines = text.slice(0, offset).split('\n')
  return `The body is not valid JSON: syntax error at line ${lines.length}, column ${(lines.at(-1) as string).length + 1}.`
}

/** Endings that complete a truncated token. */
const TOKEN_ENDINGS = [
  '',
  '"',
  'n"',
  '0"',
  '00"',
  '000"',
  '0000"',
  '0',
  ...['rue', 'ue', 'e', 'alse', 'lse', 'se', 'ull', 'll', 'l'],
]

/** Tokens that may be required before the closing brackets. */
const NEXT_TOKENS = ['', ':0', '0', '"":0']

/** Whether a JSON text can begin with a prefix. Tries to complete it, since the error messages of engines differ. */
function canBegin(text: string): boolean {
  const brackets = closingBrackets(text)
  return TOKEN_ENDINGS.some((ending) => NEXT_TOKENS.some((next) => isJson(`${text}${ending}${next}${brackets}`)))
}

function closingBrackets(text: string): string {
  const open: string[] = []
  for (const [bracket] of text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, '').matchAll(/[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') open.unshift(bracket === '[' ? ']' : '}')
    else open.shift()
  }
  return open.join('')
}

function boom(): never {
  throw new Error('boom')
}
