import { dirname, resolve } from 'node:path'
import { build, defineConfig } from 'rolldown'

// Both module formats from the same sources, in few files, so that an import is fast. The declarations come from tsc.

const formats = { esm: 'esm', cjs: 'cjs' }

/**
 * What the entries share is one file. The statuses stay with the default entry: what is said of them is three kilobytes,
 * which a bundle with nothing but failures shall not have, and a bundle with nothing but statuses no failures.
 */
const shared = {
  name: 'core',
  test: /src[\\/](?!index\.ts$|status[\\/](?!failure-phrase)|nestjs[\\/]|node[\\/]write-response|representations[\\/])/,
}

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
      comments: { legal: true, annotation: true, jsdoc: false }, // who reads them has them in the declarations
      cleanDir: true,
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [shared] },
    },
    plugins: [
      writtenOut(),
      plainNamespaces(),
      statusesOfDefaultEntry(),
      ...(format === 'cjs' ? [commonJsPackage()] : []),
    ],
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
  const withoutIdleImport = (code) => code.replace(/^import \{ HttpStatus \} from .*$(?![\s\S]*\bHttpStatus\b)/m, '')
  return {
    name: 'written-out',
    transform: {
      filter: { id: /src[\\/](?:status[\\/]failure-phrases|(?!status[\\/]))/ },
      handler: (code, id) => ({
        code: id.endsWith('failure-phrases.ts')
          ? `export const failurePhrases = [${failurePhrases.map((phrase) => JSON.stringify(phrase))}]`
          : withoutIdleImport(withCodes(code)),
        map: null,
      }),
    },
  }
}

/**
 * Makes a plain object of `import * as`. What is made of it otherwise has a getter for each export, all of which would be
 * made with every import of the package.
 */
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

/** Lets the bridge take the statuses from the default entry. */
function statusesOfDefaultEntry() {
  return {
    name: 'statuses-of-default-entry',
    resolveId: {
      filter: { id: /[\\/]http-status\.js$/ },
      handler: (_, importer) => (/src[\\/]nestjs[\\/]/.test(importer) ? { id: '../index.js', external: true } : null),
    },
  }
}

/** What a source file exports. */
async function evaluated(input) {
  const { output } = await build({ input, write: false })
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)
}
