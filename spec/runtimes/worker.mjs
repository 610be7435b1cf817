import { checkAgainst, tap } from './essence.mjs'

// For workerd, which runs `test()` once; it has no network and makes no Response before that.

export default {
  async test(_controller, { SERVER }) {
    checkAgainst(SERVER)
    const lines = await tap()
    console.log(lines)
    if (/^not ok/m.test(lines)) throw new Error('Not every check has passed.')
  },
}
