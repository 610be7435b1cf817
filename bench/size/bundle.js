import { build } from 'esbuild'
import { gzip } from 'pako'

/** Bundles a source; returns its minified and gzipped size in bytes, and the minified size by file. */
export async function bundle(source) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'esm',
    platform: 'node', // some peers require it
    metafile: true,
    write: false,
  })
  const [{ contents }] = outputFiles
  const [{ inputs }] = Object.values(metafile.outputs)
  // pako is plain JavaScript, so the size is the same for every Node version and processor. The size budget relies on it.
  return { minified: contents.length, gzipped: gzip(contents, { level: 9 }).length, inputs }
}
