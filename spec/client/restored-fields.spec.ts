import { type } from 'arktype'
import { expect } from 'chai'
import * as v from 'valibot'
import * as z from 'zod'
import { Conflict, Extension, Failure, failureFromResponse, type ProblemType } from '../../src/index.js'
import { NoSuchShelf } from './domain.js'

function stockResponse(problem: object): Response {
  return Response.json({ type: 'urn:stock', ...problem }, { status: 409 })
}

describe('A restored @Extension() field', () => {
  class Stock extends Conflict {
    static override readonly problem: ProblemType = { type: 'urn:stock' }
    @Extension() readonly anything?: unknown
    @Extension(z.number()) readonly copies?: number
    @Extension(v.string()) readonly isbn?: string
    @Extension(type('string[]')) readonly shelves?: string[]
    @Extension(z.iso.datetime().transform((value) => new Date(value))) readonly since?: Date
    @Extension(z.string().refine(async (value) => value.length > 3)) readonly customer?: string
  }
  const classes = [Stock]

  async function restored(problem: object): Promise<Stock> {
    const failure = await failureFromResponse(stockResponse(problem), { classes })
    if (!(failure instanceof Stock)) throw failure
    return failure
  }

  it('has the output of its schema as its value', async () => {
    const failure = await restored({
      anything: { a: 1 },
      copies: 0,
      isbn: '1',
      shelves: ['A'],
      since: '2030-01-01T00:00:00Z',
      customer: 'Alice',
    })
    expect({ ...failure.extensions }).to.deep.equal({
      anything: { a: 1 },
      copies: 0,
      isbn: '1',
      shelves: ['A'],
      since: new Date('2030-01-01T00:00:00Z'),
      customer: 'Alice',
    })
    expect(failure.since?.getUTCFullYear()).to.equal(2030)
  })

  it('is omitted when its value is invalid', async () => {
    const failure = await restored({ copies: '0', isbn: 1, shelves: [1], since: 'x', customer: 'Bob', shelf: 7 })
    expect(failure.extensions).to.deep.equal({ shelf: 7 })
    expect(Object.keys(failure)).to.deep.equal([])
  })

  it('is omitted when its schema throws, rejects or is not a Standard Schema', async () => {
    const schemaOf = (validate: () => unknown) => ({ '~standard': { version: 1, vendor: 'spec', validate } }) as never
    class Odd extends Stock {
      @Extension(
        schemaOf(() => {
          throw new Error('boom')
        }),
      )
      readonly throws?: string
      @Extension(schemaOf(() => Promise.reject(new Error('boom')))) readonly rejects?: string
      @Extension(schemaOf(() => undefined)) readonly nothing?: string
      @Extension({} as never) readonly none?: string
    }
    const failure = await failureFromResponse(stockResponse({ throws: 1, rejects: 1, nothing: 1, none: 1 }), {
      classes: [Odd],
    })
    expect(failure).to.be.instanceOf(Odd)
    expect(failure.extensions).to.deep.equal({})
  })

  it('replaces a getter that throws without the constructor', async () => {
    const failure = await failureFromResponse(new NoSuchShelf().toResponse(), { classes: [NoSuchShelf] })
    expect(failure).to.be.instanceOf(NoSuchShelf)
    expect((failure as NoSuchShelf).shelfNumber).to.equal(7)
    expect(failure.toProblem()).to.deep.equal(new NoSuchShelf().toProblem())
  })

  it('may be named code', async () => {
    class Coded extends Failure {
      static override readonly problem: ProblemType = { type: 'urn:stock' }
      @Extension(z.enum(['A', 'B'])) override get code(): string {
        throw new Error('boom')
      }
    }
    const codes = async (code: string) => {
      const { extensions } = await failureFromResponse(stockResponse({ code }), { classes: [Coded] })
      return extensions
    }
    expect(await codes('B')).to.deep.equal({ code: 'B' })
    expect(await codes('C')).to.deep.equal({})
  })
})
