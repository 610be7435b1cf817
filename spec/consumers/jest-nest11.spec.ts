import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Project } from './project.js'
import { JEST, NEST_11, TYPES_OF_NODE } from './versions.js'

// What a Nest application of today looks like: Nest 11, CommonJS, Jest with ts-jest. Jest requires what it tests in a
// realm of its own, where neither `import()` nor an ES module can be had.

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
  it('is tested', () => {
    const project = new Project('jest', {
      type: 'commonjs',
      dependencies: DEPENDENCIES,
      files: {
        'tsconfig.json': TSCONFIG,
        'jest.config.json': { preset: 'ts-jest', testEnvironment: 'node' },
        'bookshop.test.ts': readFileSync('spec/consumers/programs/bookshop.test.ts', 'utf8'),
      },
    })
    project.node('node_modules/jest/bin/jest.js', '--json', '--outputFile=told.json', '--runInBand')
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(project.path('told.json'), 'utf8'))
    expect({ numPassedTests, numFailedTests }).to.deep.equal({ numPassedTests: 22, numFailedTests: 0 })
  })
})
