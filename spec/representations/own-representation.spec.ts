import { expect } from 'chai'
import { problemXml } from '../../examples/problem-xml.js'
import { FailureResponder, Forbidden, NotFound, type ProblemType } from '../../src/index.js'
import { byAccept, html, problemJson, text } from '../../src/representations/index.js'

class OutOfCredit extends Forbidden {
  static override readonly problem: ProblemType = {
    type: 'https://example.com/probs/out-of-credit',
    title: 'You do not have enough credit.',
  }
}

describe('A custom representation', () => {
  const responder = new FailureResponder({ represent: byAccept(problemJson, problemXml, html, text) })
  const reply = (error: unknown, accept: string) => responder.toReply(error, { headers: { accept } })

  it('is chosen when Accept prefers it', () => {
    for (const accept of ['application/problem+xml', 'application/xml', 'text/html;q=0.5, application/xml;q=0.9']) {
      expect(reply(new NotFound(), accept).headers['Content-Type']).to.equal('application/problem+xml')
    }
    expect(reply(new NotFound(), '*/*').headers['Content-Type']).to.equal('application/problem+json')
    expect(reply(new NotFound(), 'application/xml;q=0.9, text/html').headers['Content-Type']).to.match(/^text\/html/)
  })

  it('renders the example of RFC 9457, appendix B', () => {
    const failure = new OutOfCredit('Your current balance is 30, but that costs 50.', {
      instance: 'https://example.net/account/12345/msgs/abc',
      extensions: {
        balance: 30,
        accounts: ['https://example.net/account/12345', 'https://example.net/account/67890'],
      },
    })
    const body = reply(failure, 'application/problem+xml').body ?? ''
    expect(body.replace(/>\s+</g, '><').trim()).to.equal(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<problem xmlns="urn:ietf:rfc:7807">',
        '<type>https://example.com/probs/out-of-credit</type>',
        '<title>You do not have enough credit.</title>',
        '<detail>Your current balance is 30, but that costs 50.</detail>',
        '<status>403</status>',
        '<instance>https://example.net/account/12345/msgs/abc</instance>',
        '<balance>30</balance>',
        '<accounts><i>https://example.net/account/12345</i><i>https://example.net/account/67890</i></accounts>',
        '</problem>',
      ].join(''),
    )
  })

  it('escapes markup, replaces invalid characters and omits invalid element names', () => {
    const extensions = { nested: { list: [[1], { a: null }], big: 1n }, '<script>': 1, 'two words': 1 }
    const { body } = reply(new NotFound('<script>&\u0000\ud800]]>', { extensions }), 'application/xml')
    expect(body).to.contain('<detail>&#60;script&#62;&#38;\ufffd\ufffd]]&#62;</detail>')
    expect(body).to.contain('<nested><list><i><i>1</i></i><i><a></a></i></list><big>1</big></nested></problem>')
  })

  it('receives strings without lone surrogates, at any depth', () => {
    const mediaType = 'application/json'
    const represent = { mediaType, render: (problem: object) => JSON.stringify(problem) }
    const { body } = new FailureResponder({ represent }).toReply(
      new NotFound('\ud800', { extensions: { found: [{ name: 'a\udc00' }] } }),
    )
    expect(body).to.equal(
      '{"type":"about:blank","title":"Not Found","status":404,"detail":"\ufffd","found":[{"name":"a\ufffd"}]}',
    )
  })
})
