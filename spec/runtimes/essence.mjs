// The essential specs of the core, for runtimes without Mocha and TypeScript: `npm run test:runtimes`.

import './statuses.mjs'
import './failures.mjs'
import './stack-traces.mjs'
import './responder.mjs'
import './validation.mjs'
import './catching.mjs'
import './client.mjs'
import './hono.mjs'

export { tap } from './check.mjs'
export { checkAgainst } from './client-and-server.mjs'
