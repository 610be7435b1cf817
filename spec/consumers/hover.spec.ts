import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import ts from 'typescript'
import { Project } from './project.js'
import { TYPES_OF_NODE } from './versions.js'

// Queries the language service of TypeScript, which editors use, for the installed declarations.

const SOURCE = `import { CatchingFailure, HttpStatus, NotFound, readJson } from 'http-failure'
import { byAccept } from 'http-failure/representations'
HttpStatus.NOT_FOUND
HttpStatus.UNPROCESSABLE_ENTITY
new NotFound('There is no such book.')
new NotFound().retryAfter
CatchingFailure()
readJson
byAccept
HttpStatus.I
`

for (const type of ['module', 'commonjs'] as const) {
  describe(`An editor in a project of type "${type}"`, () => {
    let service: ts.LanguageService
    let file: string

    before(() => {
      const project = new Project(`hover-${type}`, { type, dependencies: TYPES_OF_NODE, files: { 'index.ts': SOURCE } })
      file = project.path('index.ts')
      service = languageService(project.root, file)
    })
    after(() => service.dispose())

    it('reports no errors', () => {
      const incomplete = 'HttpStatus.I'
      const messages = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)]
        .filter(({ start }) => start === undefined || start < SOURCE.lastIndexOf(incomplete))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
      expect(messages).to.deep.equal([])
    })

    it('shows the meaning and the specification of HttpStatus.NOT_FOUND', () => {
      const { signature, documentation } = hover('NOT_FOUND')
      expect(signature).to.contain('NOT_FOUND').and.to.contain('404')
      expect(documentation).to.contain('404 Not Found').and.to.contain('the server has no resource at this target')
      expect(documentation).to.contain('RFC 9110, 15.5.5')
    })

    it('marks a former name as deprecated and shows the current one', () => {
      const { tags } = hover('UNPROCESSABLE_ENTITY')
      expect(tags['deprecated']).to.contain('UNPROCESSABLE_CONTENT')
    })

    it('shows the documentation of the class at `new NotFound(`', () => {
      const { signature, documentation } = hover('NotFound(')
      expect(signature).to.contain('new NotFound')
      expect(documentation).to.contain('404 Not Found').and.to.contain('the server has no resource at this target')
      expect(documentation).to.contain('RFC 9110, 15.5.5')
    })

    // Signature help shows only the doc comment of the constructor. All classes inherit one constructor, which has no
    // comment, because that would replace the comment of each class in the hover above.
    it('lists the parameters of a constructor', () => {
      const position = SOURCE.indexOf(`'There is no such book.'`)
      const items = service.getSignatureHelpItems(file, position, undefined)?.items ?? []
      const parameters = items.map((item) => item.parameters.map(({ name }) => name))
      expect(parameters).to.deep.include(['detail', 'options']).and.to.deep.include(['options'])
    })

    it('shows the documentation of members and functions', () => {
      expect(hover('retryAfter').documentation).to.contain('RFC 9110, 10.2.3')
      expect(hover('CatchingFailure()').documentation).to.contain('`Response`')
      expect(hover('readJson\nbyAccept').documentation).to.contain('Standard Schema')
      expect(hover('byAccept\nHttp').documentation).to.contain('Accept')
    })

    it('completes the names of statuses', () => {
      const names = service
        .getCompletionsAtPosition(file, SOURCE.lastIndexOf('HttpStatus.I') + 'HttpStatus.'.length, undefined)
        ?.entries.map(({ name }) => name)
      expect(names).to.include.members(['IM_A_TEAPOT', 'INTERNAL_SERVER_ERROR', 'of', 'phrase'])
    })

    it('navigates from a class to its declaration', () => {
      const [definition] = service.getDefinitionAtPosition(file, SOURCE.lastIndexOf('NotFound(')) ?? []
      const { fileName, textSpan } = definition as ts.DefinitionInfo
      expect(fileName).to.match(/node_modules\/http-failure\/dist\/(?:esm|cjs)\/core\.d\.ts$/)
      expect(readFileSync(fileName, 'utf8').slice(textSpan.start)).to.match(/^NotFound extends Failure/)
    })

    /** The hover at the last occurrence of a string in the source. */
    function hover(occurrence: string) {
      const info = service.getQuickInfoAtPosition(file, SOURCE.lastIndexOf(occurrence))
      const tags = (info?.tags ?? []).map(({ name, text }) => [name, ts.displayPartsToString(text)])
      return {
        signature: ts.displayPartsToString(info?.displayParts),
        documentation: ts.displayPartsToString(info?.documentation),
        tags: Object.fromEntries(tags) as Record<string, string>,
      }
    }
  })
}

function languageService(root: string, file: string): ts.LanguageService {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: ['node'],
  }
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [file],
    getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString(ts.sys.readFile(name) ?? ''),
    getScriptVersion: () => '1',
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
  })
}
