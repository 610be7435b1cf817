// Runs a TypeScript file as CommonJS, without a type check: node scripts/ts.cjs examples/client.ts

const { resolve } = require('node:path')

require('ts-node/register/transpile-only')
process.argv.splice(1, 1)
require(resolve(process.argv[1]))
