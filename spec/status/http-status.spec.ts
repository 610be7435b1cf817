import { readFileSync } from 'node:fs'
import { HttpStatus as NestHttpStatus } from '@nestjs/common'
import { expect } from 'chai'
import { HttpStatus } from '../../src/index.js'

/** The registry of IANA, with the names of Python's `http.HTTPStatus`. */
interface Fact {
  code: number
  phrase: string
  specUrl: string
  reference: string
  registryStatus: string
  rfc: number | null
  section: string | null
  pythonName: string | null
  pythonAliases: string[]
}

const facts: Fact[] = JSON.parse(readFileSync('spec/fixtures/http-status-registry.json', 'utf8'))
const registered = facts.filter(({ code }) => code !== 306)
const members = HttpStatus as unknown as Record<string, unknown>

describe('HttpStatus', () => {
  it('has every code of the registry except 306, in order, each once', () => {
    expect([...HttpStatus].map(({ code }) => code)).to.deep.equal(registered.map(({ code }) => code))
  })

  for (const fact of registered) {
    it(`knows about ${fact.code} what the registry says`, () => {
      const status = HttpStatus.of(fact.code)
      expect(status?.phrase).to.equal(fact.code === 418 ? "I'm a teapot" : fact.phrase)
      expect(status?.reference).to.equal(fact.rfc ? `RFC ${fact.rfc}, ${fact.section}` : fact.reference)
      expect(status?.url).to.equal(fact.specUrl)
      expect(status?.registration).to.equal(fact.registryStatus)
    })
  }

  it('has the names of Python, old ones included', () => {
    for (const { code, pythonName, pythonAliases } of registered) {
      for (const name of pythonName === null ? [] : [pythonName, ...pythonAliases]) {
        expect(members[name], name).to.equal(code)
      }
    }
  })

  it('has every member of the enum of Nest, except 210 and 456', () => {
    const names = Object.keys(NestHttpStatus).filter((name) => Number.isNaN(Number(name)))
    expect(names).to.have.length.above(40)
    for (const name of names) {
      const code = NestHttpStatus[name as keyof typeof NestHttpStatus]
      if (code !== 210 && code !== 456) expect(members[name], name).to.equal(code)
    }
  })

  it('says in its doc comment what its row says', () => {
    const table = readFileSync('src/status/status-table.ts', 'utf8')
    for (const { code, name, phrase, description, reference } of HttpStatus) {
      const doc = new RegExp(`/\\*\\* (.*) \\*/\\n  ${name}: status\\(`).exec(table)?.[1]
      const sentence = description.charAt(0).toLowerCase() + description.slice(1)
      expect(doc).to.equal(`**${code} ${phrase}** · ${sentence} ${reference}`)
    }
  })

  it('describes each status in one plain sentence of its own', () => {
    const descriptions = [...HttpStatus].map(({ description }) => description)
    expect(new Set(descriptions).size).to.equal(descriptions.length)
    for (const description of descriptions) expect(description).to.match(/^[A-Z][^.!?]+\.$/)
  })

  describe('a member', () => {
    it('is a plain number', () => {
      expect(HttpStatus.NOT_FOUND).to.equal(404)
      expect(JSON.stringify({ status: HttpStatus.OK })).to.equal('{"status":200}')
    })

    it('compares with the enum of Nest', () => {
      expect(NestHttpStatus.NOT_FOUND === HttpStatus.NOT_FOUND).to.equal(true)
    })

    it('cannot be changed', () => {
      expect(() => Object.assign(HttpStatus, { NOT_FOUND: 405 })).to.throw(TypeError)
      expect(() => Object.assign(HttpStatus.of(404), { phrase: 'Lost' })).to.throw(TypeError)
    })
  })

  describe('of', () => {
    it('gives everything about a status', () => {
      expect(HttpStatus.of(404)).to.deep.equal({
        code: 404,
        name: 'NOT_FOUND',
        phrase: 'Not Found',
        description: 'The server has no resource at this target.',
        reference: 'RFC 9110, 15.5.5',
        url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5',
        registration: 'registered',
      })
    })

    for (const unregistered of [306, 499, 0, -1, 4.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      it(`gives nothing for ${unregistered}`, () => {
        expect(HttpStatus.of(unregistered)).to.equal(undefined)
        expect(HttpStatus.phrase(unregistered)).to.equal(undefined)
        expect(HttpStatus.description(unregistered)).to.equal(undefined)
        expect(HttpStatus[unregistered]).to.equal(undefined)
      })
    }

    it('does not take a name for a code', () => {
      expect(HttpStatus.of('length' as never)).to.equal(undefined)
      expect(HttpStatus.phrase('constructor' as never)).to.equal(undefined)
    })
  })

  it('gives the phrase and the description of a code', () => {
    expect(HttpStatus.phrase(404)).to.equal('Not Found')
    expect(HttpStatus.description(404)).to.equal('The server has no resource at this target.')
  })

  it('gives the name of a code, as an enum does', () => {
    for (const { code, name } of HttpStatus) expect(HttpStatus[code]).to.equal(name)
  })

  it('enumerates the canonical names alone', () => {
    const names = [...HttpStatus].map(({ name }) => name)
    expect(Object.keys(HttpStatus)).to.deep.equal(names)
    const enumerated: string[] = []
    for (const name in HttpStatus) enumerated.push(name)
    expect(enumerated).to.deep.equal(names)
  })

  it('tells the class of any code, registered or not', () => {
    const predicates = ['isInformational', 'isSuccess', 'isRedirection', 'isClientError', 'isServerError'] as const
    const classOf = (code: number) => predicates.filter((predicate) => HttpStatus[predicate](code))
    for (let code = 100; code < 600; code++)
      expect(classOf(code)).to.deep.equal([predicates[Math.floor(code / 100) - 1]])
    for (const none of [0, 99, 600, -404, 404.5, Number.NaN]) expect(classOf(none)).to.deep.equal([])
  })
})
