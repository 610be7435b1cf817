import { build, defineConfig } from 'rolldown'

// Both module formats from the same sources, in few files, so that an import is fast. The declarations come from tsc.

const formats = { esm: 'esm', cjs: 'cjs' }

/** Files that several entries share, by the first group that fits. */
const shared = [
  // A file of its own, since it alone has a side effect.
  { name: 'symbol-metadata', test: /symbol-metadata\.ts$/ },
  // What is said of the statuses is three kilobytes, which a bundle without HttpStatus shall not have.
  { name: 'http-status', test: /src[\\/]status[\\/](?!failure-phrases)/ },
  { name: 'core', test: /src[\\/](?!nestjs[\\/]|node[\\/]write-response|representations[\\/]|index\.ts$)/ },
]

const { HttpStatus } = await evaluated('src/status/http-status.ts')
const { failurePhrases } = await evaluated('src/status/failure-phrases.ts')

export default defineConfig(
  Object.entries(formats).map(([directory, format]) => ({
    input: {
      index: 'src/index.ts',
      'nestjs/index': 'src/nestjs/index.ts',
      'representations/index': 'src/representations/index.ts',
    },
    external: [/^node:/, /^@nestjs\//, 'find-my-way', 'negotiator', 'rxjs'],
    platform: 'neutral',
    output: {
      dir: `dist/${directory}`,
      format,
      exports: 'named',
      dynamicImportInCjs: false, // Jest has no `import()` in CommonJS
      sourcemap: true,
      cleanDir: true,
      chunkFileNames: '[name].js',
      codeSplitting: { groups: shared.map((group, index) => ({ ...group, priority: shared.length - index })) },
    },
    plugins: [writtenOut(), ...(format === 'cjs' ? [commonJsPackage()] : [])],
  })),
)

/** Tells Node and TypeScript that the files beside it are CommonJS. */
function commonJsPackage() {
  return {
    name: 'commonjs-package',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
    },
  }
}

/**
 * Writes out what failures need of the statuses, so that they do not carry the whole table: the codes, as a compiler
 * does with a `const enum`, and the phrases. The maps lead to the sources as they are.
 */
function writtenOut() {
  const withCodes = (code) => code.replace(/\bHttpStatus\.([A-Z_]+)\b/g, (_, name) => HttpStatus[name])
  return {
    name: 'written-out',
    transform: {
      filter: { id: /src[\\/](?:status[\\/]failure-phrases|(?!status[\\/]))/ },
      handler: (code, id) => ({
        code: id.endsWith('failure-phrases.ts')
          ? `export const failurePhrases = ${JSON.stringify(failurePhrases)}`
          : withCodes(code),
        map: null,
      }),
    },
  }
}

/** What a source file exports. */
async function evaluated(input) {
  const { output } = await build({ input, write: false })
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
}
