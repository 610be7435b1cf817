import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Project } from './project.js'
import { JEST, NEST_11, TYPES_OF_NODE } from './versions.js'

// A typical Nest application: Nest 11, CommonJS, Jest with ts-jest. Jest loads modules in a separate realm, in which
// neither `import()` nor ES modules are available.

const DEPENDENCIES = {
  ...NEST_11,
  ...JEST,
  ...TYPES_OF_NODE,
  '@nestjs/platform-express': '11.2.10',
  '@nestjs/platform-fastify': '11.2.8',
  '@nestjs/testing': '11.2.6',
  'find-my-way': '9.10.0',
  '@types/supertest': '7.2.1',
  supertest: '7.3.2',
} as const

const TSCONFIG = {
  compilerOptions: {
    module: 'commonjs',
    target: 'es2022',
    lib: ['es2023'],
    types: ['node', 'jest'],
    strict: true,
    esModuleInterop: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    skipLibCheck: true,
  },
}

describe('A Nest 11 application under Jest and ts-jest', () => {
  it('passes its tests', () => {
    const project = new Project('jest', {
      type: 'commonjs',
      dependencies: DEPENDENCIES,
      files: {
        'tsconfig.json': TSCONFIG,
        'jest.config.json': { preset: 'ts-jest', testEnvironment: 'node' },
        'bookshop.test.ts': readFileSync('spec/consumers/programs/bookshop.test.ts', 'utf8'),
      },
    })
    project.node('node_modules/jest/bin/jest.js', '--json', '--outputFile=results.json', '--runInBand')
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(project.path('results.json'), 'utf8'))
    expect({ numPassedTests, numFailedTests }).to.deep.equal({ numPassedTests: 22, numFailedTests: 0 })
  })
})
