import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect } from 'chai'

// The table in CONTRIBUTING.md lists the modules of src/: each may import from the modules above it.

const modules = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `src\/([a-z]+)\/` \|/gm)].map(
  ([, name]) => name,
)
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const sources = new Map(files.map((file) => [file, readFileSync(join('src', file), 'utf8')]))

const moduleOf = (file: string) => (file.includes('/') ? file.split('/')[0] : undefined)

/** The files that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = sources.get(file)?.matchAll(/^(?:(?:import|export|\}) .*?from|import) '(\.[^']+)\.js'$/gm) ?? []
  return [...specifiers].map(([, path]) => relative('src', join('src', dirname(file), `${path}.ts`)))
}

/** The first import cycle that is reached from a file: the files on the way, the last one equal to an earlier one. */
function cycleFrom(file: string, way: readonly string[] = [], visited = new Set<string>()): string[] | undefined {
  if (way.includes(file)) return [...way, file]
  if (visited.has(file)) return undefined
  visited.add(file)
  for (const imported of importsOf(file)) {
    const cycle = cycleFrom(imported, [...way, file], visited)
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** The names that a file declares at its top level. */
function declaredIn(file: string): string[] {
  const declarations = /^(?:export )?(?:abstract |async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm
  // A type may have the name of its constant, and overloads share a name.
  return [...new Set([...(sources.get(file)?.matchAll(declarations) ?? [])].map(([, name]) => name as string))]
}

describe('The modules of src/', () => {
  it('are listed in CONTRIBUTING.md', () => {
    expect([...new Set(files.map(moduleOf))].filter(Boolean).sort()).to.deep.equal([...modules].sort())
  })

  for (const name of modules) {
    it(`${name} imports only from the modules above it`, () => {
      const imports = files.filter((file) => moduleOf(file) === name).flatMap(importsOf)
      const fromBelow = imports.filter((file) => modules.indexOf(moduleOf(file)) > modules.indexOf(name))
      expect([...fromBelow, ...imports.filter((file) => moduleOf(file) === undefined)]).to.deep.equal([])
    })
  }
})

describe('The files of src/', () => {
  it('have no import cycles, types included', () => {
    for (const file of files) expect(cycleFrom(file), file).to.equal(undefined)
  })

  it('declare each top-level name in one file only', () => {
    const declaring = new Map<string, string[]>()
    for (const file of files) {
      for (const name of declaredIn(file)) declaring.set(name, [...(declaring.get(name) ?? []), file])
    }
    expect([...declaring].filter(([, places]) => places.length > 1)).to.deep.equal([])
  })
})
