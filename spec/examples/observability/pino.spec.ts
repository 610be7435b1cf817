import { expect } from 'chai'
import { linesOf, outputOf } from './child.js'

const DEBUG = 20
const INFO = 30
const ERROR = 50

describe('examples/observability/pino.ts', function () {
  this.timeout(60_000)

  describe('filter', () => {
    let output: string
    let lines: any[]

    before(async () => {
      output = await outputOf('pino-child.ts', ['filter'], { LOG_LEVEL: 'debug' })
      lines = linesOf(output).filter(({ level }) => level !== INFO)
    })

    it('logs every failure as an object with method, path and status', () => {
      const once = [
        { level: DEBUG, method: 'GET', path: '/books/unknown', status: 404, msg: 'UnknownBook' },
        { level: DEBUG, method: 'GET', path: '/nowhere', status: 404, msg: 'NotFound' },
        { level: ERROR, method: 'POST', path: '/books/disk', status: 500, msg: 'InternalServerError' },
        { level: ERROR, method: 'POST', path: '/books/upstream', status: 502, msg: 'BadGateway' },
      ]
      const logged = lines.map(({ level, method, path, status, msg }) => ({ level, method, path, status, msg }))
      expect(logged).to.deep.equal([...once, ...once])
    })

    it('logs server failures with all causes', () => {
      const [unknown, , disk, upstream] = lines.map(({ err }) => err)
      expect(unknown).to.equal(undefined)
      expect(disk.cause).to.include({ type: 'TypeError', message: 'cannot read the shelf' })
      expect(disk.cause.stack).to.include('observed-shop.ts')
      expect(disk.cause.cause.message).to.equal('disk full')
      expect(disk.cause.cause.cause.message).to.equal('no quota')
      expect(upstream.cause.message).to.equal('printer offline')
    })

    it('does not log header fields, queries or bodies', () => {
      expect(output).not.to.include('-secret')
    })
  })

  it('does not log client failures by default', async () => {
    const lines = linesOf(await outputOf('pino-child.ts', ['filter']))
    expect(new Set(lines.map(({ status }) => status))).to.deep.equal(new Set([undefined, 500, 502]))
  })

  it('logs for Nest and for a filter without options', async () => {
    const output = await outputOf('pino-child.ts', ['nest'], { LOG_LEVEL: 'debug' })
    const lines = linesOf(output)
    expect(lines.some(({ context }) => context === 'NestApplication')).to.equal(true)
    const once = [
      [DEBUG, 'GET /books/unknown 404 UnknownBook: There is no such book.'],
      [DEBUG, 'GET /nowhere 404 NotFound: Cannot GET /nowhere'],
      [ERROR, 'POST /books/disk 500'],
      [ERROR, 'POST /books/upstream 502'],
    ]
    const failures = lines.filter(({ context }) => context === 'FailureFilter')
    expect(failures.map(({ level, msg }) => [level, msg])).to.deep.equal([...once, ...once])
    expect(failures[2].stack).to.include('disk full').and.to.include('no quota')
    expect(output).not.to.include('-secret')
  })
})
