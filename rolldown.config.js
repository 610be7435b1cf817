import { defineConfig } from 'rolldown'

// Both module formats from the same sources, in few files, so that an import is fast. The declarations come from tsc.

const formats = { esm: 'esm', cjs: 'cjs' }

/** Files that several entries share, by the first group that fits. */
const shared = [
  // A file of its own, since it alone has a side effect.
  { name: 'symbol-metadata', test: /symbol-metadata\.ts$/ },
  // A file of its own, so that a bundle with nothing but statuses holds nothing but statuses.
  { name: 'http-status', test: /src[\\/]status[\\/]/ },
  { name: 'core', test: /src[\\/](?!nestjs[\\/]|node[\\/]write-response|representations[\\/]|index\.ts$)/ },
]

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
    plugins: format === 'cjs' ? [commonJsPackage()] : [],
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
