import { expect } from 'chai'
import { outputOf } from './child.js'

const UNSET = 0
const ERROR = 2

describe('examples/observability/opentelemetry.ts', function () {
  this.timeout(60_000)

  let problems: any[]
  let spans: any[]

  before(async () => {
    const output = JSON.parse(await outputOf('opentelemetry-child.ts'))
    problems = output.problems
    spans = output.spans
  })

  it('sets the span status ERROR for server failures, and leaves it unset for client failures', () => {
    expect(problems.map(({ status }) => status)).to.deep.equal([404, 404, 500, 502, 404, 404, 500, 502])
    expect(spans.map(({ status }) => status)).to.deep.equal(
      problems.map(({ status }) => ({ code: status < 500 ? UNSET : ERROR })),
    )
  })

  it('records one exception with its causes for server failures, and none for client failures', () => {
    for (const [index, { events }] of spans.entries()) {
      expect(events.map(({ name }: any) => name)).to.deep.equal(problems[index].status < 500 ? [] : ['exception'])
    }
    const [, , disk, upstream] = spans.map(({ events }) => events[0]?.attributes)
    expect(disk).to.include({ 'exception.type': 'TypeError', 'exception.message': 'cannot read the shelf' })
    expect(disk['exception.stacktrace'])
      .to.match(/^TypeError: cannot read the shelf\n {4}at .*observed-shop\.ts/)
      .and.to.include('\nCaused by: Error: disk full\n    at ')
      .and.to.include('\nCaused by: Error: no quota\n    at ')
    expect(upstream).to.include({ 'exception.type': 'BadGateway', 'exception.message': 'Bad Gateway' })
    expect(upstream['exception.stacktrace']).to.include('\nCaused by: Error: printer offline\n')
  })

  it('adds the trace id to every error response', () => {
    expect(problems.map(({ traceId }) => traceId)).to.deep.equal(spans.map(({ traceId }) => traceId))
    expect(new Set(spans.map(({ traceId }) => traceId)).size).to.equal(problems.length)
  })

  it('does not record request data or properties of errors', () => {
    expect(JSON.stringify(spans.map(({ events }) => events))).not.to.include('-secret')
  })
})
