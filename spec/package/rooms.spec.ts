import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect } from 'chai'

// The map of CONTRIBUTING.md is what the code is like: a room imports from those above it in the table.

const rooms = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `src\/([a-z]+)\/` \|/gm)].map(
  ([, room]) => room,
)
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

const roomOf = (file: string) => (file.includes('/') ? file.split('/')[0] : undefined)

/** The files that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = readFileSync(join('src', file), 'utf8').matchAll(
    /^(?:import|export|\}) .*?from '(\.[^']+)\.js'$/gm,
  )
  return [...specifiers].map(([, path]) => relative('src', join('src', dirname(file), `${path}.ts`)))
}

describe('The rooms of the code', () => {
  it('are those of the map', () => {
    expect([...new Set(files.map(roomOf))].filter(Boolean).sort()).to.deep.equal([...rooms].sort())
  })

  for (const room of rooms) {
    it(`${room} imports from the rooms before it alone`, () => {
      const others = files.filter((file) => roomOf(file) === room).flatMap(importsOf)
      const later = others.filter((file) => rooms.indexOf(roomOf(file)) > rooms.indexOf(room))
      expect([...later, ...others.filter((file) => roomOf(file) === undefined)]).to.deep.equal([])
    })
  }
})
