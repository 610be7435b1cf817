import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Project } from './project.js'

// The package on Node by itself: as ES modules, in CommonJS, and as both in one process.

const CORE = `
  const failure = new NotFound('There is no such book.')
  const { status, headers, body } = new FailureResponder({ represent: byAccept(problemJson, text) })
    .toReply(failure, { method: 'GET', url: '/', headers: { accept: 'text/plain' } })
  console.log(JSON.stringify([HttpStatus.NOT_FOUND, isFailure(failure), status, headers['Content-Type'], body]))`

const PRINTED = [404, true, 404, 'text/plain; charset=utf-8', '404 Not Found\n\nThere is no such book.\n']

const NAMES = '{ FailureResponder, HttpStatus, isFailure, NotFound }'

// Node before 20.19 and 22.12, and whoever switches it off, cannot require() ES modules, and does not know the condition
// `module-sync`: what is imported and what is required are two copies then.
const TWO_COPIES = '--no-experimental-require-module'

describe('On Node', () => {
  let project: Project
  before(() => {
    project = new Project('node')
  })

  it('is installed with what reads `Accept` and a package of types, and nothing of a framework', () => {
    expect(project.installed()).to.deep.equal(['@standard-schema/spec', 'content-type', 'http-failure', 'negotiator'])
  })

  it('is imported', () => {
    const source = `
      import ${NAMES} from 'http-failure'
      import { byAccept, problemJson, text } from 'http-failure/representations'${CORE}`
    expect(project.printed('imports.mjs', source)).to.deep.equal(PRINTED)
    expect(project.printed('imports.mjs', source, TWO_COPIES)).to.deep.equal(PRINTED)
  })

  it('is required', () => {
    const source = `
      const ${NAMES} = require('http-failure')
      const { byAccept, problemJson, text } = require('http-failure/representations')${CORE}`
    expect(project.printed('requires.cjs', source)).to.deep.equal(PRINTED)
    expect(project.printed('requires.cjs', source, TWO_COPIES)).to.deep.equal(PRINTED)
  })

  it('is imported where Nest is missing, except for the entry for Nest, which says what it wants', () => {
    expect(() => project.printed('nest.mjs', `import 'http-failure/nestjs'`)).to.throw(
      /Cannot find package '(@nestjs\/\w+|rxjs)'/,
    )
  })

  it('has no entries beside those that it names', () => {
    expect(() => project.printed('deep.mjs', `import 'http-failure/dist/esm/core.js'`)).to.throw(
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    )
  })

  it('is few files, so that it is there quickly', () => {
    const source = (entry: string) => `
      require('${entry}')
      const ours = Object.keys(require.cache).filter((file) => file.includes('http-failure/dist'))
      console.log(JSON.stringify(ours.map((file) => file.split('/dist/')[1]).sort()))`
    expect(project.printed('files.cjs', source('http-failure'), TWO_COPIES)).to.have.members([
      'cjs/core.js',
      'cjs/index.js',
    ])
    expect(project.printed('files.cjs', source('http-failure/representations'), TWO_COPIES)).to.have.members([
      'cjs/core.js',
      'cjs/representations/index.js',
      'cjs/rolldown-runtime.js', // for Negotiator, which is no module
    ])
    const built = readdirSync(project.path('node_modules/http-failure/dist/esm'), { recursive: true }) as string[]
    expect(built.filter((file) => file.endsWith('.js'))).to.have.length(1 + 3)
  })

  it('names the source that has a side effect, and it is there', () => {
    const root = project.path('node_modules/http-failure')
    const { sideEffects } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { sideEffects: string[] }
    expect(sideEffects.filter((file) => !existsSync(`${root}/${file}`))).to.deep.equal([])
    expect(sideEffects).to.have.length(1)
  })

  it('has declarations for every entry, beside the code, in both formats', () => {
    for (const format of ['esm', 'cjs']) {
      for (const entry of ['index', 'nestjs/index', 'representations/index']) {
        for (const suffix of ['js', 'd.ts', 'd.ts.map']) {
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
      const told = (a, b) => {
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
      console.log(JSON.stringify([imported.Failure === required.Failure, told(imported, required), told(required, imported)]))`

    const told = {
      failure: true,
      isFailure: true,
      notFound: true,
      conflict: false,
      other: false,
      status: 404,
      detail: 'There is no such book.',
      caught: 404,
    }

    it('is one module', () => {
      expect(project.printed('both.mjs', BOTH)).to.deep.equal([true, told, told])
    })

    it('knows the failures of its other copy, where there are two; `instanceof` of a subclass holds within one', () => {
      const across = { ...told, notFound: false }
      expect(project.printed('both.mjs', BOTH, TWO_COPIES)).to.deep.equal([false, across, across])
    })
  })
})
