import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import * as library from '../../src/index.js'
import { createFailure, Failure, type FailureClass, HttpStatus, type HttpStatusInfo } from '../../src/index.js'

// Each check runs for every class, so that a new class is tested without being listed.

const failureStatuses = [...HttpStatus].filter(({ code }) => code >= 400)

/** The headers that HTTP requires, and the options of the classes that set them. RFC 9110, 15.5 */
const required: Record<number, { options: object; headers: object }> = {
  401: { options: { challenge: 'Bearer realm="books"' }, headers: { 'WWW-Authenticate': 'Bearer realm="books"' } },
  405: { options: { allow: ['GET', 'HEAD'] }, headers: { Allow: 'GET, HEAD' } },
  407: { options: { challenge: 'Basic realm="proxy"' }, headers: { 'Proxy-Authenticate': 'Basic realm="proxy"' } },
  426: { options: { upgrade: ['HTTP/3'] }, headers: { Upgrade: 'HTTP/3', Connection: 'upgrade' } },
}

/** `NOT_FOUND` → `NotFound` */
function classNameOf({ name }: HttpStatusInfo): string {
  return name.replace(/([A-Z])([A-Z]*)_?/g, (_, first: string, rest: string) => first + rest.toLowerCase())
}

const exported = library as unknown as Record<string, FailureClass>

describe('The class of', () => {
  for (const status of failureStatuses) {
    const className = classNameOf(status)
    const { options = {}, headers = {} } = required[status.code] ?? {}

    describe(`${status.code} ${status.phrase}`, () => {
      it(`is ${className}`, () => {
        expect(exported[className]).to.be.a('function')
        expect(createFailure(status.code as number)).to.be.instanceOf(exported[className])
      })

      class Subclass extends (exported[className] as FailureClass) {}

      for (const Class of [exported[className] as FailureClass, Subclass]) {
        describe(Class.name, () => {
          const failure = new Class(options)

          it('is a Failure and an Error', () => {
            expect(failure).to.be.instanceOf(Failure)
            expect(failure).to.be.instanceOf(Error)
            expect(failure).to.be.instanceOf(exported[className])
          })

          it('has the name of its class', () => {
            expect(failure.name).to.equal(Class.name)
            expect(String(failure)).to.equal(`${Class.name}: ${status.phrase}`)
            expect(failure.stack).to.match(new RegExp(`^${Class.name}: `))
          })

          it('has the status as status and statusCode', () => {
            expect(failure.status).to.equal(status.code)
            expect(failure.statusCode).to.equal(status.code)
          })

          it('defaults to the phrase as message and title, and no detail', () => {
            expect(failure.message).to.equal(status.phrase)
            expect(failure.title).to.equal(status.phrase)
            expect(failure.detail).to.equal(undefined)
          })

          it('has the required headers', () => {
            expect(failure.headers).to.deep.equal(headers)
          })

          it('has the headers option in addition to the required headers', () => {
            const more = new Class({ ...options, headers: { 'X-Shelf': '3' } })
            expect(more.headers).to.deep.equal({ 'X-Shelf': '3', ...headers })
          })

          it('accepts (detail, options) and (options)', () => {
            const cause = new Error('cause')
            const detailed = new Class('Something went wrong.', { ...options, cause })
            expect(detailed.message).to.equal('Something went wrong.')
            expect(detailed.detail).to.equal('Something went wrong.')
            expect(detailed.cause).to.equal(cause)
            expect(detailed.headers).to.deep.equal(headers)
            const undetailed = new Class({ ...options, cause })
            expect(undetailed.detail).to.equal(undefined)
            expect(undetailed.cause).to.equal(cause)
          })

          it('converts to a response with its problem details', async () => {
            const response = new Class('Something went wrong.', { ...options, expose: true }).toResponse()
            expect(response.status).to.equal(status.code)
            expect(response.headers.get('content-type')).to.equal('application/problem+json')
            expect(await response.json()).to.deep.equal({
              type: 'about:blank',
              title: status.phrase,
              status: status.code,
              detail: 'Something went wrong.',
            })
          })
        })
      }
    })
  }

  it('each status has a doc comment that matches its row, and an example that throws it', () => {
    const sources = ['client', 'server'].map((side) => readFileSync(`src/failure/${side}-failures.ts`, 'utf8')).join()
    for (const status of failureStatuses) {
      const { code, phrase, description, reference } = status
      const sentence = description.charAt(0).toLowerCase() + description.slice(1)
      const name = classNameOf(status)
      const doc = `/**\n * **${code} ${phrase}** · ${sentence} ${reference}\n *\n * @example throw new ${name}(`
      const [, after = ''] = sources.split(doc)
      expect(after.split('\n').slice(1, 3).join('\n'), name).to.contain(` */\nexport class ${name} extends `)
    }
  })

  it('each status is exported', () => {
    const classNames = failureStatuses.map(classNameOf)
    const isClassName = (name: string) => classNames.includes(name)
    expect(Object.keys(library).filter(isClassName).sort()).to.deep.equal([...classNames].sort())
  })
})
