import { expect } from 'chai'
import { HttpStatus } from '../../src/index.js'
import { exportedNames, entries as packageEntries } from '../package/exported-names.js'
import { documentedNames } from './doc-comments.js'
import { errorsIn, isUsed } from './snippets.js'

/** Declarations that examples use: of all entries, and of an adapter. */
const contexts = Object.fromEntries(
  ['./example-context', ...['node', 'express', 'fastify', 'koa', 'hono'].map((name) => `./contexts/${name}`)].map(
    (module) => [module, `spec/readme/${module}.ts`],
  ),
)

/** The name by which an example imports an entry of the package, or a context. */
function moduleName(source: string): string {
  return source in contexts ? `${source}.js` : source.replace('.', 'http-failure')
}

/** The sources of an entry's examples, in order of precedence. Adapters have names in common. */
function sourcesOf(entry: string): string[] {
  const core = ['.', './representations', './status', './nestjs', './example-context']
  return [...new Set([entry, entry.replace('./', './contexts/'), ...core])]
}

describe('The doc comments', function () {
  this.timeout(120_000)

  const documented = documentedNames()

  it('start with a sentence for every exported name', () => {
    const undocumented = documented.filter(({ comment }) => !/^[*A-Z]/.test(comment))
    expect(undocumented.map(({ name }) => name)).to.deep.equal([])
  })

  it('contain an example for every exported name', () => {
    const shown = (name: string, code: string) => new RegExp(`\\b${name}\\b`).test(code)
    const isStatusCode = (name: string) => name in HttpStatus // needs no example
    const withoutExample = documented.filter(({ name, comment, examples }) => {
      if (isStatusCode(name) || name === 'default') return false
      return !comment.includes('@example') || !examples.some((code) => shown(name, code) || usesOptions(name, code))
    })
    expect(withoutExample.map(({ name }) => name)).to.deep.equal([])
  })

  it('contain a unique example for each failure class', () => {
    const thrown = documented.flatMap(({ name, examples }) =>
      examples.filter((code) => code.startsWith(`throw new ${name}(`)),
    )
    const failures = [...HttpStatus].filter(({ code }) => code >= 400)
    expect(new Set(thrown).size).to.equal(thrown.length).and.to.equal(failures.length)
  })

  it('contain only examples that compile', () => {
    const sources = exportedNames({ ...packageEntries, ...contexts })
    const modules = documented.flatMap(({ entry, examples }) => examples.map((code) => asModule(entry, code, sources)))
    expect(errorsIn(modules)).to.deep.equal([])
  })
})

/** An example may use options as an object literal, without the name of their type. */
function usesOptions(name: string, code: string): boolean {
  return name.endsWith('Options') && code.includes('{')
}

type Sources = ReturnType<typeof exportedNames>

/** Converts an example to a module that imports the names used in the example. */
function asModule(entry: string, code: string, sources: Sources): string {
  const imported = new Set<string>()
  const imports = sourcesOf(entry).map((source) => {
    const { values, types } = sources[source] ?? { values: [], types: [] }
    const isNew = (name: string) => isUsed(name, code) && !imported.has(name)
    if (values.length + types.length === 0) return ''
    const names = [...values.filter(isNew), ...types.filter(isNew).map((name) => `type ${name}`)]
    for (const name of names) imported.add(name.replace('type ', ''))
    return `import { ${names.join(', ')} } from '${moduleName(source)}'\n`
  })
  return `${imports.join('')}export async function example() {\n${code}\n}\n`
}
