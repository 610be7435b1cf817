import { BadRequest, ContentTooLarge, readJson, UnprocessableContent, UnsupportedMediaType } from 'http-failure'
import { check, errorOf, same } from './check.mjs'

const url = 'https://bookshop.example/orders'
const json = { 'Content-Type': 'application/json' }
const requestOf = (body, headers = json) => new Request(url, { method: 'POST', headers, body })

/** What a Standard Schema is, without the library of anyone. */
const Order = {
  '~standard': {
    version: 1,
    vendor: 'ours',
    validate: (value) =>
      typeof value?.isbn === 'string'
        ? { value: { isbn: value.isbn.trim() } }
        : { issues: [{ message: 'An ISBN is a string.', path: ['isbn'] }] },
  },
}

check('readJson: it gives what the schema makes of the content', async () => {
  same(await readJson(requestOf('{"isbn":" 1 "}'), Order), { isbn: '1' })
  same(await readJson(requestOf('[1,"ä"]')), [1, 'ä'])
})

check('readJson: what is not JSON by its media type is a 415', async () => {
  const failure = await errorOf(() => readJson(requestOf('isbn=1', { 'Content-Type': 'text/plain' })))
  same([failure instanceof UnsupportedMediaType, failure.headers], [true, { Accept: 'application/json' }])
})

check('readJson: what does not parse is a 400 that says where', async () => {
  const failure = await errorOf(() => readJson(requestOf('{"isbn":\n  oops}')))
  same([failure instanceof BadRequest, /line 2, column 3/.test(failure.detail)], [true, true])
  same((await errorOf(() => readJson(requestOf('')))) instanceof BadRequest, true)
})

check('readJson: what does not fit the schema is a 422 with pointers', async () => {
  const failure = await errorOf(() => readJson(requestOf('{"isbn":1}'), Order))
  same(failure instanceof UnprocessableContent, true)
  same(failure.toProblem().errors, [{ detail: 'An ISBN is a string.', pointer: '#/isbn' }])
})

check('readJson: the limit holds for what is announced', async () => {
  const failure = await errorOf(() => readJson(requestOf(JSON.stringify('x'.repeat(100))), undefined, { limit: 50 }))
  same(failure instanceof ContentTooLarge, true)
})

check('readJson: the limit holds for a stream that never ends, which is let go of', async () => {
  const chunk = new TextEncoder().encode('['.repeat(1_000_000))
  let isCancelled
  const cancelled = new Promise((resolve) => {
    isCancelled = resolve
  })
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(chunk),
    cancel: () => isCancelled(true),
  })
  const endless = { headers: new Headers(json), body, bodyUsed: false }
  const failure = await errorOf(() => readJson(endless, undefined, { limit: 1_000 }))
  same([failure instanceof ContentTooLarge, await cancelled], [true, true])
})
