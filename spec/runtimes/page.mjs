import { checkAgainst, tap } from './essence.mjs'

// For a page of the server, in a browser.

checkAgainst(location.origin)
globalThis.checked = tap()
