import { resolve } from 'node:path'
import { expect } from 'chai'
import { type Conflict, failureFromProblem } from '../../src/index.js'

// Classes compiled by swc and Babel, in each version of decorators that they support.

const swc = require('@swc/wasm')
const babel = require('@babel/core')

const SOURCE = `
  import { CatchingFailure, Conflict, Extension } from 'http-failure'

  export class Lent extends Conflict {
    static readonly problem = { type: 'urn:lent' }
    @Extension() isbn = '1'
    @Extension() until: string | undefined = 'May'
  }
  export class LentAgain extends Lent {
    static readonly problem = { type: 'urn:lent-again' }
    @Extension() times = 2
    @Extension() override until = 'June'
  }
  export class LentForever extends LentAgain {}

  export class Books {
    @CatchingFailure()
    lend(): Response {
      throw new LentAgain('It is on loan.')
    }
  }
`

type Compile = (source: string) => string

const swcWith =
  (transform: object): Compile =>
  (source) =>
    swc.transformSync(source, {
      jsc: { parser: { syntax: 'typescript', decorators: true }, transform, target: 'es2022' },
      module: { type: 'commonjs' },
    }).code

const babelWith =
  (version: string): Compile =>
  (source) =>
    babel.transformSync(source, {
      filename: 'books.ts',
      babelrc: false,
      configFile: false,
      presets: [[require('@babel/preset-typescript'), { allowDeclareFields: true }]],
      plugins: [
        [require('@babel/plugin-proposal-decorators'), { version }],
        require('@babel/plugin-transform-modules-commonjs'),
      ],
    }).code

const compilers: Readonly<Record<string, Compile>> = {
  'swc, legacy decorators': swcWith({ legacyDecorator: true }),
  'swc, decorators of 2021-12': swcWith({ decoratorVersion: '2021-12' }),
  'swc, decorators of 2022-03': swcWith({ decoratorVersion: '2022-03' }),
  'swc, decorators of 2023-11': swcWith({ decoratorVersion: '2023-11' }),
  'Babel, decorators of 2023-11': babelWith('2023-11'),
  'Babel, decorators of 2023-05': babelWith('2023-05'),
}

interface Compiled {
  readonly Lent: new () => Conflict
  readonly LentAgain: new () => Conflict
  readonly LentForever: new () => Conflict
  readonly Books: new () => { lend(): Response }
}

function run(code: string): Compiled {
  const exported = {}
  const load = (name: string) => require(name === 'http-failure' ? resolve('src/index.ts') : name)
  new Function('require', 'exports', code)(load, exported)
  return exported as Compiled
}

describe('A failure class compiled by', () => {
  for (const [name, compile] of Object.entries(compilers)) {
    describe(name, () => {
      let classes: Compiled

      before(() => {
        classes = run(compile(SOURCE))
      })

      it('sends its @Extension() fields and those of its base classes', () => {
        const members = ({ extensions }: Conflict) => JSON.stringify(extensions)
        expect(members(new classes.Lent())).to.equal('{"isbn":"1","until":"May"}')
        expect(members(new classes.LentAgain())).to.equal('{"isbn":"1","until":"June","times":2}')
        expect(members(new classes.LentForever())).to.equal('{"isbn":"1","until":"June","times":2}')
      })

      it('restores them', () => {
        const problem = { type: 'urn:lent-again', status: 409, isbn: '2', until: 'July', times: 3 }
        const restored = failureFromProblem(problem, { classes: [classes.LentAgain] })
        expect(restored).to.be.instanceOf(classes.LentAgain).and.include({ isbn: '2', until: 'July', times: 3 })
      })

      it('is caught by @CatchingFailure()', async () => {
        const response = new classes.Books().lend()
        expect(response.status).to.equal(409)
        expect(await response.json()).to.include({ type: 'urn:lent-again', times: 2 })
      })
    })
  }

  for (const version of ['2022-03', '2021-12']) {
    it(`Babel with decorators of ${version}, which have no metadata, is rejected with a sentence`, () => {
      expect(() => run(babelWith(version)(SOURCE))).to.throw(
        TypeError,
        /^@Extension\(\) needs the metadata of decorators, which the compiler does not provide: use TypeScript 5\.2 or later, or version "2023-11" of @babel\/plugin-proposal-decorators$/,
      )
    })
  }
})
