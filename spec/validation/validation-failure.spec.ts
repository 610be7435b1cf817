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

/** The entries of `errors` that a client receives. */
function errorsIn(failure: { toProblem(): ProblemDetails }): ReportedIssue[] {
  return JSON.parse(JSON.stringify(failure.toProblem()))['errors']
}

function pointerOf(path: unknown): string | undefined {
  return errorsIn(validationFailure([{ message: 'Wrong.', path: path as Path }]))[0]?.pointer
}

/** The issues that a schema reports. */
function issuesOf(schema: StandardSchemaV1, value: unknown): readonly StandardSchemaV1.Issue[] {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise || result.issues === undefined) throw new Error('The schema reported no issues')
  return result.issues
}

describe('validationFailure()', () => {
  const issues = [
    { message: 'Expected a number.', path: ['items', 0, 'price'] },
    { message: 'Expected a string.', path: [{ key: 'isbn' }] },
  ]

  it('reports each issue with a detail and a pointer', async () => {
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
        { detail: 'Expected a string.', pointer: '#/isbn' },
      ],
    })
  })

  it('has a default detail for each part of the request', () => {
    expect(validationFailure(issues).detail).to.equal('The body failed validation.')
    expect(validationFailure(issues, { in: 'query' }).detail).to.equal('The query failed validation.')
    expect(validationFailure(issues, { in: 'path' }).detail).to.equal('The path failed validation.')
    expect(validationFailure(issues, { in: 'header' }).detail).to.equal('The headers failed validation.')
    expect(validationFailure([]).detail).to.equal('The body failed validation.')
  })

  it('accepts a detail and a cause', () => {
    const cause = new Error('The schema failed.')
    const failure = validationFailure(issues, { detail: 'This is not an order.', cause })
    expect(failure.detail).to.equal('This is not an order.')
    expect(failure.cause).to.equal(cause)
    expect(validationFailure(issues)).not.to.have.property('cause')
  })

  it('accepts another class', () => {
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

  describe('for other parts of the request', () => {
    it('reports the parameter of the query or the path', () => {
      const issue = { message: 'Expected a number.', path: ['page', 0] }
      for (const part of ['query', 'path'] as const) {
        const failure = validationFailure([issue], { in: part, class: BadRequest })
        expect(failure.toProblem()).to.deep.include({ status: 400, detail: `The ${part} failed validation.` })
        expect(errorsIn(failure)).to.deep.equal([{ detail: 'Expected a number.', parameter: 'page' }])
      }
    })

    it('reports the header', () => {
      const failure = validationFailure([{ message: 'Expected a shelf.', path: ['X-Shelf'] }], { in: 'header' })
      expect(failure.detail).to.equal('The headers failed validation.')
      expect(errorsIn(failure)).to.deep.equal([{ detail: 'Expected a shelf.', header: 'X-Shelf' }])
    })

    it('reports no parameter without a path, or for a name of more than 1000 characters', () => {
      const mixed = [{ message: 'Expected a page or a shelf.' }, { message: 'Too long.', path: ['x'.repeat(1001)] }]
      expect(errorsIn(validationFailure(mixed, { in: 'query' }))).to.deep.equal([
        { detail: 'Expected a page or a shelf.' },
        { detail: 'Too long.' },
      ])
    })
  })

  it('throws a TypeError for an unknown part', () => {
    for (const part of ['cookie', 'toString', 7]) {
      expect(() => validationFailure([], { in: part as never })).to.throw(
        TypeError,
        /^validationFailure: "in" must be "body", "query", "path" or "header", received /,
      )
    }
  })

  describe('The pointer of an issue', () => {
    it('is # without a path', () => {
      expect(pointerOf(undefined)).to.equal('#')
      expect(pointerOf([])).to.equal('#')
    })

    it('is encoded as in the examples of RFC 6901, section 6', () => {
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

    it('percent-encodes characters that a fragment cannot contain', () => {
      expect(pointerOf(['Bücher', '#1', '書', '?:@!$&()*+,;=', '[<>]'])).to.equal(
        '#/B%C3%BCcher/%231/%E6%9B%B8/?:@!$&()*+,;=/%5B%3C%3E%5D',
      )
      expect(pointerOf(['half \ud83d of a pair'])).to.equal('#/half%20%EF%BF%BD%20of%20a%20pair')
    })

    it('ends before a path segment that is neither a string nor a number', () => {
      expect(pointerOf(['a', Symbol('b'), 'c'])).to.equal('#/a')
      expect(pointerOf([{ key: 'a' }, { key: Symbol('b') }])).to.equal('#/a')
      expect(pointerOf(['a', { key: {} }, 'c'])).to.equal('#/a')
      expect(pointerOf(['a', null])).to.equal('#/a')
    })

    it('ends before a path segment that would exceed 1000 characters', () => {
      expect(pointerOf(['a', 'b'.repeat(1001), 'c'])).to.equal('#/a')
      expect(pointerOf(['a', 'ü'.repeat(900)])).to.equal('#/a')
      expect(pointerOf(Array(5000).fill('a'))).to.have.length(999)
    })

    it('leads to the value for any path', () => {
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

  describe('for invalid issues', () => {
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

    it('omits issues without a readable message, and ignores unreadable paths', () => {
      const invalid: any[] = [
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
      expect(errorsIn(validationFailure(invalid))).to.deep.equal([
        { detail: 'c', pointer: '#' },
        { detail: 'd', pointer: '#' },
        { detail: 'e', pointer: '#' },
        { detail: 'f', pointer: '#/f' },
      ])
    })

    it('reports no errors when the issues are not an array', () => {
      for (const issues of [revoked.proxy, null, undefined, 7, 'ab', { length: Number.NaN }, {}] as any[]) {
        expect(validationFailure(issues).status).to.equal(422)
        expect(errorsIn(validationFailure(issues))).to.deep.equal([])
      }
    })

    it('reports at most 100 issues, each with at most 1000 characters', () => {
      const failure = validationFailure(Array(1_000_000).fill({ message: 'Wrong.'.repeat(1000), path: ['a'] }))
      expect(failure.detail).to.equal('The body failed validation with 1000000 errors; the first 100 are listed.')
      expect(errorsIn(failure)).to.have.length(100)
      expect(errorsIn(failure)[0]?.detail)
        .to.match(/^Wrong\..*…$/)
        .and.have.length(1000)
    })
  })

  describe('for the issues of a schema library', () => {
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
    const invalid = {
      isbn: 1,
      items: [
        { price: 3, 'a/b~c': '', 'größe in "': '' },
        { price: 'x', 'a/b~c': 1 },
      ],
    }

    for (const [library, schema] of Object.entries(schemas)) {
      it(`reports the same pointers for the same content: ${library}`, () => {
        const errors = errorsIn(validationFailure(issuesOf(schema, invalid)))
        expect(errors.map(({ pointer }) => pointer)).to.have.members([
          '#/isbn',
          '#/items/1/price',
          '#/items/1/a~1b~0c',
          '#/items/1/gr%C3%B6%C3%9Fe%20in%20%22',
        ])
        for (const { detail } of errors) expect(detail).to.be.a('string').and.not.equal('')
      })

      it(`reports the pointer # for a value that is not an object: ${library}`, () => {
        expect(errorsIn(validationFailure(issuesOf(schema, 'an order'))).map(({ pointer }) => pointer)).to.deep.equal([
          '#',
        ])
      })
    }
  })
})
