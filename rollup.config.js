import { dts } from 'rollup-plugin-dts'
import { external, formats, input, shared } from './rolldown.config.js'

// Builds the declarations into the same files as the code: one file for each entry, and the shared ones. Those of both
// formats are equal; whether they declare ES modules or CommonJS depends on the package.json beside them.

export default {
  input,
  external,
  plugins: [dts({ tsconfig: 'tsconfig.build.json' })],
  onwarn(warning, warn) {
    // A constraint of a type parameter is not exported, since users need not name it.
    if (!warning.message.includes('ClassOfInvalid')) warn(warning)
  },
  output: Object.keys(formats).map((directory) => ({
    dir: `dist/${directory}`,
    entryFileNames: '[name].d.ts',
    chunkFileNames: '[name].d.ts',
    manualChunks: (id) => shared.find(({ test }) => test.test(id))?.name,
    minifyInternalExports: false,
  })),
}
