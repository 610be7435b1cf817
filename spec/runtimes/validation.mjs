import { BadRequest, ContentTooLarge, readJson, UnprocessableContent, UnsupportedMediaType } from 'http-failure'
import { check, errorOf, same } from './check.mjs'

const url = 'https://bookshop.example/orders'
const json = { 'Content-Type': 'application/json' }
const requestOf = (body, headers = json) => new Request(url, { method: 'POST', headers, body })

/** A Standard Schema without a library. */
const Order = {
  '~standard': {
    version: 1,
    vendor: 'example',
    validate: (value) =>
      typeof value?.isbn === 'string'
        ? { value: { isbn: value.isbn.trim() } }
        : { issues: [{ message: 'An ISBN is a string.', path: ['isbn'] }] },
  },
}

check('readJson: returns the output of the schema, or the parsed content without a schema', async () => {
  same(await readJson(requestOf('{"isbn":" 1 "}'), Order), { isbn: '1' })
  same(await readJson(requestOf('[1,"ä"]')), [1, 'ä'])
})

check('readJson: throws a 415 for a media type other than JSON', async () => {
  const failure = await errorOf(() => readJson(requestOf('isbn=1', { 'Content-Type': 'text/plain' })))
  same([failure instanceof UnsupportedMediaType, failure.headers], [true, { Accept: 'application/json' }])
})

check('readJson: throws a 400 with line and column for invalid JSON', async () => {
  const failure = await errorOf(() => readJson(requestOf('{"isbn":\n  oops}')))
  same([failure instanceof BadRequest, /line 2, column 3/.test(failure.detail)], [true, true])
  same((await errorOf(() => readJson(requestOf('')))) instanceof BadRequest, true)
})

check('readJson: throws a 422 with pointers for content that does not match the schema', async () => {
  const failure = await errorOf(() => readJson(requestOf('{"isbn":1}'), Order))
  same(failure instanceof UnprocessableContent, true)
  same(failure.toProblem().errors, [{ detail: 'An ISBN is a string.', pointer: '#/isbn' }])
})

check('readJson: throws a 413 for a body that exceeds the limit', async () => {
  const failure = await errorOf(() => readJson(requestOf(JSON.stringify('x'.repeat(100))), undefined, { limit: 50 }))
  same(failure instanceof ContentTooLarge, true)
})

check('readJson: throws a 413 for an endless stream and cancels it', async () => {
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
