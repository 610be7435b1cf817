import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'

// Every page that a reader may come to, and whatever it leads to.

const pages = ['.', 'guides', 'examples', 'bench'].flatMap((folder) => pagesIn(folder))
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

for (const page of pages) {
  describe(page, () => {
    const text = withoutCode(readFileSync(page, 'utf8'))

    it('leads to files that are there, and to headings that they have', () => {
      for (const [path, anchor] of linksIn(text)) {
        const target = path === '' ? page : join(dirname(page), path)
        if (isToCome(target)) continue
        expect(existsSync(target), `${path} of ${page}`).to.equal(true)
        if (anchor !== undefined) expect(anchorsOf(target), `${path}#${anchor}`).to.include(anchor)
      }
    })

    it('has a footnote for each mark, and a mark for each footnote', () => {
      const [notes, marks] = [/^\[\^(\w+)\]:/gm, /(?<!^)\[\^(\w+)\](?!:)/gm].map((pattern) => {
        return new Set([...text.matchAll(pattern)].map(([, name]) => name))
      })
      expect(marks).to.deep.equal(notes)
    })

    it('names no command that is not there', () => {
      for (const [, script] of readFileSync(page, 'utf8').matchAll(/npm run ([a-z:]+)/g)) {
        expect(scripts).to.have.property(script as string)
      }
    })
  })
}

function pagesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '')
}

/** The relative links, and the pictures: path and anchor. */
function linksIn(text: string): [path: string, anchor: string | undefined][] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"/g)]
  return links
    .map(([, link, picture]) => (link ?? picture) as string)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.split('#') as [string, string | undefined])
}

/** The results of the benchmarks come with the benchmarks. */
function isToCome(path: string): boolean {
  return path === 'bench/RESULTS.md' && !existsSync('bench')
}

/** The anchors that GitHub makes of the headings. */
function anchorsOf(path: string): string[] {
  const headings = readFileSync(path, 'utf8')
    .replace(/^```.*?^```$/gms, '')
    .matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  )
}
