import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type } from 'arktype'
import { expect } from 'chai'
import fc from 'fast-check'
import * as v from 'valibot'
import { z } from 'zod'
import {
  BadRequest,
  Conflict,
  type ProblemDetails,
  type ReportedIssue,
  UnprocessableContent,
  validationFailure,
} from '../../src/index.js'
import { valueAt } from './json-pointer.js'

type Path = StandardSchemaV1.Issue['path']

/** The entries of `errors` in what the client gets. */
function errorsIn(failure: { toProblem(): ProblemDetails }): ReportedIssue[] {
  return JSON.parse(JSON.stringify(failure.toProblem()))['errors']
}

function pointerOf(path: unknown): string | undefined {
  return errorsIn(validationFailure([{ message: 'Wrong.', path: path as Path }]))[0]?.pointer
}

/** The issues that a schema finds. */
function issuesOf(schema: StandardSchemaV1, value: unknown): readonly StandardSchemaV1.Issue[] {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise || result.issues === undefined) throw new Error('It found nothing')
  return result.issues
}

describe('validationFailure()', () => {
  const issues = [
    { message: 'Expected a number.', path: ['items', 0, 'price'] },
    { message: 'Expected a text.', path: [{ key: 'isbn' }] },
  ]

  it('makes a problem of issues, each with a detail and a pointer', async () => {
    const response = validationFailure(issues).toResponse()
    expect(response.status).to.equal(422)
    expect(response.headers.get('Content-Type')).to.equal('application/problem+json')
    expect(await response.json()).to.deep.equal({
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      detail: 'The body failed validation.',
      errors: [
        { detail: 'Expected a number.', pointer: '#/items/0/price' },
        { detail: 'Expected a text.', pointer: '#/isbn' },
      ],
    })
  })

  it('has a detail for each part of the request', () => {
    expect(validationFailure(issues).detail).to.equal('The body failed validation.')
    expect(validationFailure(issues, { in: 'query' }).detail).to.equal('The query failed validation.')
    expect(validationFailure(issues, { in: 'path' }).detail).to.equal('The path failed validation.')
    expect(validationFailure(issues, { in: 'header' }).detail).to.equal('The headers failed validation.')
    expect(validationFailure([]).detail).to.equal('The body failed validation.')
  })

  it('takes another detail and a cause', () => {
    const cause = new Error('It is broken.')
    const failure = validationFailure(issues, { detail: 'This is no order.', cause })
    expect(failure.detail).to.equal('This is no order.')
    expect(failure.cause).to.equal(cause)
    expect(validationFailure(issues)).not.to.have.property('cause')
  })

  it('takes another class', () => {
    class InvalidOrder extends Conflict {
      override get title() {
        return 'Invalid order'
      }
      readonly order = 7
    }
    const failure = validationFailure(issues, { class: InvalidOrder })
    expect(failure).to.be.instanceOf(InvalidOrder)
    expect(failure.order).to.equal(7)
    expect(failure.toProblem()).to.include({ status: 409, title: 'Invalid order' })
    expect(errorsIn(failure)).to.have.length(2)
    expect(validationFailure(issues)).to.be.instanceOf(UnprocessableContent)
  })

  describe('of other parts of the request', () => {
    it('names the parameters of a query and of a path', () => {
      const issue = { message: 'Expected a number.', path: ['page', 0] }
      for (const part of ['query', 'path'] as const) {
        const failure = validationFailure([issue], { in: part, class: BadRequest })
        expect(failure.toProblem()).to.deep.include({ status: 400, detail: `The ${part} failed validation.` })
        expect(errorsIn(failure)).to.deep.equal([{ detail: 'Expected a number.', parameter: 'page' }])
      }
    })

    it('names the header field', () => {
      const failure = validationFailure([{ message: 'Which shelf?', path: ['X-Shelf'] }], { in: 'header' })
      expect(failure.detail).to.equal('The headers failed validation.')
      expect(errorsIn(failure)).to.deep.equal([{ detail: 'Which shelf?', header: 'X-Shelf' }])
    })

    it('names none where the issue is with all of them', () => {
      const of = [{ message: 'A page, or a shelf.' }, { message: 'Too long.', path: ['x'.repeat(1001)] }]
      expect(errorsIn(validationFailure(of, { in: 'query' }))).to.deep.equal([
        { detail: 'A page, or a shelf.' },
        { detail: 'Too long.' },
      ])
    })
  })

  it('knows no other parts of a request', () => {
    for (const part of ['cookie', 'toString', 7]) {
      expect(() => validationFailure([], { in: part as never })).to.throw(
        TypeError,
        /^validationFailure: "in" must be "body", "query", "path" or "header", received /,
      )
    }
  })

  describe('points', () => {
    it('to the whole document without a path', () => {
      expect(pointerOf(undefined)).to.equal('#')
      expect(pointerOf([])).to.equal('#')
    })

    it('as RFC 6901 does in section 6', () => {
      const fragments = {
        foo: '#/foo',
        '': '#/',
        'a/b': '#/a~1b',
        'c%d': '#/c%25d',
        'e^f': '#/e%5Ef',
        'g|h': '#/g%7Ch',
        'i\\j': '#/i%5Cj',
        'k"l': '#/k%22l',
        ' ': '#/%20',
        'm~n': '#/m~0n',
        '~1': '#/~01',
      }
      for (const [name, fragment] of Object.entries(fragments)) expect(pointerOf([name])).to.equal(fragment)
      expect(pointerOf(['foo', 0])).to.equal('#/foo/0')
    })

    it('with what a fragment may hold, and nothing else', () => {
      expect(pointerOf(['Bücher', '#1', '書', '?:@!$&()*+,;=', '[<>]'])).to.equal(
        '#/B%C3%BCcher/%231/%E6%9B%B8/?:@!$&()*+,;=/%5B%3C%3E%5D',
      )
      expect(pointerOf(['half \ud83d of a pair'])).to.equal('#/half%20%EF%BF%BD%20of%20a%20pair')
    })

    it('to the nearest member that has a name in JSON', () => {
      expect(pointerOf(['a', Symbol('b'), 'c'])).to.equal('#/a')
      expect(pointerOf([{ key: 'a' }, { key: Symbol('b') }])).to.equal('#/a')
      expect(pointerOf(['a', { key: {} }, 'c'])).to.equal('#/a')
      expect(pointerOf(['a', null])).to.equal('#/a')
    })

    it('no further than 1000 characters', () => {
      expect(pointerOf(['a', 'b'.repeat(1001), 'c'])).to.equal('#/a')
      expect(pointerOf(['a', 'ü'.repeat(900)])).to.equal('#/a')
      expect(pointerOf(Array(5000).fill('a'))).to.have.length(999)
    })

    it('to the very value, whatever the names', () => {
      const path = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.nat(9)), { maxLength: 6 })
      fc.assert(
        fc.property(path, (names) => {
          const document = names.reduceRight<unknown>((value, name) => {
            return typeof name === 'number' ? Array(name).fill(null).concat([value]) : { [name]: value }
          }, 'here')
          const pointer = pointerOf(names) as string
          expect(valueAt(pointer, document)).to.equal('here')
          expect(pointer).to.match(/^#(?:[\w\-.~!$&'()*+,;=:@/?]|%[\dA-F]{2})*$/)
          expect(new URL(pointer, 'http://localhost/').hash || '#').to.equal(pointer)
        }),
      )
    })
  })

  describe('of hostile issues', () => {
    const hostile = {
      get message(): string {
        throw new Error('No message')
      },
      get path(): Path {
        throw new Error('No path')
      },
    }
    const revoked = Proxy.revocable([], {})
    revoked.revoke()

    it('leaves out what cannot be read', () => {
      const given: any[] = [
        hostile,
        null,
        undefined,
        { path: ['a'] },
        { message: 7, path: ['b'] },
        { message: 'c', path: 'c' },
        Object.create(hostile, { message: { value: 'd' } }),
        { message: 'e', path: revoked.proxy },
        { message: 'f', path: ['f', Object.defineProperty({}, 'key', { get: () => hostile.message })] },
      ]
      expect(errorsIn(validationFailure(given))).to.deep.equal([
        { detail: 'c', pointer: '#' },
        { detail: 'd', pointer: '#' },
        { detail: 'e', pointer: '#' },
        { detail: 'f', pointer: '#/f' },
      ])
    })

    it('is made all the same', () => {
      for (const issues of [revoked.proxy, null, undefined, 7, 'ab', { length: Number.NaN }, {}] as any[]) {
        expect(validationFailure(issues).status).to.equal(422)
        expect(errorsIn(validationFailure(issues))).to.deep.equal([])
      }
    })

    it('reports no more than 100, each in no more than 1000 characters', () => {
      const failure = validationFailure(Array(1_000_000).fill({ message: 'Wrong.'.repeat(1000), path: ['a'] }))
      expect(failure.detail).to.equal('The body failed validation with 1000000 errors; the first 100 are listed.')
      expect(errorsIn(failure)).to.have.length(100)
      expect(errorsIn(failure)[0]?.detail)
        .to.match(/^Wrong\..*…$/)
        .and.have.length(1000)
    })
  })

  describe('of the libraries', () => {
    const schemas: Readonly<Record<string, StandardSchemaV1>> = {
      zod: z.object({
        isbn: z.string(),
        items: z.array(z.object({ price: z.number(), 'a/b~c': z.string(), 'größe in "': z.string() })),
      }),
      valibot: v.object({
        isbn: v.string(),
        items: v.array(v.object({ price: v.number(), 'a/b~c': v.string(), 'größe in "': v.string() })),
      }),
      arktype: type({
        isbn: 'string',
        items: type({ price: 'number', 'a/b~c': 'string', 'größe in "': 'string' }).array(),
      }),
    }
    const wrong = {
      isbn: 1,
      items: [
        { price: 3, 'a/b~c': '', 'größe in "': '' },
        { price: 'x', 'a/b~c': 1 },
      ],
    }

    for (const [library, schema] of Object.entries(schemas)) {
      it(`points to the same members of the same content: ${library}`, () => {
        const errors = errorsIn(validationFailure(issuesOf(schema, wrong)))
        expect(errors.map(({ pointer }) => pointer)).to.have.members([
          '#/isbn',
          '#/items/1/price',
          '#/items/1/a~1b~0c',
          '#/items/1/gr%C3%B6%C3%9Fe%20in%20%22',
        ])
        for (const { detail } of errors) expect(detail).to.be.a('string').and.not.equal('')
      })

      it(`points to the whole of what is no object at all: ${library}`, () => {
        expect(errorsIn(validationFailure(issuesOf(schema, 'an order'))).map(({ pointer }) => pointer)).to.deep.equal([
          '#',
        ])
      })
    }
  })
})
