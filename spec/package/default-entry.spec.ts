import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect } from 'chai'
import { createFailure } from '../../src/index.js'
import { buildOnce } from './build-once.js'

// An application that sends only JSON must not load or bundle the HTML page, the plain text and the Accept parser. A Nest
// application must not need the packages of transports that it doesn't use.

const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

describe('The built default entry', function () {
  this.timeout(180_000)

  before(buildOnce)

  for (const format of ['esm', 'cjs']) {
    it(`creates failures of the same name, title and status as the sources (${format})`, async () => {
      const { createFailure: built } = await import(resolve(`dist/${format}/index.js`))
      for (let status = 400; status < 600; status++) {
        const { name, title } = createFailure(status)
        expect(built(status), String(status)).to.include({ name, title, status })
      }
    })

    it(`imports no package, HTML page or Accept parser (${format})`, () => {
      const { files, packages } = importGraph(`dist/${format}/index.js`)
      expect([...packages]).to.deep.equal([])
      expect([...files]).not.to.include(`dist/${format}/representations/index.js`)
      for (const file of files) expect(readFileSync(file, 'utf8'), file).not.to.match(/<!doctype html>|negotiator/i)
    })

    it(`and all other files import only Node and declared packages, and contain none of them (${format})`, () => {
      const names = Object.keys({ ...dependencies, ...peerDependencies })
      for (const file of readdirSync(`dist/${format}`, { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.js')) continue
        const packages = [...importGraph(`dist/${format}/${file}`).packages].filter((name) => !name.startsWith('node:'))
        expect(names, file).to.include.members(packages)
        expect(readFileSync(`dist/${format}/${file}`, 'utf8'), file).not.to.contain('//#region node_modules')
      }
    })

    it(`shares files that import no package (${format})`, () => {
      const shared = readdirSync(`dist/${format}`).filter((file) => file.endsWith('.js') && file !== 'index.js')
      expect(shared).to.include.members(['core.js', 'statuses.js'])
      for (const file of shared) expect([...importGraph(`dist/${format}/${file}`).packages], file).to.deep.equal([])
    })

    it(`differs from the representations entry, which imports them (${format})`, () => {
      const { files, packages } = importGraph(`dist/${format}/representations/index.js`)
      expect([...packages]).to.deep.equal(['negotiator'])
      expect([...files].map((file) => readFileSync(file, 'utf8')).join('')).to.contain('<!doctype html>')
    })

    for (const [adapter, expected] of Object.entries({
      node: [],
      express: [],
      koa: [],
      hono: [],
      fastify: ['fastify-plugin'],
    })) {
      it(`is not the entry of ${adapter}, which imports no framework and no other adapter (${format})`, () => {
        const { files, packages } = importGraph(`dist/${format}/${adapter}/index.js`)
        expect([...packages]).to.deep.equal(expected)
        const entriesAmong = [...files].filter((file) => file.endsWith('/index.js'))
        expect(entriesAmong).to.deep.equal([`dist/${format}/${adapter}/index.js`])
      })
    }

    it(`is not the Nest entry, which imports Nest, rxjs and the optional find-my-way (${format})`, () => {
      const { packages } = importGraph(`dist/${format}/nestjs/index.js`)
      const others = [...packages].filter((name) => !name.startsWith('node:')).sort()
      expect(others).to.deep.equal(['@nestjs/common', '@nestjs/core', 'find-my-way', 'rxjs'])
    })
  }
})

/** The files and packages that a file imports, directly or indirectly. */
function importGraph(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set([entry])
  const packages = new Set<string>()
  for (const file of files) {
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('.')) files.add(join(dirname(file), specifier))
      else packages.add(specifier)
    }
  }
  return { files, packages }
}

/** The imports of a built file. rolldown writes one import per line, in double quotes. */
function importsOf(source: string): string[] {
  const pattern = /^(?:import|export)\b[^"'\n]*"([^"\n]+)";|^[^*\n]*\b(?:require|import)\("([^"\n]+)"\)/gm
  return [...source.matchAll(pattern)].map(([, declared, called]) => (declared ?? called) as string)
}
