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

/** What the client gets to read when the content is not taken. */
async function detailOf(body: Parameters<typeof requestWith>[0]): Promise<string | undefined> {
  const failure = await rejectionOf(readJson(requestWith(body)))
  expect(failure).to.be.instanceOf(BadRequest)
  return failure.toProblem().detail
}

describe('readJson()', () => {
  it('gives the value', async () => {
    for (const value of [{ isbn: '1', copies: [1, 2.5e3, null, true] }, [], 'ü 📕', 0, false, null]) {
      expect(await readJson(requestWith(JSON.stringify(value)))).to.deep.equal(value)
    }
  })

  it('reads a stream, wherever it is cut', async () => {
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

  it('keeps __proto__ a name like any other', async () => {
    const value = (await readJson(requestWith('{ "__proto__": { "admin": true } }'))) as object
    expect(Object.keys(value)).to.deep.equal(['__proto__'])
    expect(value).not.to.have.property('admin')
  })

  it('takes whatever has header fields and a body', async () => {
    const request = { headers: new Headers({ 'Content-Type': 'application/json' }), bodyUsed: false }
    expect(await readJson({ ...request, body: streamOf('[1', ']') })).to.deep.equal([1])
  })

  it('gives a value or a failure, whatever it gets', async () => {
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
      it(`gives what it makes of the content: ${library}`, async () => {
        const { price } = await readJson(requestWith('{ "price": "12.5" }'), schema)
        expect(price).to.equal(12.5)
      })

      it(`says where the content does not fit: ${library}`, async () => {
        const failure = await rejectionOf(readJson(requestWith('{ "price": 12.5 }'), schema))
        expect(failure).to.be.instanceOf(UnprocessableContent)
        expect(failure.toProblem().detail).to.equal('The body failed validation.')
        expect(failure.toProblem().errors).to.have.length(1)
        expect(failure.toProblem().errors[0].pointer).to.equal('#/price')
      })
    }

    it('waits for one that takes its time', async () => {
      const schema = z.string().refine(async (isbn) => isbn === '1', 'There is no such book.')
      expect(await readJson(requestWith('"1"'), schema)).to.equal('1')
      const failure = await rejectionOf(readJson(requestWith('"2"'), schema))
      expect(failure.toProblem().errors).to.deep.equal([{ detail: 'There is no such book.', pointer: '#' }])
    })

    it('blames the content that is nested too deeply for one', async () => {
      interface Nested extends Array<Nested> {}
      const nested: z.ZodType<Nested> = z.lazy(() => z.array(nested))
      const content = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
      expect(await readJson(requestWith(content(100)), nested)).to.be.an('array')
      const failure = await rejectionOf(readJson(requestWith(content(100_000)), nested))
      expect(failure).to.be.instanceOf(BadRequest)
      expect(failure.message).to.equal('The body is nested too deeply.')
      expect(failure.cause).to.be.instanceOf(RangeError)
    })

    it('does not take brackets in a text for depth', async () => {
      const broken = { '~standard': { version: 1, vendor: 'x', validate: boom } } as const
      const text = JSON.stringify({ a: '['.repeat(1000), b: '\\"{'.repeat(1000), c: {} })
      expect(await rejectionOf(readJson(requestWith(text), broken as never))).to.have.property('message', 'boom')
    })

    it('lets through what one throws', async () => {
      const bug = new Error('The schema is broken.')
      const schema = z.string().transform(() => {
        throw bug
      })
      expect(await rejectionOf(readJson(requestWith('"1"'), schema))).to.equal(bug)
    })

    it('takes no other object for one', async () => {
      for (const schema of [{ limit: 3 }, null, 'string', { '~standard': {} }] as any[]) {
        const error = await rejectionOf(readJson(requestWith('1'), schema))
        expect(error)
          .to.be.instanceOf(TypeError)
          .and.have.property('message')
          .that.contains('"schema" must be a Standard Schema')
      }
    })
  })

  describe('of a content that is not declared as JSON', () => {
    const statusFor = async (headers: Record<string, string>) => {
      const outcome = await readJson(requestWith('{}', headers)).catch((error) => error)
      return isFailure(outcome) ? outcome.status : 200
    }

    it('takes JSON and what is built on it, with parameters', async () => {
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

    it('answers 415 to anything else, and says what it takes', async () => {
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

    it('answers 415 without a Content-Type', async () => {
      const request = requestWith(streamOf('{}'))
      request.headers.delete('Content-Type')
      expect(await rejectionOf(readJson(request))).to.be.instanceOf(UnsupportedMediaType)
    })

    it('answers 415 to a content coding, since it does not decode', async () => {
      for (const coding of ['gzip', 'br', 'identity, gzip']) {
        const failure = await rejectionOf(readJson(requestWith('{}', { 'Content-Encoding': coding })))
        expect(failure).to.be.instanceOf(UnsupportedMediaType)
        expect(failure.toResponse().headers.get('Accept-Encoding')).to.equal('identity')
        expect(failure.toResponse().headers.has('Accept')).to.equal(false)
      }
      expect(await statusFor({ 'Content-Encoding': 'Identity' })).to.equal(200)
    })
  })

  describe('of a content that is too large', () => {
    const quoted = (length: number) => `"${'a'.repeat(length - 2)}"`

    it('takes as much as the limit, 1 MiB by default', async () => {
      expect(await readJson(requestWith(quoted(MEBIBYTE)))).to.have.length(MEBIBYTE - 2)
      const failure = await rejectionOf(readJson(requestWith(quoted(MEBIBYTE + 1))))
      expect(failure).to.be.instanceOf(ContentTooLarge)
      expect(failure.toProblem().detail).to.equal('The body exceeds the limit of 1048576 bytes.')
    })

    it('counts bytes, not characters', async () => {
      expect(await readJson(requestWith('"ü"'), undefined, { limit: 4 })).to.equal('ü')
      expect(await rejectionOf(readJson(requestWith('"ü"'), undefined, { limit: 3 }))).to.be.instanceOf(ContentTooLarge)
    })

    it('does not wait for what Content-Length says is too large', async () => {
      const silent = new ReadableStream()
      const request = requestWith(silent, { 'Content-Length': '20' })
      expect(await rejectionOf(readJson(request, undefined, { limit: 19 }))).to.be.instanceOf(ContentTooLarge)
    })

    it('does not believe Content-Length otherwise', async () => {
      for (const length of ['3', 'many', '-1']) {
        const request = requestWith(streamOf(quoted(20)), { 'Content-Length': length })
        expect(await rejectionOf(readJson(request, undefined, { limit: 19 }))).to.be.instanceOf(ContentTooLarge)
      }
    })

    it('answers an endless stream at once, and stops it after a while', async () => {
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

    it('takes no harm from a stream that breaks when nobody listens any more', async () => {
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

    it('takes a limit in whole bytes', async () => {
      for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null] as any[]) {
        const error = await rejectionOf(readJson(requestWith('1'), undefined, { limit }))
        expect(error).to.be.instanceOf(RangeError)
        expect(error.message).to.equal(
          `readJson: "limit" must be a positive integer, received ${limit === '5' ? '"5"' : limit}`,
        )
      }
    })
  })

  describe('of a content that is not JSON', () => {
    it('says that there is none', async () => {
      for (const nothing of [null, '', ' \r\n\t', '\ufeff', streamOf()]) {
        expect(await detailOf(nothing)).to.equal('The body is empty, but JSON is required.')
      }
    })

    it('says that it is not UTF-8', async () => {
      for (const bytes of [[0x22, 0xff, 0x22], [0xc3], [0xed, 0xa0, 0x80], [0xff, 0xfe, 0x31, 0x00]]) {
        expect(await detailOf(Uint8Array.from(bytes))).to.equal('The body is not valid UTF-8.')
        expect(await detailOf(streamOf(...bytes.map((byte) => Uint8Array.of(byte))))).to.equal(
          'The body is not valid UTF-8.',
        )
      }
    })

    it('says where the mistake is', async () => {
      expect(await detailOf('{\n  "isbn": "1",\n}')).to.equal(
        'The body is not valid JSON: syntax error at line 3, column 1.',
      )
      expect(await detailOf('<order/>')).to.equal('The body is not valid JSON: syntax error at line 1, column 1.')
      expect(await detailOf('{ "isbn": "1"')).to.equal('The body is not valid JSON: unexpected end.')
    })

    it('keeps the words of the engine from the client', async () => {
      const failure = await rejectionOf(readJson(requestWith('{ secret }')))
      expect(failure.cause).to.be.instanceOf(SyntaxError)
      expect(JSON.stringify(failure)).not.to.contain('secret').and.not.to.contain(failure.cause.message)
    })

    it('finds each kind of mistake at its character', async () => {
      const mistakes = [
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
      for (const mistake of mistakes) expect(await detailOf(mistake), mistake).to.equal(mistakeIn(mistake))
    })

    it('finds any mistake', async () => {
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
          expect(await detailOf(text)).to.equal(mistakeIn(text))
        }),
        { numRuns: 100 },
      )
    })

    it('survives any depth', async () => {
      const half = MEBIBYTE / 2
      expect(await detailOf('['.repeat(MEBIBYTE))).to.equal('The body is not valid JSON: unexpected end.')
      expect(await detailOf('{"a":'.repeat(200_000))).to.equal('The body is not valid JSON: unexpected end.')
      expect(await readJson(requestWith(`${'['.repeat(half)}${']'.repeat(half)}`))).to.be.an('array')
    })

    it('answers 400 where the engine does not survive it', async () => {
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

  describe('of a content that cannot be read', () => {
    it('answers 400 where it breaks off', async () => {
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

    it('answers 400 where the client goes away', async () => {
      const server = createServer().listen(0)
      const outcome = new Promise<any>((resolve) => {
        server.on('request', (incoming: IncomingMessage) => {
          incoming.once('data', () => sent.destroy())
          resolve(rejectionOf(readJson(requestWith(Readable.toWeb(incoming) as ReadableStream))))
        })
      })
      const { port } = server.address() as AddressInfo
      const sent = requestOf({ port, method: 'POST', headers: { 'Content-Length': 100 } })
      sent.on('error', () => {}).write('{ "isbn": ')
      const failure = await outcome
      server.close()
      expect(failure).to.be.instanceOf(BadRequest)
      expect(failure.cause).to.have.property('code', 'ECONNRESET')
    })

    it('complains of whoever has read it, or is reading it', async () => {
      const read = requestWith('{}')
      await read.text()
      const locked = requestWith('{}')
      locked.body?.getReader()
      for (const request of [read, locked]) {
        const error = await rejectionOf(readJson(request))
        expect(error).to.be.instanceOf(TypeError)
        expect(error.message).to.equal('The body of the request was already read')
      }
    })

    it('complains of a stream that is not of bytes', async () => {
      const body = new ReadableStream({ start: (controller) => controller.enqueue('{}') })
      const error = await rejectionOf(readJson(requestWith(body)))
      expect(error).to.be.instanceOf(TypeError)
      expect(error.message).to.equal('The body of a request must be a stream of bytes, received a chunk of type string')
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

/** What the detail has to be: the mistake is at the first character with which no JSON text can go on. */
function mistakeIn(sent: string): string {
  const text = sent.replace(/^\ufeff/, '')
  let offset = 0
  while (offset < text.length && canBegin(text.slice(0, offset + 1))) offset += 1
  if (offset === text.length) return 'The body is not valid JSON: unexpected end.'
  const lines = text.slice(0, offset).split('\n')
  return `The body is not valid JSON: syntax error at line ${lines.length}, column ${(lines.at(-1) as string).length + 1}.`
}

/** What a token that is cut off may lack, and what may have to come behind it, before the brackets are closed. */
const REST_OF_TOKEN = [
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
const BEHIND_TOKEN = ['', ':0', '0', '"":0']

/** Whether JSON can begin like this: by trying, whatever the words in which an engine complains. */
function canBegin(text: string): boolean {
  const end = closingBrackets(text)
  return REST_OF_TOKEN.some((rest) => BEHIND_TOKEN.some((behind) => isJson(`${text}${rest}${behind}${end}`)))
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
