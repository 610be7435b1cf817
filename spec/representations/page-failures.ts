import { Conflict, type Failure, NotFound, type ProblemType, ServiceUnavailable } from '../../src/index.js'

export const SCRIPT = '<script>alert(1)</script>'
export const HANDLER = `"'><img src=x onerror=alert(2)><svg onload=alert(3)></title></style></pre></table>${SCRIPT}`
const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(300)

class OutOfStock extends Conflict {
  static override readonly problem: ProblemType = {
    type: 'https://bookshop.example/problems/out-of-stock',
    title: 'Out of stock',
    code: 'OUT_OF_STOCK',
  }
}

class Hostile extends ServiceUnavailable {
  static override readonly problem: ProblemType = {
    type: `javascript:alert('${SCRIPT}')`,
    title: HANDLER,
    code: HANDLER,
  }
}

/** The failures of the pages under test, by the title of their tests. */
export const failures: Readonly<Record<string, () => Failure>> = {
  'with only a title': () => new NotFound(),
  'with all members': () =>
    new OutOfStock('No copy of 978-0131103627 is left.', {
      instance: '/orders/4711',
      headers: { 'Retry-After': '120' },
      extensions: { isbn: '978-0131103627', copies: 0, shelves: [{ room: 'A', shelf: 7 }] },
    }),
  'with scripts in every member': () =>
    new Hostile(HANDLER, {
      instance: SCRIPT,
      headers: { 'Retry-After': SCRIPT },
      extensions: { script: SCRIPT, handler: HANDLER, list: [SCRIPT, { [SCRIPT]: HANDLER }], [HANDLER]: HANDLER },
    }),
  'with long words': () =>
    new OutOfStock(LONG, { instance: `/${LONG}`, extensions: { [LONG]: LONG, list: [LONG, { deep: [LONG] }] } }),
  'with Arabic text': () => new NotFound('لا يوجد كتاب بهذا الرقم.', { extensions: { isbn: 'رقم 12' } }),
}
