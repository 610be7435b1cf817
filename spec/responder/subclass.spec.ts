import type { ArgumentsHost } from '@nestjs/common'
import { RpcException } from '@nestjs/microservices'
import { expect } from 'chai'
import { lastValueFrom, type Observable } from 'rxjs'
import {
  CatchingFailure,
  Conflict,
  type FailureContext,
  FailureResponder,
  NotFound,
  type ProblemDetails,
  type Reply,
  type RequestLike,
} from '../../src/index.js'
import { FailureFilter } from '../../src/nestjs/index.js'
import { loadSecondCopy } from '../second-copy.js'

class Shelved extends FailureResponder {
  override toReply(error: unknown, request?: RequestLike): Reply {
    const reply = super.toReply(error, request)
    return { ...reply, headers: { ...reply.headers, 'X-Shelf': '7' } }
  }

  override toProblem(error: unknown, request?: RequestLike): ProblemDetails {
    return { ...super.toProblem(error, request), shelf: 7 }
  }
}

describe('A subclass of FailureResponder', () => {
  let calls = 0
  const contexts: FailureContext[] = []
  const responder = new Shelved({
    onFailure: (_, context) => void contexts.push(context),
    translate: (error) => {
      calls += 1
      return error instanceof RangeError ? new NotFound('Lost.') : undefined
    },
  })

  class Books {
    @CatchingFailure(responder)
    show(error: unknown): string | globalThis.Response {
      throw error
    }
  }

  for (const error of [new NotFound('Lost.'), new RangeError()]) {
    it(`overrides toReply() for a decorated method that throws a ${error.name}`, async () => {
      calls = 0
      contexts.length = 0
      const response = new Books().show(error) as Response
      expect(response.headers.get('X-Shelf')).to.equal('7')
      expect(await response.json()).to.include({ status: 404, detail: 'Lost.' })
      expect(calls).to.equal(error instanceof RangeError ? 1 : 0)
      expect(contexts.map((context) => context.error)).to.deep.equal([error])
    })
  }

  it('can have fields', () => {
    class Counting extends FailureResponder {
      count = 0
    }
    const counting = new Counting()
    counting.count += 1
    expect(counting.count).to.equal(1)
  })

  it('overrides toResponse() by overriding toReply()', () => {
    expect(responder.toResponse(new NotFound()).headers.get('X-Shelf')).to.equal('7')
  })

  it('overrides toProblem() for a filter with this responder', async () => {
    class ShelvedFilter extends FailureFilter {
      override readonly responder = responder
    }
    const host = { getType: () => 'rpc' } as ArgumentsHost
    for (const error of [new RpcException('Taken.'), new Conflict('Taken.')]) {
      contexts.length = 0
      const result = new ShelvedFilter({}).catch(error, host) as Observable<never>
      const problem = await lastValueFrom(result).catch((thrown) => thrown)
      expect(problem).to.include({ detail: 'Taken.', shelf: 7 })
      expect(contexts.map((context) => context.error)).to.deep.equal([error])
    }
  })
})

describe('A responder of another copy of the package', () => {
  const contexts: FailureContext[] = []
  const responder = new (loadSecondCopy().FailureResponder)({
    onFailure: (_, context) => void contexts.push(context),
    translate: (error) => (error instanceof RangeError ? new NotFound('Lost.') : undefined),
  })
  beforeEach(() => {
    contexts.length = 0
  })

  it('is used by a decorated method, and its hooks receive the thrown error', async () => {
    const error = new RangeError()
    class Books {
      @CatchingFailure(responder)
      show(): string | globalThis.Response {
        throw error
      }
    }
    expect(await (new Books().show() as Response).json()).to.include({ status: 404, detail: 'Lost.' })
    expect(contexts.map((context) => context.error)).to.deep.equal([error])
  })

  it('is used by a filter for other transports, and its hooks receive the thrown error', async () => {
    class OtherFilter extends FailureFilter {
      override readonly responder = responder
    }
    const error = new RpcException('Taken.')
    const result = new OtherFilter({}).catch(error, { getType: () => 'rpc' } as ArgumentsHost) as Observable<never>
    expect(await lastValueFrom(result).catch((thrown) => thrown)).to.include({ status: 400, detail: 'Taken.' })
    expect(contexts.map((context) => context.error)).to.deep.equal([error])
  })
})

describe('An error that a decorated method has recognized', () => {
  it('is passed to the hooks unchanged, with its Failure', () => {
    const contexts: FailureContext[] = []
    const error = new RangeError()
    const failure = new NotFound()
    class Books {
      @CatchingFailure({ translate: () => failure, onFailure: (_, context) => void contexts.push(context) })
      show(): string | globalThis.Response {
        throw error
      }
    }
    new Books().show()
    expect(contexts.map((context) => context.error)).to.deep.equal([error])
  })
})
