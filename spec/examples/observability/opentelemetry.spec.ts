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

  it('leaves the server span of a client failure unset, and says an error of that of a server failure', () => {
    expect(problems.map(({ status }) => status)).to.deep.equal([404, 404, 500, 502, 404, 404, 500, 502])
    expect(spans.map(({ status }) => status)).to.deep.equal(
      problems.map(({ status }) => ({ code: status < 500 ? UNSET : ERROR })),
    )
  })

  it('records the exception of a server failure with its causes, once, and none of a client failure', () => {
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
    expect(upstream['exception.stacktrace']).to.include('\nCaused by: Error: the printer says no\n')
  })

  it('gives every problem the id of its trace', () => {
    expect(problems.map(({ traceId }) => traceId)).to.deep.equal(spans.map(({ traceId }) => traceId))
    expect(new Set(spans.map(({ traceId }) => traceId)).size).to.equal(problems.length)
  })

  it('tells the spans nothing that an error carries', () => {
    expect(JSON.stringify(spans.map(({ events }) => events))).not.to.include('-secret')
  })
})
