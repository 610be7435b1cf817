import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { defineConfig } from 'rolldown'

// Builds both module formats from the same sources, in few files, so that importing is fast. rollup.config.js builds the
// declarations.

export const formats = { esm: 'esm', cjs: 'cjs' }

const { exports, dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

const entries = Object.keys(exports).filter((entry) => entry !== './package.json')

/** `./nestjs` is built from src/nestjs/index.ts to nestjs/index.js. */
export const input = Object.fromEntries(
  entries.map((entry) => [posix.join(entry, 'index'), posix.join('src', entry, 'index.ts')]),
)

/** The packages that are not bundled. */
export const external = [/^node:/, ...Object.keys({ ...dependencies, ...peerDependencies })]

/**
 * The files that entries share: the modules that match, with everything these import. All others are in the files of their
 * entries. An adapter is never in a shared file, so that `http-failure` imports no framework.
 */
export const shared = [
  // Not in the core: bundles of failures need no descriptions of statuses (3 KB), and bundles of statuses no failures.
  { name: 'statuses', test: /src[\\/]status[\\/](?:codes|http-status)\.ts$/ },
  {
    name: 'core',
    // Decorated routes write replies, too.
    test: /src[\\/](?:(?:problem|reply|failure|validation|responder|catching|client)[\\/]|node[\\/](?!index|write-response))/,
  },
]

export default defineConfig(
  Object.entries(formats).map(([directory, format]) => ({
    input,
    external,
    platform: 'neutral',
    optimization: { inlineConst: true }, // an imported constant takes longer to read
    output: {
      dir: `dist/${directory}`,
      format,
      exports: 'named',
      dynamicImportInCjs: false, // Jest has no `import()` in CommonJS
      sourcemap: true,
      sourcemapExcludeSources: true, // src/ is in the package
      comments: { legal: true, annotation: true, jsdoc: false }, // the declarations contain the doc comments
      cleanDir: true,
      chunkFileNames: '[name].js',
      codeSplitting: { groups: shared },
      minifyInternalExports: false, // `import { NotFound }` rather than `import { T as NotFound }`
    },
    plugins: format === 'cjs' ? [commonJsSources(), commonJsPackage()] : [],
  })),
)

/** `a.commonjs.ts` replaces `a.ts` where the formats need different code. */
function commonJsSources() {
  return {
    name: 'commonjs-sources',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.')) return null
      const file = join(dirname(importer), source.replace(/\.js$/, '.commonjs.ts'))
      return existsSync(file) ? file : null
    },
  }
}

/** Marks the files beside it as CommonJS for Node and TypeScript. */
function commonJsPackage() {
  return {
    name: 'commonjs-package',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
    },
  }
}
