import { expect } from 'chai'
import { FailureResponder, NotFound, withTraceId } from '../../src/index.js'

const ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'

/** The `traceId` in the problem details for a request with this `traceparent`. */
function traceIdFor(traceparent: string | string[] | undefined): unknown {
  const headers = traceparent === undefined ? {} : { traceparent }
  return JSON.parse(String(responder.toReply(new NotFound(), { headers }).body))['traceId']
}

const responder = new FailureResponder({ extend: withTraceId })

describe('withTraceId', () => {
  const valid: Record<string, string> = {
    'that is sampled': `00-${ID}-${PARENT}-01`,
    'that is not sampled': `00-${ID}-${PARENT}-00`,
    'with unknown flags': `00-${ID}-${PARENT}-ff`,
    'of a later version': `01-${ID}-${PARENT}-01`,
    'of a later version with more fields': `cc-${ID}-${PARENT}-01-what-the-future-brings`,
    'of the last version': `fe-${ID}-${PARENT}-01-`,
    'with ids that are nearly zero': `00-${'1'.padStart(32, '0')}-${'1'.padStart(16, '0')}-01`,
  }
  for (const [label, traceparent] of Object.entries(valid)) {
    it(`adds the trace-id of a traceparent ${label}`, () => {
      expect(traceIdFor(traceparent)).to.equal(traceparent.slice(3, 35))
    })
  }

  const invalid: Record<string, string | string[] | undefined> = {
    'that is missing': undefined,
    'that is empty': '',
    'of version ff': `ff-${ID}-${PARENT}-01`,
    'of version 00 with more fields': `00-${ID}-${PARENT}-01-more`,
    'of version 00 with a trailing hyphen': `00-${ID}-${PARENT}-01-`,
    'of a later version with more characters after the flags': `01-${ID}-${PARENT}-01more`,
    'with a trace-id that is all zero': `00-${'0'.repeat(32)}-${PARENT}-01`,
    'with a parent-id that is all zero': `00-${ID}-${'0'.repeat(16)}-01`,
    'with a trace-id in upper case': `00-${ID.toUpperCase()}-${PARENT}-01`,
    'with a parent-id in upper case': `00-${ID}-${PARENT.toUpperCase()}-01`,
    'with a version in upper case': `0A-${ID}-${PARENT}-01`,
    'with flags in upper case': `00-${ID}-${PARENT}-0A`,
    'with a trace-id that is not hexadecimal': `00-${ID.replace('4', 'g')}-${PARENT}-01`,
    'with a trace-id that is too short': `00-${ID.slice(1)}-${PARENT}-01`,
    'with a trace-id that is too long': `00-${ID}0-${PARENT}-01`,
    'with a parent-id that is too short': `00-${ID}-${PARENT.slice(1)}-01`,
    'without flags': `00-${ID}-${PARENT}`,
    'without a version': `${ID}-${PARENT}-01`,
    'with other separators': `00_${ID}_${PARENT}_01`,
    'with a leading space': ` 00-${ID}-${PARENT}-01`,
    'with a trailing line break': `00-${ID}-${PARENT}-01\n`,
    'that is sent twice': [`00-${ID}-${PARENT}-01`, `00-${ID}-${PARENT}-01`],
    'of a later version that is sent twice': [`01-${ID}-${PARENT}-01`, `01-${ID}-${PARENT}-01`],
  }
  for (const [label, traceparent] of Object.entries(invalid)) {
    it(`adds no traceId for a traceparent ${label}`, () => {
      expect(traceIdFor(traceparent)).to.equal(undefined)
    })
  }

  it('adds no traceId without a request', () => {
    expect(responder.toReply(new NotFound()).body).not.to.include('traceId')
  })

  it('adds the trace-id of a Fetch request, too', async () => {
    const request = new Request('http://localhost/', { headers: { traceparent: `00-${ID}-${PARENT}-01` } })
    expect(await responder.toResponse(new NotFound(), request).json()).to.include({ traceId: ID })
  })
})
