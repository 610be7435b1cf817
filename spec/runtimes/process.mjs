import { checkAgainst, tap } from './essence.mjs'

// For Node, Bun and Deno: the address of the server is the only argument.

checkAgainst(process.argv[2])
const lines = await tap()
console.log(lines)
process.exit(/^not ok/m.test(lines) ? 1 : 0)
