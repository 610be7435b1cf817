import { checkAgainst, tap } from './essence.mjs'

// For Node, Bun and Deno. The only argument is the URL of the server.

checkAgainst(process.argv[2])
const lines = await tap()
console.log(lines)
process.exit(/^not ok/m.test(lines) ? 1 : 0)
