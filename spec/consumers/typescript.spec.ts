import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Project } from './project.js'
import { NEST_11, NEST_12, TYPES_OF_NODE, TYPESCRIPTS } from './versions.js'

// Compiles programs of users with several versions of TypeScript under several settings, and runs them.

type Version = (typeof TYPESCRIPTS)[number]

interface Setting {
  readonly type: 'module' | 'commonjs'
  readonly options: Readonly<Record<string, unknown>>
  /** The compilers that support the setting. */
  readonly versions: readonly Version[]
  /** The compilers that can import Nest 12, which consists of ES modules, under the setting. All can import Nest 11. */
  readonly nest12: readonly Version[]
}

const settings: Readonly<Record<string, Setting>> = {
  'nodenext, ES modules': {
    type: 'module',
    options: { module: 'nodenext' },
    versions: TYPESCRIPTS,
    nest12: TYPESCRIPTS,
  },
  // Before 5.8, `nodenext` does not allow CommonJS to require() an ES module.
  'nodenext, CommonJS': {
    type: 'commonjs',
    options: { module: 'nodenext' },
    versions: TYPESCRIPTS,
    nest12: TYPESCRIPTS.filter((version) => version !== '5.4.5'),
  },
  'node16, ES modules': { type: 'module', options: { module: 'node16' }, versions: TYPESCRIPTS, nest12: TYPESCRIPTS },
  'node16, CommonJS': { type: 'commonjs', options: { module: 'node16' }, versions: TYPESCRIPTS, nest12: [] },
  bundler: {
    type: 'module',
    options: { module: 'esnext', moduleResolution: 'bundler' },
    versions: TYPESCRIPTS,
    nest12: TYPESCRIPTS,
  },
  // Removed in 7 in favor of the next setting. Nest 12 has `exports`, which `node10` does not support.
  'commonjs with node10': {
    type: 'commonjs',
    options: { module: 'commonjs', moduleResolution: 'node10' },
    versions: ['5.4.5', '5.9.3', '6.0.3'],
    nest12: [],
  },
  'commonjs with bundler': {
    type: 'commonjs',
    options: { module: 'commonjs', moduleResolution: 'bundler' },
    versions: ['6.0.3', '7.0.2'],
    nest12: [],
  },
}

const legacy = { experimentalDecorators: true, emitDecoratorMetadata: true }

interface Variant {
  /** The only setting to test; by default all settings. */
  readonly only?: string
  readonly programs: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

const variants: Readonly<Record<string, Variant>> = {
  'every declaration checked, exact optional properties': {
    programs: ['core.ts', 'nest.ts'],
    options: { ...legacy, skipLibCheck: false, exactOptionalPropertyTypes: true },
  },
  // Nest does not support standard decorators.
  'declarations skipped, exact optional properties, standard decorators': {
    programs: ['core.ts'],
    options: { skipLibCheck: true, exactOptionalPropertyTypes: true },
  },
  // Without the types of Node.
  'every declaration checked, with the types of a browser': {
    only: 'bundler',
    programs: ['core.ts'],
    options: { ...legacy, skipLibCheck: false, lib: ['es2022', 'dom', 'dom.iterable'], types: [] },
  },
}

const PRINTED = [
  '409,Out of stock',
  { type: 'about:blank', title: 'Not Found', status: 404, detail: 'There is no book 2.', isbn: '2' },
  '3',
  true,
  404,
]

for (const version of TYPESCRIPTS) {
  describe(`TypeScript ${version}`, () => {
    let onNest11: Project
    let onNest12: Project

    before(() => {
      const common = { ...TYPES_OF_NODE, typescript: version }
      onNest11 = new Project('nest11', { dependencies: { ...NEST_11, ...common } })
      onNest12 = new Project('nest12', { dependencies: { ...NEST_12, ...common } })
    })

    for (const [title, setting] of Object.entries(settings).filter(([, { versions }]) => versions.includes(version))) {
      describe(title, () => {
        for (const [name, variant] of Object.entries(variants).filter(([, { only = title }]) => only === title)) {
          const nest = variant.programs.includes('nest.ts')
          it(`compiles: ${name}${nest ? ', Nest 11' : ''}`, () => compile(onNest11, version, setting, variant))
          if (!nest || !setting.nest12.includes(version)) continue
          it(`compiles: ${name}, Nest 12`, () => compile(onNest12, version, setting, variant))
        }
      })
    }
  })
}

/** Compiles the programs in a directory of a project, and runs the compiled `core.ts`. */
function compile(project: Project, version: Version, { type, options }: Setting, variant: Variant): void {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022'],
    types: ['node'],
    strict: true,
    rootDir: '.',
    outDir: 'out',
    ...options,
    ...variant.options,
    // TypeScript 6 requires this for options that are removed in 7.
    ...(version === '6.0.3' && options['moduleResolution'] === 'node10' ? { ignoreDeprecations: '6.0' } : {}),
  }
  const directory = `${type}-${options['module']}-${options['moduleResolution']}`
  project.write({
    [`${directory}/package.json`]: { type },
    [`${directory}/tsconfig.json`]: { compilerOptions, files: variant.programs },
  })
  for (const program of variant.programs) {
    project.write({ [`${directory}/${program}`]: readFileSync(`spec/consumers/programs/${program}`, 'utf8') })
  }
  project.node('node_modules/typescript/bin/tsc', '-p', directory)
  // Node can run the output for a bundler, too, because it has no imports of relative files without an extension.
  expect(JSON.parse(project.node(`${directory}/out/core.js`))).to.deep.equal(PRINTED)
}
