import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { Controller, Get, type INestApplication, Module, NotFoundException } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { expect } from 'chai'
import { Conflict } from '../../src/index.js'
import { exportedNames } from '../package/exported-names.js'
import { exportsOf } from './run-snippet.js'
import { errorsIn, isUsed, rowsIn } from './snippets.js'

// The tables of "coming from": both sides of a row are compiled, run, and held against each other.

/** How each package is imported by those who come from it; Python and Spring are not run. */
const PACKAGES: Readonly<Record<string, (code: string) => string>> = {
  "Nest's `HttpException`": named('@nestjs/common'),
  '`http-errors`': () => `declare const require: (name: string) => any\nconst createError = require('http-errors')\n`,
  Boom: () => `import * as Boom from '@hapi/boom'\n`,
  '`http-status-codes`': named('http-status-codes'),
  '`nest-problem-details-filter`': (code) => named('nest-problem-details-filter')(code) + named('@nestjs/core')(code),
}

const guide = readFileSync('guides/coming-from.md', 'utf8')
const sections = guide.split(/^## /m).slice(1).map(sectionOf)
const ours = exportedNames()

describe('guides/coming-from.md', function () {
  this.timeout(60_000)

  it('has a table for each of seven', () => {
    expect(sections.filter(({ rows }) => rows.length > 0)).to.have.lengthOf(7)
  })

  it('names the versions that are installed', () => {
    for (const [, name, version] of guide.matchAll(/^With `(.+?)` (\d+\.\d+\.\d+)/gm)) {
      expect(require(`${process.cwd()}/node_modules/${name}/package.json`).version, name).to.equal(version)
    }
  })

  it('has no line that does not compile', () => {
    const theirs = sections.flatMap(({ title, rows }) => {
      const imports = PACKAGES[title]
      return imports === undefined ? [] : rows.map(({ before }) => asFunction(before, imports(before)))
    })
    const mine = sections.flatMap(({ rows }) => rows.map(({ after }) => asFunction(after, ourImports(after))))
    expect(theirs.length).to.be.greaterThan(35)
    expect(errorsIn([...theirs, ...mine].map((code) => CONTEXT + code))).to.deep.equal([])
  })

  for (const { title, rows } of sections) {
    const imports = PACKAGES[title]
    if (imports === undefined) continue
    describe(title, () => {
      for (const { before, after } of rows) {
        it(`${before} → ${after}`, async () => {
          const come = await comesOf(before, imports(before))
          expect(await comesOf(after, ourImports(after))).to.deep.equal(come)
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

function ourImports(code: string): string {
  return (
    importOf(ours['.']?.values ?? [], 'http-failure', code) +
    importOf(ours['./nestjs']?.values ?? [], 'http-failure/nestjs', code)
  )
}

function importOf(names: readonly string[], module: string, code: string): string {
  const used = names.filter((name) => isUsed(name, code))
  return used.length === 0 ? '' : `import { ${used.join(', ')} } from '${module}'\n`
}

/** What both sides take from around them. */
const CONTEXT = `
declare const status: number
declare const cause: Error
declare const error: unknown
declare const app: import('@nestjs/common').INestApplication
declare class OutOfStock extends Error { constructor(detail: string) }
`

/** A statement as it is, and an expression as what the function returns. */
function asFunction(code: string, imports: string): string {
  const isStatement = /^(throw|for|class) /.test(code)
  return `${imports}export const run = () => { ${isStatement ? code : `return (${code})`} }\n`
}

class OutOfStock extends Conflict {
  override get title() {
    return 'Out of stock'
  }
}

/** What comes of a line: the status that it throws, the value that it has, or the answer of the application that it sets up. */
async function comesOf(code: string, imports: string): Promise<unknown> {
  if (code.startsWith('app.')) return answerOf((app) => run(code, imports, { app }))
  const [thrown, value] = outcomeOf(() => run(code, imports, { error: errorOf(imports) }))
  return thrown === undefined ? value : statusOf(thrown)
}

function run(code: string, imports: string, around: Readonly<Record<string, unknown>>): unknown {
  const globals = { status: 423, cause: new Error('what really happened'), OutOfStock, ...around }
  return exportsOf(asFunction(code, imports.replace(/^declare .*\n/m, '')), globals)['run']()
}

function outcomeOf(act: () => unknown): [thrown: unknown, value?: unknown] {
  try {
    return [undefined, act()]
  } catch (error) {
    return [error]
  }
}

/** An error of the package that is asked whether it knows it. */
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

async function answerOf(setUp: (app: INestApplication) => unknown) {
  const app = await NestFactory.create(Bookshop, { logger: false })
  setUp(app)
  await app.listen(0)
  try {
    const { status, headers } = await fetch(await app.getUrl())
    return { status, type: headers.get('Content-Type')?.replace(/;.*/, '') }
  } finally {
    await app.close()
  }
}
