import { expect } from 'chai'
import { HttpStatus } from '../../src/index.js'
import { exportedNames, entries as packageEntries } from '../package/exported-names.js'
import { documentedNames } from './doc-comments.js'
import { errorsIn, isUsed } from './snippets.js'

const CONTEXT = './example-context.js'
const MODULES: Readonly<Record<string, string>> = {
  '.': 'http-failure',
  './nestjs': 'http-failure/nestjs',
  './representations': 'http-failure/representations',
  './status': 'http-failure/status',
  context: CONTEXT,
}

describe('The doc comments', function () {
  this.timeout(120_000)

  const documented = documentedNames()

  it('say what every exported name is, in a sentence that comes first', () => {
    const silent = documented.filter(({ comment }) => !/^[*A-Z]/.test(comment))
    expect(silent.map(({ name }) => name)).to.deep.equal([])
  })

  it('show every exported name in an example of its own', () => {
    const shown = (name: string, code: string) => new RegExp(`\\b${name}\\b`).test(code)
    const isStatusCode = (name: string) => name in HttpStatus // whose names are the example
    const unseen = documented.filter(({ name, comment, examples }) => {
      if (isStatusCode(name)) return false
      return !comment.includes('@example') || !examples.some((code) => shown(name, code) || usesOptions(name, code))
    })
    expect(unseen.map(({ name }) => name)).to.deep.equal([])
  })

  it('show each failure in an example that no other failure has', () => {
    const thrown = documented.flatMap(({ name, examples }) =>
      examples.filter((code) => code.startsWith(`throw new ${name}(`)),
    )
    const failures = [...HttpStatus].filter(({ code }) => code >= 400)
    expect(new Set(thrown).size).to.equal(thrown.length).and.to.equal(failures.length)
  })

  it('have no example that does not compile', () => {
    const sources = exportedNames({ ...packageEntries, context: 'spec/readme/example-context.ts' })
    const modules = documented.flatMap(({ examples }) => examples).map((code) => asModule(code, sources))
    expect(errorsIn(modules)).to.deep.equal([])
  })
})

/** Options are shown where they are used, by a name of their own or without one. */
function usesOptions(name: string, code: string): boolean {
  return name.endsWith('Options') && code.includes('{')
}

type Sources = ReturnType<typeof exportedNames>

/** An example as a function of a module that imports what the example uses. */
function asModule(code: string, sources: Sources): string {
  const imported = new Set<string>()
  const imports = Object.entries(sources).map(([entry, { values, types }]) => {
    const isNew = (name: string) => isUsed(name, code) && !imported.has(name)
    const names = [...values.filter(isNew), ...types.filter(isNew).map((name) => `type ${name}`)]
    for (const name of names) imported.add(name.replace('type ', ''))
    return `import { ${names.join(', ')} } from '${MODULES[entry]}'\n`
  })
  return `${imports.join('')}export async function example() {\n${code}\n}\n`
}
