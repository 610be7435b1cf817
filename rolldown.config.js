import { dirname, resolve } from 'node:path'
import { build, defineConfig } from 'rolldown'

// Builds both module formats from the same sources, in few files, so that importing is fast. Declarations come from tsc.

const formats = { esm: 'esm', cjs: 'cjs' }

/**
 * The code that several entries share is one file. The status table is not part of it: bundles that contain failures only
 * should not contain its descriptions (3 KB), and bundles that contain statuses only should not contain failures.
 */
const shared = {
  name: 'core',
  test: /src[\\/](?!index\.ts$|status[\\/](?!failure-status)|nestjs[\\/]|node[\\/]write-response|representations[\\/])/,
}

const { HttpStatus } = await evaluated('src/status/http-status.ts')

export default defineConfig(
  Object.entries(formats).map(([directory, format]) => ({
    input: {
      index: 'src/index.ts',
      'nestjs/index': 'src/nestjs/index.ts',
      'representations/index': 'src/representations/index.ts',
      'status/index': 'src/status/index.ts',
    },
    external: [/^node:/, /^@nestjs\//, 'find-my-way', 'negotiator', 'rxjs'],
    platform: 'neutral',
    output: {
      dir: `dist/${directory}`,
      format,
      exports: 'named',
      dynamicImportInCjs: false, // Jest has no `import()` in CommonJS
      sourcemap: true,
      comments: { legal: true, annotation: true, jsdoc: false }, // the declarations contain the doc comments
      cleanDir: true,
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [shared] },
    },
    plugins: [
      inlinedConstants(),
      plainNamespaces(),
      statusesOfTheirEntry(),
      ...(format === 'cjs' ? [commonJsPackage()] : []),
    ],
  })),
)

/** Marks the files beside it as CommonJS for Node and TypeScript. */
function commonJsPackage() {
  return {
    name: 'commonjs-package',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
    },
  }
}

/**
 * Inlines status codes, as a compiler does with a `const enum`, so that failures don't depend on the status table. Source
 * maps refer to the unchanged sources.
 */
function inlinedConstants() {
  const withCodes = (code) => code.replace(/\bHttpStatus\.([A-Z_]+)\b/g, (_, name) => HttpStatus[name])
  const withoutUnusedImport = (code) => code.replace(/^import \{ HttpStatus \} from .*$(?![\s\S]*\bHttpStatus\b)/m, '')
  return {
    name: 'inlined-constants',
    transform: {
      filter: { id: /src[\\/](?!status[\\/])/ },
      handler: (code) => ({ code: withoutUnusedImport(withCodes(code)), map: null }),
    },
  }
}

/** Replaces `import * as` by a plain object. Rolldown would create a getter for each export on every import. */
function plainNamespaces() {
  return {
    name: 'plain-namespaces',
    transform: {
      filter: { code: 'import * as' },
      async handler(code, id) {
        for (const [line, namespace, module] of code.matchAll(/^import \* as (\w+) from '(.+)\.js'$/gm)) {
          const names = Object.keys(await evaluated(resolve(dirname(id), `${module}.ts`)))
          code = code.replace(line, `import { ${names} } from '${module}.js'; const ${namespace} = { ${names} }`)
        }
        return { code, map: null }
      },
    },
  }
}

/** Makes the other entries import the statuses from `status/index.js`, so that they exist once. */
function statusesOfTheirEntry() {
  return {
    name: 'statuses-of-their-entry',
    resolveId: {
      filter: { id: /\/status\/(?:index|http-status)\.js$/ },
      handler: (_, importer = '') => {
        if (/src[\\/]index\.ts$/.test(importer)) return { id: './status/index.js', external: true }
        return /src[\\/]nestjs[\\/]/.test(importer) ? { id: '../status/index.js', external: true } : null
      },
    },
  }
}

/** The exports of a source file. */
async function evaluated(input) {
  const { output } = await build({ input, write: false })
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
}
