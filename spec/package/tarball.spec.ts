import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect } from 'chai'
import { buildOnce } from './build-once.js'

// The package as users get it: packed, and installed in a project.

const CORE = `
const failure = new NotFound('There is no such book.')
console.log(JSON.stringify([failure.name, failure.toProblem(), HttpStatus.NOT_FOUND, failure instanceof Failure]))`

const EXPECTED = [
  'NotFound',
  { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no such book.' },
  404,
  true,
]

describe('The packed tarball', function () {
  this.timeout(180_000)

  let directory: string
  let tarball: string

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'http-failure-'))
    buildOnce()
    run('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], '.')
    tarball = join(directory, readdirSync(directory).find((name) => name.endsWith('.tgz')) as string)
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  it('contains the build, the sources for its source maps and the guides, but no specs or tools', () => {
    const files = filesOf(tarball)
    expect(files).to.include.members([
      'package/package.json',
      'package/README.md',
      'package/LICENSE',
      'package/CHANGELOG.md',
      'package/dist/esm/index.js',
      'package/dist/esm/index.d.ts',
      'package/dist/esm/core.js.map',
      'package/dist/cjs/index.js',
      'package/dist/cjs/index.d.ts',
      'package/dist/cjs/package.json',
      'package/src/index.ts',
      'package/guides/nestjs.md',
    ])
    expect(
      files.filter((file) => /^package\/(spec|scripts|bench\/.*js|guides\/.*ts|node_modules|coverage|\.)/.test(file)),
    ).to.deep.equal([])
  })

  it('contains the pages and pictures that its pages link to', () => {
    const files = filesOf(tarball)
    for (const page of files.filter((file) => file.endsWith('.md'))) {
      const text = run('tar', ['-xzOf', tarball, page])
        .replace(/^```.*?^```$/gms, '')
        .replace(/`[^`\n]*`/g, '')
      for (const [, link, image] of text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)|\b(?:src|srcset)="([^":]+)"/g)) {
        expect(files, page).to.include(join(dirname(page), (link ?? image) as string))
      }
    }
  })

  it('has at most 345 files, and 1.9 MB', () => {
    const sizes = run('tar', ['-tvzf', tarball])
      .trim()
      .split('\n')
      .map((line) => Number(line.split(/\s+/)[2]))
    expect(sizes).to.have.length.at.most(345)
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.at.most(1_900_000)
  })

  it('passes publint --strict', () => {
    expect(run('npx', ['publint', '--strict', tarball], '.')).to.contain('All good!')
  })

  it('passes attw', () => {
    expect(run('npx', ['attw', tarball], '.')).to.contain('No problems found')
  })

  describe('in an ESM project', () => {
    let project: string
    before(() => {
      project = install('esm', 'module')
    })

    it('runs without a framework', () => {
      const source = `import { Failure, HttpStatus, NotFound } from 'http-failure'${CORE}`
      expect(JSON.parse(runSource(project, 'core.js', source))).to.deep.equal(EXPECTED)
    })

    it('is the same module for require() and import()', () => {
      const source = `
        import { createRequire } from 'node:module'
        import { Failure } from 'http-failure'
        console.log(createRequire(import.meta.url)('http-failure').Failure === Failure)`
      expect(runSource(project, 'both.js', source).trim()).to.equal('true')
    })

    it('defines Symbol.metadata, which standard decorators need', () => {
      const source = `import 'http-failure'\nconsole.log(typeof Symbol.metadata)`
      expect(runSource(project, 'metadata.js', source).trim()).to.equal('symbol')
    })

    it('compiles', () => compile(project))

    it('runs with Nest', () => {
      linkNest(project)
      const source = `
        import 'reflect-metadata'
        import { FailureFilter } from 'http-failure/nestjs'${NEST}`
      expect(JSON.parse(runSource(project, 'nest.js', source))).to.deep.equal(NEST_EXPECTED)
    })
  })

  describe('in a CommonJS project', () => {
    let project: string
    before(() => {
      project = install('cjs', 'commonjs')
    })

    it('runs without a framework', () => {
      const source = `const { Failure, HttpStatus, NotFound } = require('http-failure')${CORE}`
      expect(JSON.parse(runSource(project, 'core.js', source))).to.deep.equal(EXPECTED)
    })

    it('runs from dist/cjs, for Node versions without require() of ES modules', () => {
      const source = `
        const path = require('node:path')
        const root = path.dirname(require.resolve('http-failure/package.json'))
        const { Failure, HttpStatus, NotFound } = require(path.join(root, 'dist/cjs/index.js'))${CORE}`
      expect(JSON.parse(runSource(project, 'old.js', source))).to.deep.equal(EXPECTED)
    })

    it('compiles', () => compile(project))

    it('runs with Nest', () => {
      linkNest(project)
      const source = `
        require('reflect-metadata')
        const { FailureFilter } = require('http-failure/nestjs')${NEST}`
      expect(JSON.parse(runSource(project, 'nest.js', source))).to.deep.equal(NEST_EXPECTED)
    })
  })

  /** Creates a project with only this package installed. */
  function install(name: string, type: 'module' | 'commonjs'): string {
    const project = join(directory, name)
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name, private: true, type }))
    run('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', tarball], project)
    return project
  }
})

const NEST = `
const sent = {}
const response = {
  headersSent: false, setHeader: () => undefined, getHeader: () => undefined, getHeaderNames: () => [],
  end: (body) => { sent.body = JSON.parse(body) },
}
const http = { getRequest: () => ({ method: 'GET', url: '/' }), getResponse: () => response }
new FailureFilter({ onFailure: () => undefined })
  .catch(new Error('secret'), { getType: () => 'http', switchToHttp: () => http })
console.log(JSON.stringify([response.statusCode, sent.body]))`

const NEST_EXPECTED = [500, { type: 'about:blank', title: 'Internal Server Error', status: 500 }]

/** Compiles a module that uses both entries, and checks the declarations of the package. */
function compile(project: string): void {
  linkNest(project)
  link(project, '@types/node', 'undici-types')
  writeFileSync(
    join(project, 'index.ts'),
    `
    import { CatchingFailure, Extension, HttpStatus, NotFound } from 'http-failure'
    import { FailureFilter } from 'http-failure/nestjs'
    export class UnknownBook extends NotFound {
      @Extension() readonly isbn: string = '1'
    }
    export class Books {
      @CatchingFailure()
      show(): string | Response {
        throw new UnknownBook()
      }
    }
    export const notFound: 404 = HttpStatus.of(404).code
    export const filter = new FailureFilter()
    `,
  )
  const options = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    noEmit: true,
    types: ['node'],
    skipLibCheck: false,
  }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['index.ts'] }))
  run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', project], project)
}

function linkNest(project: string): void {
  link(project, '@nestjs', 'reflect-metadata', 'rxjs')
}

function filesOf(tarball: string): string[] {
  return run('tar', ['-tzf', tarball]).trim().split('\n')
}

/** Links the project to packages in node_modules, so that they need not be downloaded. */
function link(project: string, ...names: string[]): void {
  for (const name of names) {
    const target = join(project, 'node_modules', name)
    rmSync(target, { recursive: true, force: true })
    mkdirSync(resolve(target, '..'), { recursive: true })
    symlinkSync(resolve('node_modules', name), target)
  }
}

function runSource(project: string, name: string, source: string): string {
  writeFileSync(join(project, name), source)
  return run(process.execPath, [name], project)
}

function run(command: string, args: readonly string[], cwd = '.'): string {
  // Child processes must not be included in the coverage.
  const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
