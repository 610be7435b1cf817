import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'

// The table in CONTRIBUTING.md lists the modules of src/: each may import from the modules above it.

const modules = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `src\/([a-z]+)\/` \|/gm)].map(
  ([, name]) => name,
)
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const sources = new Map(
  files.map((file) => [
    file,
    ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), ts.ScriptTarget.Latest, true),
  ]),
)

const moduleOf = (file: string) => (file.includes('/') ? file.split('/')[0] : undefined)

/** The files that a file imports, types and `import()` included. */
function importsOf(file: string): string[] {
  const specifiers: string[] = []
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
      add(node.moduleSpecifier)
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) node.arguments.forEach(add)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal)
    ts.forEachChild(node, visit)
  }
  const add = (node: ts.Node) => ts.isStringLiteral(node) && specifiers.push(node.text)
  visit(sources.get(file) as ts.SourceFile)
  return specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative('src', join('src', dirname(file), specifier.replace(/\.js$/, '.ts'))))
}

/** The first import cycle that is reached from a file: the files on the way, the last one equal to an earlier one. */
function cycleFrom(file: string, way: readonly string[] = [], visited = new Set<string>()): string[] | undefined {
  if (way.includes(file)) return [...way, file]
  if (visited.has(file)) return undefined
  visited.add(file)
  for (const imported of importsOf(file)) {
    const cycle = cycleFrom(imported, [...way, file], visited)
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/** The names that a file declares at its top level. */
function declaredIn(file: string): string[] {
  const { statements } = sources.get(file) as ts.SourceFile
  // A type may have the name of its constant, and overloads share a name.
  return [...new Set(statements.flatMap(namesIn))]
}

function namesIn(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name))
  const { name } = statement as ts.Statement & { readonly name?: ts.Node }
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : []
}

/** The names of a variable declaration, which may be destructuring. */
function boundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundBy(element.name) : []))
}

describe('The modules of src/', () => {
  it('are listed in CONTRIBUTING.md', () => {
    expect([...new Set(files.map(moduleOf))].filter(Boolean).sort()).to.deep.equal([...modules].sort())
  })

  for (const name of modules) {
    it(`${name} imports only from the modules above it`, () => {
      const imports = files.filter((file) => moduleOf(file) === name).flatMap(importsOf)
      const fromBelow = imports.filter((file) => modules.indexOf(moduleOf(file)) > modules.indexOf(name))
      expect([...fromBelow, ...imports.filter((file) => moduleOf(file) === undefined)]).to.deep.equal([])
    })
  }
})

function areOfDifferentAdapters(modulesOfName: (string | undefined)[]): boolean {
  const adapters = modules.slice(modules.indexOf('express'))
  return modulesOfName.every((name) => adapters.includes(name)) && new Set(modulesOfName).size === modulesOfName.length
}

describe('The files of src/', () => {
  it('have no import cycles, types included', () => {
    for (const file of files) expect(cycleFrom(file), file).to.equal(undefined)
  })

  it('declare each top-level name in one file only, or in one file of each adapter', () => {
    // The two formats of one module.
    const others = files.filter((file) => !file.endsWith('.commonjs.ts'))
    const declaring = new Map<string, string[]>()
    for (const file of others) {
      for (const name of declaredIn(file)) declaring.set(name, [...(declaring.get(name) ?? []), file])
    }
    const repeated = [...declaring].filter(([, places]) => places.length > 1)
    // Each adapter has `failures`, for example.
    expect(repeated.filter(([, places]) => !areOfDifferentAdapters(places.map(moduleOf)))).to.deep.equal([])
  })
})
