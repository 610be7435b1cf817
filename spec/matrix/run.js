import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

// npm run test:matrix: type-checks the sources and runs the NestJS specs with every other supported version of Nest.

const matrix = import.meta.dirname
const isWindows = process.platform === 'win32'

for (const { name } of readdirSync(matrix, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  console.log(`\n${name}`)
  run('npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', join(matrix, name))
  run('npx', 'tsc', '-p', join(matrix, name))
  run('npx', 'mocha', '--reporter', 'dot', '--config', join(matrix, name, 'mocharc.json'))
}

function run(command, ...args) {
  execFileSync(command, args, { stdio: 'inherit', shell: isWindows, cwd: join(matrix, '..', '..') })
}
