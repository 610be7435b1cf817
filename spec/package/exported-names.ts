import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: object }

/** The entries of the package and their source files: `./nestjs` is `src/nestjs/index.ts`. */
export const entries: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(manifest.exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => [entry, join('src', entry, 'index.ts')]),
)

/** The names that an entry exports: values, which exist at run time, and types. */
export interface ExportedNames {
  readonly values: readonly string[]
  readonly types: readonly string[]
}

/** Reads the exported names of each entry, or of other modules, from the source. */
export function exportedNames(sources: Readonly<Record<string, string>> = entries): Record<string, ExportedNames> {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.')
  const program = ts.createProgram(Object.values(sources), options)
  return Object.fromEntries(Object.entries(sources).map(([entry, path]) => [entry, namesIn(program, path)]))
}

function namesIn(program: ts.Program, path: string): ExportedNames {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(resolve(path)) as ts.SourceFile
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol)
  const isValue = (symbol: ts.Symbol) => (resolved(symbol).flags & ts.SymbolFlags.Value) !== 0
  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const names = (selected: ts.Symbol[]) => selected.map(({ name }) => name).sort()
  return {
    values: names(symbols.filter(isValue)),
    types: names(symbols.filter((symbol) => !isValue(symbol))),
  }
}
