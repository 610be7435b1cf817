import { transformSync as transformBySwc } from '@swc/wasm'
import { expect } from 'chai'
import { transform as transformByEsbuild } from 'esbuild'
import ts from 'typescript'
import * as library from '../../src/index.js'
import { Conflict, Failure, NotFound, type ProblemType } from '../../src/index.js'

describe('static problem', () => {
  class Unavailable extends Conflict {
    static override readonly problem: ProblemType = {
      type: 'https://bookshop.example/problems/unavailable',
      title: 'Unavailable',
      code: 'UNAVAILABLE',
    }
  }

  class OutOfStock extends Unavailable {
    static override readonly problem: ProblemType = { code: 'OUT_OF_STOCK' }
  }

  class OutOfPrint extends OutOfStock {
    static override readonly problem: ProblemType = { title: 'Out of print' }
  }

  class Withdrawn extends OutOfPrint {}

  it('sets type, title and code', () => {
    expect(new Unavailable('Not today.').toProblem()).to.deep.equal({
      type: 'https://bookshop.example/problems/unavailable',
      title: 'Unavailable',
      status: 409,
      detail: 'Not today.',
      code: 'UNAVAILABLE',
    })
  })

  it('inherits the members that it leaves out', () => {
    const type = 'https://bookshop.example/problems/unavailable'
    expect(new OutOfStock()).to.include({ type, title: 'Unavailable', code: 'OUT_OF_STOCK' })
    expect(new OutOfPrint()).to.include({ type, title: 'Out of print', code: 'OUT_OF_STOCK' })
    expect(new Withdrawn()).to.include({ type, title: 'Out of print', code: 'OUT_OF_STOCK' })
  })

  it('defaults to about:blank, the phrase and no code', () => {
    expect(new NotFound()).to.include({ type: 'about:blank', title: 'Not Found', code: undefined })
  })

  it('is a writable data property of Failure, which older compilers assign to', () => {
    const { value, writable, enumerable } = Object.getOwnPropertyDescriptor(Failure, 'problem') ?? {}
    expect({ value, writable, enumerable }).to.deep.equal({ value: {}, writable: true, enumerable: true })
  })

  it('gives way to accessors, which may depend on the occurrence', () => {
    class Lent extends Unavailable {
      override get title() {
        return `Lent (${this.detail})`
      }
    }
    expect(new Lent('until May').toProblem()).to.include({ title: 'Lent (until May)', code: 'UNAVAILABLE' })
  })

  it('gives way to values that are assigned to a failure', () => {
    const failure = Object.assign(new Unavailable(), { title: 'Later', code: 'LATER' })
    expect(failure.toProblem()).to.include({ title: 'Later', code: 'LATER' })
    expect(new Unavailable()).to.include({ title: 'Unavailable', code: 'UNAVAILABLE' })
  })

  const invalid: Record<string, unknown> = {
    null: null,
    'a string': 'out of stock',
    'an object with members of the wrong type': { type: 1, title: [], code: {} },
    'an object with throwing getters': Object.defineProperties({}, { type: { get: fail }, title: { get: fail } }),
  }
  for (const [name, problem] of Object.entries(invalid)) {
    it(`is ignored when it is ${name}`, () => {
      class Wrong extends NotFound {}
      Object.defineProperty(Wrong, 'problem', { value: problem })
      expect(new Wrong('Lost.').toProblem()).to.deep.equal(new NotFound('Lost.').toProblem())
    })
  }

  it('is ignored when the prototype chain of the class is endless', () => {
    const endless: object = new Proxy(class {}, { getPrototypeOf: () => endless })
    const failure = Object.defineProperty(new Unavailable(), 'constructor', { value: endless })
    expect(failure.toProblem()).to.include({ type: 'about:blank', title: 'Conflict' })
  })

  it('is ignored when a failure shadows its constructor', () => {
    for (const value of [undefined, 7, {}]) {
      const failure = Object.defineProperty(new Unavailable(), 'constructor', { value })
      expect(failure.toProblem()).to.include({ type: 'about:blank', title: 'Conflict' })
    }
  })
})

describe('static problem in the output of', () => {
  const SOURCE = `
    import { Conflict, Extension, type ProblemType } from 'http-failure'
    class Unavailable extends Conflict {
      static override readonly problem: ProblemType = { type: '/unavailable', title: 'Unavailable', code: 'UNAVAILABLE' }
    }
    class OutOfStock extends Unavailable {
      static override readonly problem: ProblemType = { code: 'OUT_OF_STOCK' }
    }
    export class OutOfPrint extends OutOfStock {
      static override readonly problem: ProblemType = { title: 'Out of print' }
      @Extension() readonly isbn: string
      constructor(isbn: string) {
        super('None is left.')
        this.isbn = isbn
      }
    }`

  const byTypeScript = (options: ts.CompilerOptions) => async () =>
    ts.transpileModule(SOURCE, { compilerOptions: { module: ts.ModuleKind.CommonJS, ...options } }).outputText

  const byEsbuild =
    (target: string, compilerOptions: { experimentalDecorators?: boolean; useDefineForClassFields: boolean }) =>
    async () =>
      (await transformByEsbuild(SOURCE, { loader: 'ts', format: 'cjs', target, tsconfigRaw: { compilerOptions } })).code

  const bySwc = (target: 'es2015' | 'es2022', transform: object) => async () =>
    transformBySwc(SOURCE, {
      jsc: { parser: { syntax: 'typescript', decorators: true }, target, transform },
      module: { type: 'commonjs' },
    }).code

  const { ES2015, ES2021, ES2022 } = ts.ScriptTarget
  const compilers: Record<string, () => Promise<string>> = {
    'TypeScript, ES2022, legacy decorators': byTypeScript({ target: ES2022, experimentalDecorators: true }),
    'TypeScript, ES2022, standard decorators': byTypeScript({ target: ES2022 }),
    'TypeScript, ES2021, assigned fields, legacy decorators': byTypeScript({
      target: ES2021,
      experimentalDecorators: true,
    }),
    'TypeScript, ES2021, assigned fields, standard decorators': byTypeScript({ target: ES2021 }),
    'TypeScript, ES2015, assigned fields, legacy decorators': byTypeScript({
      target: ES2015,
      experimentalDecorators: true,
    }),
    'esbuild, ES2022, legacy decorators': byEsbuild('es2022', {
      experimentalDecorators: true,
      useDefineForClassFields: true,
    }),
    'esbuild, ES2022, standard decorators': byEsbuild('es2022', { useDefineForClassFields: true }),
    'esbuild, ES2017, assigned fields, legacy decorators': byEsbuild('es2017', {
      experimentalDecorators: true,
      useDefineForClassFields: false,
    }),
    'esbuild, ES2017, standard decorators': byEsbuild('es2017', { useDefineForClassFields: true }),
    'swc, ES2022, legacy decorators': bySwc('es2022', { legacyDecorator: true }),
    'swc, ES2022, standard decorators': bySwc('es2022', { decoratorVersion: '2022-03' }),
    'swc, ES2015, assigned fields, legacy decorators': bySwc('es2015', {
      legacyDecorator: true,
      useDefineForClassFields: false,
    }),
    'swc, ES2015, standard decorators': bySwc('es2015', { decoratorVersion: '2022-03' }),
  }

  for (const [name, compile] of Object.entries(compilers)) {
    it(`${name} is merged over three classes`, async () => {
      const { OutOfPrint } = evaluated(await compile())
      expect(new OutOfPrint('978-0131103627').toProblem()).to.deep.equal({
        type: '/unavailable',
        title: 'Out of print',
        status: 409,
        detail: 'None is left.',
        code: 'OUT_OF_STOCK',
        isbn: '978-0131103627',
      })
      expect(new Conflict().toProblem()).to.deep.equal({ type: 'about:blank', title: 'Conflict', status: 409 })
    })
  }

  /** The exports of a CommonJS module that imports this library and the helpers of its compiler. */
  function evaluated(code: string): { OutOfPrint: new (isbn: string) => Failure } {
    const module = { exports: {} as { OutOfPrint: new (isbn: string) => Failure } }
    const requireFrom = (name: string) => (name === 'http-failure' ? library : require(name))
    new Function('module', 'exports', 'require', code)(module, module.exports, requireFrom)
    return module.exports
  }
})

function fail(): never {
  throw new Error('fail')
}
