import { checkAgainst, tap } from './essence.mjs'

// For browsers, in a page from the server.

checkAgainst(location.origin)
globalThis.checked = tap()
