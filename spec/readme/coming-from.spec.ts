import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { Controller, Get, type INestApplication, Module, NotFoundException } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { expect } from 'chai'
import { Conflict, type ProblemType } from '../../src/index.js'
import { exportedNames } from '../package/exported-names.js'
import { exportsOf } from './run-snippet.js'
import { errorsIn, isUsed, rowsIn } from './snippets.js'

// Both sides of each row in the tables of "coming from" are compiled and run, and must have the same outcome.

/** The imports of each package. Python and Spring are not run. */
const PACKAGES: Readonly<Record<string, (code: string) => string>> = {
  "Nest's `HttpException`": named('@nestjs/common'),
  '`http-errors`': () => `declare const require: (name: string) => any\nconst createError = require('http-errors')\n`,
  Boom: () => `import * as Boom from '@hapi/boom'\n`,
  '`http-status-codes`': named('http-status-codes'),
  '`nest-problem-details-filter`': (code) => named('nest-problem-details-filter')(code) + named('@nestjs/core')(code),
}

const guide = readFileSync('guides/coming-from.md', 'utf8')
const sections = guide.split(/^## /m).slice(1).map(sectionOf)
const packageExports = exportedNames()

describe('guides/coming-from.md', function () {
  this.timeout(60_000)

  it('has seven tables', () => {
    expect(sections.filter(({ rows }) => rows.length > 0)).to.have.lengthOf(7)
  })

  it('states the installed versions', () => {
    for (const [, name, version] of guide.matchAll(/^With `(.+?)` (\d+\.\d+\.\d+)/gm)) {
      expect(require(`${process.cwd()}/node_modules/${name}/package.json`).version, name).to.equal(version)
    }
  })

  it('compiles', () => {
    const before = sections.flatMap(({ title, rows }) => {
      const imports = PACKAGES[title]
      return imports === undefined ? [] : rows.map((row) => asFunction(row.before, imports(row.before)))
    })
    const after = sections.flatMap(({ rows }) => rows.map((row) => asFunction(row.after, packageImports(row.after))))
    expect(before.length).to.be.greaterThan(35)
    expect(errorsIn([...before, ...after].map((code) => CONTEXT + code))).to.deep.equal([])
  })

  for (const { title, rows } of sections) {
    const imports = PACKAGES[title]
    if (imports === undefined) continue
    describe(title, () => {
      for (const { before, after } of rows) {
        it(`${before} is equivalent to ${after}`, async () => {
          const expected = await outcomeOf(before, imports(before))
          expect(await outcomeOf(after, packageImports(after))).to.deep.equal(expected)
        })
      }
    })
  }
})

interface Row {
  readonly before: string
  readonly after: string
}

function sectionOf(section: string): { readonly title: string; readonly rows: readonly Row[] } {
  const title = section.slice(0, section.indexOf('\n'))
  const rows = rowsIn(section).map(([before = '', after = '']) => ({ before: codeIn(before), after: codeIn(after) }))
  return { title, rows }
}

function codeIn(cell: string): string {
  return /^`(.+?)`/.exec(cell)?.[1] as string
}

function named(module: string): (code: string) => string {
  return (code) => importOf(Object.keys(require(module)), module, code)
}

function packageImports(code: string): string {
  return (
    importOf(packageExports['.']?.values ?? [], 'http-failure', code) +
    importOf(packageExports['.']?.types ?? [], 'http-failure', code).replace('import', 'import type') +
    importOf(packageExports['./nestjs']?.values ?? [], 'http-failure/nestjs', code)
  )
}

function importOf(names: readonly string[], module: string, code: string): string {
  const used = names.filter((name) => isUsed(name, code))
  return used.length === 0 ? '' : `import { ${used.join(', ')} } from '${module}'\n`
}

/** Declarations that the code in the tables uses. */
const CONTEXT = `
declare const status: number
declare const cause: Error
declare const error: unknown
declare const app: import('@nestjs/common').INestApplication
declare class OutOfStock extends Error { constructor(detail: string) }
`

/** Wraps code in a function: a statement as it is, an expression as the return value. */
function asFunction(code: string, imports: string): string {
  const isStatement = /^(throw|for|class) /.test(code)
  return `${imports}export const run = () => { ${isStatement ? code : `return (${code})`} }\n`
}

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = { title: 'Out of stock' }
}

/** The outcome of code: the status of the thrown error, the value, or the response of the configured application. */
async function outcomeOf(code: string, imports: string): Promise<unknown> {
  if (code.startsWith('app.')) return responseOf((app) => run(code, imports, { app }))
  const [thrown, value] = attempt(() => run(code, imports, { error: errorOf(imports) }))
  return thrown === undefined ? value : statusOf(thrown)
}

function run(code: string, imports: string, variables: Readonly<Record<string, unknown>>): unknown {
  const globals = { status: 423, cause: new Error('the underlying error'), OutOfStock, ...variables }
  return exportsOf(asFunction(code, imports.replace(/^declare .*\n/m, '')), globals)['run']()
}

function attempt(act: () => unknown): [thrown: unknown, value?: unknown] {
  try {
    return [undefined, act()]
  } catch (error) {
    return [error]
  }
}

/** An error of the imported package, for code that tests an error. */
function errorOf(imports: string): unknown {
  if (imports.includes('http-failure')) return new Conflict()
  if (imports.includes('boom')) return require('@hapi/boom').conflict()
  return imports.includes('http-errors') ? require('http-errors')(409) : new NotFoundException()
}

function statusOf(thrown: any): unknown {
  return thrown.getStatus?.() ?? thrown.output?.statusCode ?? thrown.status
}

@Controller()
class Books {
  @Get()
  show() {
    throw new NotFoundException('There is no such book.')
  }
}

@Module({ controllers: [Books] })
class Bookshop {}

async function responseOf(configure: (app: INestApplication) => unknown) {
  const app = await NestFactory.create(Bookshop, { logger: false })
  configure(app)
  await app.listen(0)
  try {
    const { status, headers } = await fetch(await app.getUrl())
    return { status, type: headers.get('Content-Type')?.replace(/;.*/, '') }
  } finally {
    await app.close()
  }
}
