import ts from 'typescript'
import * as core from '../../src/index.js'
import * as nestjs from '../../src/nestjs/index.js'
import * as representations from '../../src/representations/index.js'

/** The entries of the package by the names under which users import them. */
const entries: Readonly<Record<string, object>> = {
  'http-failure': core,
  'http-failure/nestjs': nestjs,
  'http-failure/representations': representations,
}

/**
 * Runs a snippet as a module and returns its exports.
 *
 * @param globals - variables of the snippet, by name
 */
export function exportsOf(snippet: string, globals: Readonly<Record<string, unknown>> = {}): Record<string, any> {
  const { outputText } = ts.transpileModule(snippet, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  })
  const exported = {}
  const load = (name: string) => entries[name] ?? require(name)
  new Function('require', 'exports', ...Object.keys(globals), outputText)(load, exported, ...Object.values(globals))
  return exported
}
