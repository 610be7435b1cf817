import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { asInstalled, blocksIn, errorsIn } from './snippets.js'

const names = readdirSync('guides')
const textOf = (name: string) => readFileSync(join('guides', name), 'utf8')

describe('The guides', () => {
  for (const example of readdirSync('examples/observability')) {
    it(`show the whole of examples/observability/${example}, which is run elsewhere`, () => {
      const source = readFileSync(join('examples/observability', example), 'utf8')
      expect(blocksIn(textOf(example.replace('.ts', '.md')), 'ts')[0]).to.equal(asInstalled(source))
    })
  }

  it('have no snippet that does not compile', function () {
    this.timeout(60_000)
    expect(errorsIn(names.flatMap((name) => blocksIn(textOf(name), 'ts')))).to.deep.equal([])
  })

  for (const name of names) {
    it(`name no file that is not there (${name})`, () => {
      for (const [, path] of textOf(name).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
        expect(existsSync(join('guides', path as string)), path).to.equal(true)
      }
    })
  }
})
