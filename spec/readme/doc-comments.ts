import { resolve } from 'node:path'
import ts from 'typescript'
import { entries } from '../package/exported-names.js'
import { blocksIn } from './snippets.js'

/** An exported name with its doc comment. */
export interface DocumentedName {
  readonly entry: string
  readonly name: string
  readonly comment: string
  /** The code of each `@example`, including those of its members. */
  readonly examples: readonly string[]
}

/** The doc comments of all exports of all entries of the package. */
export function documentedNames(): DocumentedName[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'))
  const program = ts.createProgram(Object.values(entries), options)
  const checker = program.getTypeChecker()
  return Object.entries(entries).flatMap(([entry, path]) => {
    const source = program.getSourceFile(resolve(path)) as ts.SourceFile
    const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol)
    return symbols.map((symbol) => documented(entry, symbol.name, declarationsOf(symbol, checker)))
  })
}

function declarationsOf(symbol: ts.Symbol, checker: ts.TypeChecker): readonly ts.Declaration[] {
  const { declarations = [] } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return declarations
}

function documented(entry: string, name: string, declarations: readonly ts.Declaration[]): DocumentedName {
  const comment = declarations.map(commentOf).join('\n')
  const memberComments = declarations.flatMap(membersOf).map(commentOf)
  return { entry, name, comment, examples: [comment, ...memberComments].flatMap(examplesIn) }
}

/** The source of a doc comment without its asterisks. */
function commentOf(declaration: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .map((comment) =>
      comment
        .getText()
        .replace(/^\/\*\*\s*|\s*\*\/$/g, '')
        .replace(/^[ \t]*\* ?/gm, ''),
    )
    .join('\n')
}

function membersOf(declaration: ts.Declaration): readonly ts.Node[] {
  return ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration) ? declaration.members : []
}

/** The code of each `@example`: a fenced block, or the rest of the line. */
function examplesIn(comment: string): string[] {
  const onOneLine = [...comment.matchAll(/^@example (.*)$(?!\n```)/gm)].map(([, code]) => code as string)
  return [...onOneLine, ...blocksIn(comment, 'ts')]
}
