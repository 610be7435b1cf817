import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect } from 'chai'

// The table in CONTRIBUTING.md lists the modules of src/: each may import from the modules above it.

const modules = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `src\/([a-z]+)\/` \|/gm)].map(
  ([, name]) => name,
)
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

const moduleOf = (file: string) => (file.includes('/') ? file.split('/')[0] : undefined)

/** The files that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = readFileSync(join('src', file), 'utf8').matchAll(
    /^(?:import|export|\}) .*?from '(\.[^']+)\.js'$/gm,
  )
  return [...specifiers].map(([, path]) => relative('src', join('src', dirname(file), `${path}.ts`)))
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
