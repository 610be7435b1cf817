import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { entries } from '../package/exported-names.js'
import { Project } from './project.js'

// The package on Node without a framework: as ES modules, as CommonJS, and as both in one process.

const CORE = `
  const failure = new NotFound('There is no such book.')
  const { status, headers, body } = new FailureResponder({ represent: byAccept(problemJson, text) })
    .toReply(failure, { method: 'GET', url: '/', headers: { accept: 'text/plain' } })
  console.log(JSON.stringify([HttpStatus.NOT_FOUND, isFailure(failure), status, headers['Content-Type'], body]))`

const PRINTED = [404, true, 404, 'text/plain; charset=utf-8', '404 Not Found\n\nThere is no such book.\n']

const NAMES = '{ FailureResponder, HttpStatus, isFailure, NotFound }'

// Node before 20.19 and 22.12, and Node with this flag, cannot require() ES modules and ignores the condition
// `module-sync`. The imported and the required package are then two copies.
const TWO_COPIES = '--no-experimental-require-module'

describe('The package on Node', () => {
  let project: Project
  before(() => {
    project = new Project('node')
  })

  it('installs only its dependencies', () => {
    expect(project.installed()).to.deep.equal([
      '@standard-schema/spec',
      'content-type',
      'fastify-plugin',
      'http-failure',
      'negotiator',
    ])
  })

  it('can be imported', () => {
    const source = `
      import ${NAMES} from 'http-failure'
      import { byAccept, problemJson, text } from 'http-failure/representations'${CORE}`
    expect(project.printed('imports.mjs', source)).to.deep.equal(PRINTED)
    expect(project.printed('imports.mjs', source, TWO_COPIES)).to.deep.equal(PRINTED)
  })

  it('can be required', () => {
    const source = `
      const ${NAMES} = require('http-failure')
      const { byAccept, problemJson, text } = require('http-failure/representations')${CORE}`
    expect(project.printed('requires.cjs', source)).to.deep.equal(PRINTED)
    expect(project.printed('requires.cjs', source, TWO_COPIES)).to.deep.equal(PRINTED)
  })

  it('reports the missing package when the Nest entry is imported without Nest', () => {
    expect(() => project.printed('nest.mjs', `import 'http-failure/nestjs'`)).to.throw(
      /Cannot find package '(@nestjs\/\w+|rxjs)'/,
    )
  })

  it('has no entries other than its exports', () => {
    expect(() => project.printed('deep.mjs', `import 'http-failure/dist/esm/core.js'`)).to.throw(
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    )
  })

  it('loads few files', () => {
    const source = (entry: string) => `
      require('${entry}')
      const loaded = Object.keys(require.cache).filter((file) => file.includes('http-failure/dist'))
      console.log(JSON.stringify(loaded.map((file) => file.split('/dist/')[1]).sort()))`
    expect(project.printed('files.cjs', source('http-failure'), TWO_COPIES)).to.have.members([
      'cjs/core.js',
      'cjs/index.js',
      'cjs/statuses.js',
    ])
    expect(project.printed('files.cjs', source('http-failure/status'), TWO_COPIES)).to.have.members([
      'cjs/status/index.js',
      'cjs/statuses.js',
    ])
    expect(project.printed('files.cjs', source('http-failure/representations'), TWO_COPIES)).to.have.members([
      'cjs/core.js',
      'cjs/representations/index.js',
      'cjs/statuses.js',
    ])
    const built = readdirSync(project.path('node_modules/http-failure/dist/esm'), { recursive: true }) as string[]
    expect(built.filter((file) => file.endsWith('.js'))).to.have.length(2 + Object.keys(entries).length)
  })

  it('lists its only source with a side effect in package.json', () => {
    const root = project.path('node_modules/http-failure')
    const { sideEffects } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { sideEffects: string[] }
    expect(sideEffects.filter((file) => !existsSync(`${root}/${file}`))).to.deep.equal([])
    expect(sideEffects).to.have.length(1)
  })

  it('has code and declarations for every entry in both formats', () => {
    for (const format of ['esm', 'cjs']) {
      for (const entry of Object.keys(entries).map((name) => join(name, 'index'))) {
        for (const suffix of ['js', 'd.ts']) {
          const file = project.path('node_modules/http-failure/dist', format, `${entry}.${suffix}`)
          expect(existsSync(file), file).to.equal(true)
        }
      }
    }
  })

  describe('imported and required in one process', () => {
    const BOTH = `
      import { createRequire } from 'node:module'
      import * as imported from 'http-failure'
      const required = createRequire(import.meta.url)('http-failure')
      const results = (a, b) => {
        const failure = new a.NotFound('There is no such book.')
        const { status, body } = new b.FailureResponder({ onFailure: () => undefined }).toReply(failure)
        class Books {
          find() { throw failure }
        }
        const { value: find, ...descriptor } = Object.getOwnPropertyDescriptor(Books.prototype, 'find')
        const decorated = { ...descriptor, value: find }
        b.CatchingFailure()(Books.prototype, 'find', decorated)
        return {
          failure: failure instanceof b.Failure,
          isFailure: b.isFailure(failure),
          notFound: failure instanceof b.NotFound,
          conflict: failure instanceof b.Conflict,
          other: new Error() instanceof b.Failure,
          status,
          detail: JSON.parse(body).detail,
          caught: decorated.value.call(new Books()).status,
        }
      }
      const isSame = imported.Failure === required.Failure
      console.log(JSON.stringify([isSame, results(imported, required), results(required, imported)]))`

    const expected = {
      failure: true,
      isFailure: true,
      notFound: true,
      conflict: false,
      other: false,
      status: 404,
      detail: 'There is no such book.',
      caught: 404,
    }

    it('is a single copy', () => {
      expect(project.printed('both.mjs', BOTH)).to.deep.equal([true, expected, expected])
    })

    it('recognizes failures of a second copy, except with instanceof of a subclass', () => {
      const acrossCopies = { ...expected, notFound: false }
      expect(project.printed('both.mjs', BOTH, TWO_COPIES)).to.deep.equal([false, acrossCopies, acrossCopies])
    })
  })
})
