import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'

// Checks the links of all Markdown pages.

const pages = ['.', 'guides', 'examples', 'bench'].flatMap((folder) => pagesIn(folder))
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

for (const page of pages) {
  describe(page, () => {
    const text = withoutCode(readFileSync(page, 'utf8'))

    it('links only to existing files and headings', () => {
      for (const [path, anchor] of linksIn(text)) {
        const target = path === '' ? page : join(dirname(page), path)
        if (isMissingBenchmark(target)) continue
        expect(existsSync(target), `${path} of ${page}`).to.equal(true)
        if (anchor !== undefined) expect(anchorsOf(target), `${path}#${anchor}`).to.include(anchor)
      }
    })

    it('has a footnote for each reference, and a reference for each footnote', () => {
      const [notes, references] = [/^\[\^(\w+)\]:/gm, /(?<!^)\[\^(\w+)\](?!:)/gm].map((pattern) => {
        return new Set([...text.matchAll(pattern)].map(([, name]) => name))
      })
      expect(references).to.deep.equal(notes)
    })

    it('mentions only scripts that exist in package.json', () => {
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

/** The path and anchor of each relative link and image. */
function linksIn(text: string): [path: string, anchor: string | undefined][] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"/g)]
  return links
    .map(([, link, image]) => (link ?? image) as string)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.split('#') as [string, string | undefined])
}

/** The benchmark results are missing in a copy without the benchmarks. */
function isMissingBenchmark(path: string): boolean {
  return path === 'bench/RESULTS.md' && !existsSync('bench')
}

/** The anchors that GitHub generates for the headings. */
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
