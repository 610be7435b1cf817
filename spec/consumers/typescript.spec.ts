import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Project } from './project.js'
import { NEST_11, NEST_12, TYPES_OF_NODE, TYPESCRIPTS } from './versions.js'

// Programs of our users, compiled by their compilers under their settings, and run where Node can.

type Version = (typeof TYPESCRIPTS)[number]

interface Setting {
  readonly type: 'module' | 'commonjs'
  readonly options: Readonly<Record<string, unknown>>
  /** The compilers that know the setting. */
  readonly versions: readonly Version[]
  /** The compilers that let a program under it import Nest 12, which is made of ES modules; all know Nest 11. */
  readonly nest12: readonly Version[]
}

const settings: Readonly<Record<string, Setting>> = {
  'nodenext, ES modules': {
    type: 'module',
    options: { module: 'nodenext' },
    versions: TYPESCRIPTS,
    nest12: TYPESCRIPTS,
  },
  // Before 5.8, `nodenext` does not know that Node can require() an ES module.
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
  // Gone in 7, which has the next one in its place. Nest 12 has `exports`, of which `node10` knows nothing.
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

interface Way {
  /** The one setting under which it is tried; every one, if it is not said. */
  readonly only?: string
  readonly programs: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

const ways: Readonly<Record<string, Way>> = {
  'every declaration checked, exact optional properties': {
    programs: ['core.ts', 'nest.ts'],
    options: { ...legacy, skipLibCheck: false, exactOptionalPropertyTypes: true },
  },
  // Nest has no standard decorators.
  'declarations skipped, exact optional properties, standard decorators': {
    programs: ['core.ts'],
    options: { skipLibCheck: true, exactOptionalPropertyTypes: true },
  },
  // Instead of those of Node.
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
]

for (const version of TYPESCRIPTS) {
  describe(`TypeScript ${version}`, () => {
    let onNest11: Project
    let onNest12: Project

    before(() => {
      const others = { ...TYPES_OF_NODE, typescript: version }
      onNest11 = new Project('nest11', { dependencies: { ...NEST_11, ...others } })
      onNest12 = new Project('nest12', { dependencies: { ...NEST_12, ...others } })
    })

    for (const [title, setting] of Object.entries(settings).filter(([, { versions }]) => versions.includes(version))) {
      describe(title, () => {
        for (const [wayTitle, way] of Object.entries(ways).filter(([, { only = title }]) => only === title)) {
          const nest = way.programs.includes('nest.ts')
          it(`compiles: ${wayTitle}${nest ? ', Nest 11' : ''}`, () => compile(onNest11, version, setting, way))
          if (!nest || !setting.nest12.includes(version)) continue
          it(`compiles: ${wayTitle}, Nest 12`, () => compile(onNest12, version, setting, way))
        }
      })
    }
  })
}

/** Compiles the programs in a directory of a project, and runs what came of the one that needs no framework. */
function compile(project: Project, version: Version, { type, options }: Setting, way: Way): void {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022'],
    types: ['node'],
    strict: true,
    rootDir: '.',
    outDir: 'out',
    ...options,
    ...way.options,
    // 6 demands to be told that 7 will know it no more.
    ...(version === '6.0.3' && options['moduleResolution'] === 'node10' ? { ignoreDeprecations: '6.0' } : {}),
  }
  const directory = `${type}-${options['module']}-${options['moduleResolution']}`
  project.write({
    [`${directory}/package.json`]: { type },
    [`${directory}/tsconfig.json`]: { compilerOptions, files: way.programs },
  })
  for (const program of way.programs) {
    project.write({ [`${directory}/${program}`]: readFileSync(`spec/consumers/programs/${program}`, 'utf8') })
  }
  project.node('node_modules/typescript/bin/tsc', '-p', directory)
  // What is compiled for a bundler, Node runs only if it happens to be an ES module as Node wants it: this one is.
  expect(JSON.parse(project.node(`${directory}/out/core.js`))).to.deep.equal(PRINTED)
}
