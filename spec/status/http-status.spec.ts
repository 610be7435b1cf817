import { readFileSync } from 'node:fs'
import { HttpStatus as NestHttpStatus } from '@nestjs/common'
import { expect } from 'chai'
import { HttpStatus } from '../../src/index.js'

/** An entry of the IANA registry, with the names of Python's `http.HTTPStatus`. */
interface RegistryEntry {
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

const registry: RegistryEntry[] = JSON.parse(readFileSync('spec/fixtures/http-status-registry.json', 'utf8'))
const registered = registry.filter(({ code }) => code !== 306)
const members = HttpStatus as unknown as Record<string, unknown>

describe('HttpStatus', () => {
  it('contains every code of the registry except 306, in order', () => {
    expect([...HttpStatus].map(({ code }) => code)).to.deep.equal(registered.map(({ code }) => code))
  })

  for (const entry of registered) {
    it(`has the phrase, reference and registration of the registry for ${entry.code}`, () => {
      const status = HttpStatus.of(entry.code)
      expect(status?.phrase).to.equal(entry.code === 418 ? "I'm a teapot" : entry.phrase)
      expect(status?.reference).to.equal(entry.rfc ? `RFC ${entry.rfc}, ${entry.section}` : entry.reference)
      expect(status?.url).to.equal(entry.specUrl)
      expect(status?.registration).to.equal(entry.registryStatus)
    })
  }

  it("has the names of Python's http.HTTPStatus, including aliases", () => {
    for (const { code, pythonName, pythonAliases } of registered) {
      for (const name of pythonName === null ? [] : [pythonName, ...pythonAliases]) {
        expect(members[name], name).to.equal(code)
      }
    }
  })

  it("has every member of Nest's enum, except 210 and 456", () => {
    const names = Object.keys(NestHttpStatus).filter((name) => Number.isNaN(Number(name)))
    expect(names).to.have.length.above(40)
    for (const name of names) {
      const code = NestHttpStatus[name as keyof typeof NestHttpStatus]
      if (code !== 210 && code !== 456) expect(members[name], name).to.equal(code)
    }
  })

  it('has doc comments that match the rows of the table', () => {
    const table = readFileSync('src/status/status-table.ts', 'utf8')
    for (const { code, name, phrase, description, reference } of HttpStatus) {
      const doc = new RegExp(`/\\*\\* (.*) \\*/\\n  ${name}: status\\(`).exec(table)?.[1]
      const sentence = description.charAt(0).toLowerCase() + description.slice(1)
      expect(doc).to.equal(`**${code} ${phrase}** · ${sentence} ${reference}`)
    }
  })

  it('describes each status in one unique sentence', () => {
    const descriptions = [...HttpStatus].map(({ description }) => description)
    expect(new Set(descriptions).size).to.equal(descriptions.length)
    for (const description of descriptions) expect(description).to.match(/^[A-Z][^.!?]+\.$/)
  })

  describe('a member', () => {
    it('is a plain number', () => {
      expect(HttpStatus.NOT_FOUND).to.equal(404)
      expect(JSON.stringify({ status: HttpStatus.OK })).to.equal('{"status":200}')
    })

    it("equals the member of Nest's enum", () => {
      expect(NestHttpStatus.NOT_FOUND === HttpStatus.NOT_FOUND).to.equal(true)
    })

    it('is read-only', () => {
      expect(() => Object.assign(HttpStatus, { NOT_FOUND: 405 })).to.throw(TypeError)
      expect(() => Object.assign(HttpStatus.of(404), { phrase: 'Lost' })).to.throw(TypeError)
    })
  })

  describe('of', () => {
    it('returns all data of a status', () => {
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
      it(`returns undefined for ${unregistered}`, () => {
        expect(HttpStatus.of(unregistered)).to.equal(undefined)
        expect(HttpStatus.phrase(unregistered)).to.equal(undefined)
        expect(HttpStatus.description(unregistered)).to.equal(undefined)
        expect(HttpStatus[unregistered]).to.equal(undefined)
      })
    }

    it('returns undefined for the name of a property', () => {
      expect(HttpStatus.of('length' as never)).to.equal(undefined)
      expect(HttpStatus.phrase('constructor' as never)).to.equal(undefined)
    })
  })

  it('returns the phrase and the description of a code', () => {
    expect(HttpStatus.phrase(404)).to.equal('Not Found')
    expect(HttpStatus.description(404)).to.equal('The server has no resource at this target.')
  })

  it('maps a code to its name, like an enum', () => {
    for (const { code, name } of HttpStatus) expect(HttpStatus[code]).to.equal(name)
  })

  it('enumerates only the canonical names', () => {
    const names = [...HttpStatus].map(({ name }) => name)
    expect(Object.keys(HttpStatus)).to.deep.equal(names)
    const enumerated: string[] = []
    for (const name in HttpStatus) enumerated.push(name)
    expect(enumerated).to.deep.equal(names)
  })

  it('classifies every code from 100 to 599, and no other number', () => {
    const predicates = ['isInformational', 'isSuccess', 'isRedirection', 'isClientError', 'isServerError'] as const
    const classOf = (code: number) => predicates.filter((predicate) => HttpStatus[predicate](code))
    for (let code = 100; code < 600; code++)
      expect(classOf(code)).to.deep.equal([predicates[Math.floor(code / 100) - 1]])
    for (const invalid of [0, 99, 600, -404, 404.5, Number.NaN]) expect(classOf(invalid)).to.deep.equal([])
  })
})
