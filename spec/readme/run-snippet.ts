import { join, resolve } from 'node:path'
import ts from 'typescript'
import { entries } from '../package/exported-names.js'

/** The source files of the entries by the names under which users import them. */
const sources = new Map(Object.entries(entries).map(([entry, path]) => [join('http-failure', entry), resolve(path)]))

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
  const load = (name: string) => require(sources.get(name) ?? name)
  new Function('require', 'exports', ...Object.keys(globals), outputText)(load, exported, ...Object.values(globals))
  return exported
}
