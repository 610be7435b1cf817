import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import ts from 'typescript'
import { Project } from './project.js'
import { TYPES_OF_NODE } from './versions.js'

// What an editor shows, asked of the language service over the declarations as they are installed.

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
  describe(`An editor, in a project of type "${type}"`, () => {
    let service: ts.LanguageService
    let file: string

    before(() => {
      const project = new Project(`hover-${type}`, { type, dependencies: TYPES_OF_NODE, files: { 'index.ts': SOURCE } })
      file = project.path('index.ts')
      service = languageService(project.root, file)
    })
    after(() => service.dispose())

    it('finds nothing to complain of', () => {
      const unfinished = 'HttpStatus.I'
      const messages = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)]
        .filter(({ start }) => start === undefined || start < SOURCE.lastIndexOf(unfinished))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
      expect(messages).to.deep.equal([])
    })

    it('tells of HttpStatus.NOT_FOUND what it means, and where that is written', () => {
      const { signature, documentation } = hover('NOT_FOUND')
      expect(signature).to.contain('NOT_FOUND').and.to.contain('404')
      expect(documentation).to.contain('404 Not Found').and.to.contain('the server has no resource at this target')
      expect(documentation).to.contain('RFC 9110, 15.5.5')
    })

    it('strikes out a name of an older specification, and tells the newer one', () => {
      const { tags } = hover('UNPROCESSABLE_ENTITY')
      expect(tags['deprecated']).to.contain('UNPROCESSABLE_CONTENT')
    })

    it('tells at `new NotFound(` what the class is for', () => {
      const { signature, documentation } = hover('NotFound(')
      expect(signature).to.contain('new NotFound')
      expect(documentation).to.contain('404 Not Found').and.to.contain('the server has no resource at this target')
      expect(documentation).to.contain('RFC 9110, 15.5.5')
    })

    // The box for arguments has the doc of a constructor alone. All classes inherit theirs, and a comment at that one
    // would take the place of the class's own in the box above.
    it('lists what may stand between the parentheses', () => {
      const position = SOURCE.indexOf(`'There is no such book.'`)
      const items = service.getSignatureHelpItems(file, position, undefined)?.items ?? []
      const parameters = items.map((item) => item.parameters.map(({ name }) => name))
      expect(parameters).to.deep.include(['detail', 'options']).and.to.deep.include(['options'])
    })

    it('tells of members and of functions', () => {
      expect(hover('retryAfter').documentation).to.contain('RFC 9110, 10.2.3')
      expect(hover('CatchingFailure()').documentation).to.contain('`Response`')
      expect(hover('readJson\nbyAccept').documentation).to.contain('Standard Schema')
      expect(hover('byAccept\nHttp').documentation).to.contain('Accept')
    })

    it('offers the statuses by name', () => {
      const names = service
        .getCompletionsAtPosition(file, SOURCE.lastIndexOf('HttpStatus.I') + 'HttpStatus.'.length, undefined)
        ?.entries.map(({ name }) => name)
      expect(names).to.include.members(['IM_A_TEAPOT', 'INTERNAL_SERVER_ERROR', 'of', 'phrase'])
    })

    it('goes from a name to the source that is in the package', () => {
      const [definition] = service.getDefinitionAtPosition(file, SOURCE.lastIndexOf('NotFound(')) ?? []
      const { fileName, pos } = sourceOf(service, definition as ts.DefinitionInfo)
      expect(fileName).to.match(/node_modules\/http-failure\/src\/failure\/client-failures\.ts$/)
      expect(readFileSync(fileName, 'utf8').slice(pos)).to.match(/^NotFound extends Failure/)
    })

    /** What stands in the box over the last place where the source has these words. */
    function hover(words: string) {
      const info = service.getQuickInfoAtPosition(file, SOURCE.lastIndexOf(words))
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

/** Where a declaration comes from: what the server of an editor asks, and what the types of the service do not tell. */
function sourceOf(service: ts.LanguageService, { fileName, textSpan }: ts.DefinitionInfo) {
  const { getSourceMapper } = service as ts.LanguageService & {
    getSourceMapper(): { tryGetSourcePosition(place: Place): Place | undefined }
  }
  const place = { fileName, pos: textSpan.start }
  return getSourceMapper().tryGetSourcePosition(place) ?? place
}

interface Place {
  readonly fileName: string
  readonly pos: number
}
