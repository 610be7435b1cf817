import { build } from 'esbuild'
import { gzip } from 'pako'

/** What a bundler makes of an import: the minified bytes, the gzipped ones, and the minified ones by file. */
export async function bundle(source) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'esm',
    platform: 'node', // as some of the peers need it
    metafile: true,
    write: false,
  })
  const [{ contents }] = outputFiles
  const [{ inputs }] = Object.values(metafile.outputs)
  // In JavaScript, so that the same bytes come out of every Node and on every processor: a budget depends on them.
  return { minified: contents.length, gzipped: gzip(contents, { level: 9 }).length, inputs }
}
