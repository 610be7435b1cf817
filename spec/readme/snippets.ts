import { resolve } from 'node:path'
import ts from 'typescript'
import { entries } from '../package/exported-names.js'

/** The fenced code blocks of a language in a Markdown page. */
export function blocksIn(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block]) => block as string,
  )
}

/** Replaces the relative imports of an example with those of the installed package. */
export function asInstalled(example: string): string {
  return example.replace(/'(?:\.\.\/)+src\/(?:(\w+)\/)?index\.js'/g, (_, entry?: string) =>
    entry === undefined ? "'http-failure'" : `'http-failure/${entry}'`,
  )
}

/** Compiles snippets that import the package by its name, and returns the errors. */
export function errorsIn(snippets: readonly string[]): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'))
  options.paths = Object.fromEntries(
    Object.entries(entries).map(([entry, source]) => [entry.replace('.', 'http-failure'), [resolve(source)]]),
  )
  const sources = new Map(snippets.map((snippet, index) => [resolve(`spec/readme/snippet-${index}.ts`), snippet]))
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = (path) => sources.get(path) ?? readFile(path)
  host.fileExists = (path) => sources.has(path) || fileExists(path)
  const program = ts.createProgram([...sources.keys()], options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ messageText, file, start }) =>
        `${file?.text.slice(start).split('\n')[0]}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    )
}

/** The rows of all tables in a Markdown page as arrays of cells, without the table heads. */
export function rowsIn(markdown: string): string[][] {
  const lines = markdown.split('\n')
  const isRow = (line: string | undefined) => line?.startsWith('|') === true
  return lines
    .filter(
      (line, index) =>
        isRow(line) && !/^\|[\s:|-]*$/.test(line) && !/^\|[\s:|-]*-[\s:|-]*$/.test(lines[index + 1] ?? ''),
    )
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    )
}

/** Whether code uses a name, other than as a property or in a string. */
export function isUsed(name: string, code: string): boolean {
  return new RegExp(`(?<!(?<!\\.\\.)\\.|['\\w])${name}\\b`).test(code)
}
