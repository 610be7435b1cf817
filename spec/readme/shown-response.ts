import { expect } from 'chai'
import { HttpStatus } from '../../src/index.js'

/** Compares a response with one shown in a guide: the status line, the shown header fields and the content. */
export async function expectShownResponse(response: Response, shown: string | undefined): Promise<void> {
  const [head = '', body = ''] = (shown ?? '').split('\n\n')
  const [statusLine, ...fields] = head.split('\n')
  expect(`HTTP/1.1 ${response.status} ${HttpStatus.phrase(response.status)}`).to.equal(statusLine)
  for (const field of fields) {
    const [name = '', value] = field.split(': ')
    expect(response.headers.get(name), name).to.equal(value)
  }
  expect(await response.json()).to.deep.equal(JSON.parse(body))
}
