import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect } from 'chai'
import { createFailure } from '../../src/index.js'

// Whoever answers with JSON alone must neither load nor bundle the page, the text and the parser of Accept. Whoever uses
// Nest need not have the packages of every transport that the filter answers.

describe('The built default entry', function () {
  this.timeout(180_000)

  before(() => {
    const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
    execFileSync('npm', ['run', 'build'], { env, stdio: 'pipe' })
  })

  for (const format of ['esm', 'cjs']) {
    it(`has the phrases and the classes that the build writes out (${format})`, async () => {
      const { createFailure: built } = await import(resolve(`dist/${format}/index.js`))
      for (let status = 400; status < 600; status++) {
        const { name, title } = createFailure(status)
        expect(built(status), String(status)).to.include({ name, title, status })
      }
    })

    it(`reaches no package, neither the page nor the parser of Accept (${format})`, () => {
      const { files, packages } = reachedFrom(`dist/${format}/index.js`)
      expect([...packages]).to.deep.equal([])
      expect([...files]).not.to.include(`dist/${format}/representations/index.js`)
      for (const file of files) expect(readFileSync(file, 'utf8'), file).not.to.match(/<!doctype html>|negotiator/i)
    })

    it(`is told from the representations, which reach all of that (${format})`, () => {
      const { files, packages } = reachedFrom(`dist/${format}/representations/index.js`)
      expect([...packages]).to.deep.equal(['negotiator'])
      expect([...files].map((file) => readFileSync(file, 'utf8')).join('')).to.contain('<!doctype html>')
    })

    it(`is told from that for Nest, which reaches no package of a transport (${format})`, () => {
      const { packages } = reachedFrom(`dist/${format}/nestjs/index.js`)
      // The router of Fastify is imported when methodNotAllowed asks for it, and not before.
      const others = [...packages].filter((name) => !name.startsWith('node:') && name !== 'find-my-way').sort()
      expect(others).to.deep.equal(['@nestjs/common', '@nestjs/core', 'rxjs'])
    })
  }
})

/** The files and the packages that a file imports, and those that they import. */
function reachedFrom(entry: string): { files: Set<string>; packages: Set<string> } {
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

/** What a built file imports: rolldown writes one import to a line, and double quotes. */
function importsOf(source: string): string[] {
  const written = /^(?:import|export)\b[^"'\n]*"([^"\n]+)";|^[^*\n]*\b(?:require|import)\("([^"\n]+)"\)/gm
  return [...source.matchAll(written)].map(([, named, called]) => (named ?? called) as string)
}
