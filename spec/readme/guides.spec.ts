import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { asInstalled, blocksIn, errorsIn } from './snippets.js'
import { guideWithStatusTable, STATUSES } from './status-table.js'

const names = readdirSync('guides').filter((name) => name.endsWith('.md'))
const textOf = (name: string) => readFileSync(join('guides', name), 'utf8')

describe('The guides', () => {
  for (const example of readdirSync('examples/observability')) {
    it(`show examples/observability/${example} in full`, () => {
      const source = readFileSync(join('examples/observability', example), 'utf8')
      expect(blocksIn(textOf(example.replace('.ts', '.md')), 'ts')[0]).to.equal(asInstalled(source))
    })
  }

  it('contain only snippets that compile', function () {
    this.timeout(60_000)
    expect(errorsIn(names.flatMap((name) => blocksIn(textOf(name), 'ts')))).to.deep.equal([])
  })

  it('contain an up-to-date table of statuses and classes (npm run accept updates it)', () => {
    expect(readFileSync(STATUSES, 'utf8')).to.equal(guideWithStatusTable())
  })

  it('are all listed in the table of contents and in the README', () => {
    for (const name of names.filter((name) => name !== 'README.md')) {
      expect(textOf('README.md'), name).to.contain(`](${name})`)
      expect(readFileSync('README.md', 'utf8'), name).to.contain(`](guides/${name})`)
    }
  })
})
