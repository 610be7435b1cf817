import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect } from 'chai'
import { Project } from './project.js'

// The source maps of the installed package refer to its sources, which are installed as well.

interface SourceMap {
  readonly file: string
  readonly sources: readonly string[]
  readonly sourcesContent?: readonly (string | null)[]
}

describe('The maps', () => {
  let project: Project
  let root: string
  let files: string[]

  before(() => {
    project = new Project('maps')
    root = project.path('node_modules/http-failure')
    files = readdirSync(root, { recursive: true }) as string[]
  })

  it('refer to sources in the package, without a second copy of their content', () => {
    const maps = files.filter((file) => file.endsWith('.map'))
    expect(maps).to.include.members(['dist/esm/core.js.map', 'dist/cjs/core.js.map'])
    for (const path of maps) {
      const { sources, sourcesContent } = JSON.parse(readFileSync(join(root, path), 'utf8')) as SourceMap
      expect(sources, path).not.to.deep.equal([])
      expect(sourcesContent, path).to.equal(undefined)
      for (const source of sources) {
        const file = resolve(root, dirname(path), source)
        expect(existsSync(file), `${path}: ${source}`).to.equal(true)
        expect(file.startsWith(join(root, 'src')), `${path}: ${source}`).to.equal(true)
      }
    }
  })

  it('exist for every file except those without source code', () => {
    const mapOf = (file: string) => /\/\/# sourceMappingURL=(.+)\s*$/.exec(readFileSync(join(root, file), 'utf8'))?.[1]
    const withoutMap = files
      .filter((file) => /^dist\/.*\.js$/.test(file))
      .filter((file) => {
        const map = mapOf(file)
        if (map !== undefined) expect(existsSync(join(root, dirname(file), map)), file).to.equal(true)
        return map === undefined
      })
    const reexports = ['cjs', 'esm'].flatMap((format) =>
      ['index.js', 'status/index.js', 'node/index.js'].map((file) => `dist/${format}/${file}`),
    )
    expect(withoutMap).to.have.members(reexports)
  })

  for (const [format, load] of [
    ['mjs', `import { readJson } from 'http-failure'`],
    ['cjs', `const { readJson } = require('http-failure')`],
  ] as const) {
    it(`let Node show the source of an error thrown by the package (${format})`, () => {
      const source = `${load}
        readJson(new Request('http://localhost'), undefined, { limit: -1 })
          .catch(({ stack }) => console.log(JSON.stringify(stack)))`
      const flags = ['--enable-source-maps', '--no-experimental-require-module']
      const stack = project.printed(`stack.${format}`, source, ...flags) as string
      const [, file, line] = /([^\s(]+\/http-failure\/src\/validation\/read-json\.ts):(\d+)/.exec(stack) ?? []
      expect(file, stack).to.equal(join(root, 'src/validation/read-json.ts'))
      expect(readFileSync(file as string, 'utf8').split('\n')[Number(line) - 1]).to.contain('RangeError')
    })
  }
})
