import { expect } from 'chai'
import { FailureResponder } from '../../src/index.js'
import { closeServers, listen } from '../listen.js'

// An error of an HTTP client has the status of another server, which means nothing to the own client.

const [{ default: axios }, { default: got }, { default: ky }, { ofetch }, undici, superagent] = [
  'axios',
  'got',
  'ky',
  'ofetch',
  'undici',
  'superagent',
].map((name) => require(name))

/** Requests of each client, which fail for a 404. */
const clients: Record<string, (url: string) => Promise<unknown>> = {
  axios: (url) => axios.get(url),
  got: (url) => got(url, { retry: { limit: 0 } }),
  ky: (url) => ky(url, { retry: 0 }),
  ofetch: (url) => ofetch(url, { retry: 0 }),
  undici: (url) => undici.request(url, { dispatcher: new undici.Agent().compose(undici.interceptors.responseError()) }),
  superagent: (url) => superagent.get(url),
}

/** Errors in the format of other clients, whose packages are too large to install. */
const shapes: Record<string, object> = {
  'a client of AWS (SDK 2)': { code: 'NoSuchKey', statusCode: 404, region: 'eu-1', requestId: '7', retryable: false },
  'a client of AWS (SDK 3)': { name: 'NoSuchKey', $fault: 'client', $metadata: { httpStatusCode: 404 } },
  'a client of Stripe': { statusCode: 404, raw: {}, requestId: '7', type: 'StripeInvalidRequestError' },
  'a client of Docker': { statusCode: 404, reason: 'no such container', json: {} },
  'web-push': { name: 'WebPushError', statusCode: 410, headers: {}, body: 'gone', endpoint: 'https://push.example/7' },
  Elasticsearch: { name: 'ResponseError', meta: { statusCode: 404 }, statusCode: 404 },
  Postmark: { name: 'InvalidAPIKeyError', code: 10, statusCode: 401 },
  'request-promise': { name: 'StatusCodeError', statusCode: 404, options: {}, response: {} },
  'a client that sets only a status': { status: 404 },
  'a client that sets a status and headers': { status: 404, statusCode: 404, headers: { 'x-shelf': '7' } },
  '@hapi/wreck': { isBoom: true, output: { statusCode: 404, headers: {} }, data: { isResponseError: true } },
}

describe('FailureResponder for the error of an HTTP client', () => {
  const responder = new FailureResponder({ onFailure: () => undefined })

  after(closeServers)

  function expectGeneric(error: unknown): void {
    expect(error).to.be.instanceOf(Error)
    expect(responder.recognize(error)).to.equal(undefined)
    const { status, headers, body } = responder.toReply(error)
    expect(status).to.equal(500)
    expect(headers).not.to.have.property('x-shelf')
    expect(JSON.parse(body as string)).to.deep.equal({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
    })
  }

  for (const [name, request] of Object.entries(clients)) {
    it(`sends a 500 without details for ${name}`, async () => {
      const url = await listen((_request, response) => {
        response
          .writeHead(404, { 'x-shelf': '7', 'content-type': 'application/json' })
          .end('{"message":"No such key."}')
      })
      const error = await request(url).then(
        () => expect.fail('The request did not fail'),
        (rejection: unknown) => rejection,
      )
      expectGeneric(error)
    })
  }

  for (const [name, properties] of Object.entries(shapes)) {
    it(`sends a 500 without details for ${name}`, () => {
      expectGeneric(Object.assign(new Error('No such key.'), properties))
    })
  }
})
