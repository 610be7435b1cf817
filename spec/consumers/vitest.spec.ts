import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { Project } from './project.js'
import { NEST_12, VITEST } from './versions.js'

// By default, Node loads the packages that a spec imports. With `inline`, Vitest transforms them like the sources.

const DEPENDENCIES = { ...NEST_12, ...VITEST, '@nestjs/platform-express': '12.5.1' } as const

describe('A project under Vitest', () => {
  let project: Project
  before(() => {
    project = new Project('vitest', {
      dependencies: DEPENDENCIES,
      files: { 'failures.test.ts': readFileSync('spec/consumers/programs/failures.test.ts', 'utf8') },
    })
  })

  for (const inline of [false, true]) {
    for (const experimentalDecorators of [false, true]) {
      const decorators = experimentalDecorators ? 'legacy' : 'standard'
      it(`passes its tests with ${decorators} decorators${inline ? ' and the package inlined' : ''}`, () => {
        project.write({
          'tsconfig.json': { compilerOptions: { target: 'es2022', experimentalDecorators } },
          'vitest.config.js': `export default { test: { server: { deps: { inline: ${inline ? '[/http-failure/]' : '[]'} } } } }`,
        })
        project.node('node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile=results.json')
        const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(project.path('results.json'), 'utf8'))
        expect({ numPassedTests, numFailedTests }).to.deep.equal({ numPassedTests: 4, numFailedTests: 0 })
      })
    }
  }
})
