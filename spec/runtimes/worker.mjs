import { checkAgainst, tap } from './essence.mjs'

// For workerd, which runs `test()` once. Network access and `Response` are not available before.

export default {
  async test(_controller, { SERVER }) {
    checkAgainst(SERVER)
    const lines = await tap()
    console.log(lines)
    if (/^not ok/m.test(lines)) throw new Error('Some checks have failed.')
  },
}
