import { expect } from 'chai'
import {
  FailureResponder,
  failureFromProblem,
  failureFromResponse,
  readJson,
  validationFailure,
} from '../../src/index.js'
import { validationExceptionFactory } from '../../src/nestjs/index.js'

// Without type checks, options may be anything.

const functions: Record<string, (options: never) => unknown> = {
  FailureResponder: (options) => new FailureResponder(options),
  failureFromProblem: (options) => failureFromProblem({}, options),
  failureFromResponse: (options) => failureFromResponse(new Response(null, { status: 404 }), options),
  readJson: (options) => readJson(new Request('http://localhost/'), undefined, options),
  validationFailure: (options) => validationFailure([], options),
  validationExceptionFactory: (options) => validationExceptionFactory(options),
}

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    return error
  }
}

for (const [name, call] of Object.entries(functions)) {
  describe(name, () => {
    for (const options of [null, 7, 'x']) {
      it(`throws a TypeError for the options ${JSON.stringify(options)}`, async () => {
        const error = await errorOf(() => call(options as never))
        expect(error).to.be.instanceOf(TypeError)
        expect((error as Error).message).to.equal(
          `${name}: the options must be an object, received ${JSON.stringify(options)}`,
        )
      })
    }
  })
}

describe('typeBase', () => {
  for (const name of ['FailureResponder', 'failureFromProblem', 'failureFromResponse']) {
    it(`of ${name} must not be a symbol`, async () => {
      const error = await errorOf(() => functions[name]?.({ typeBase: Symbol('x') } as never))
      expect(String(error)).to.equal(`TypeError: ${name}: "typeBase" must be an absolute URL, received Symbol(x)`)
    })
  }
})
