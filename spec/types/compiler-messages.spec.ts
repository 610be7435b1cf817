import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'

// In the files of this directory, a part of the expected message follows each `@ts-expect-error`. Here, the files are
// compiled without these directives, with legacy and with standard decorators, and the messages are compared.

const EXPECTATION = /^\s*\/\/ @ts-expect-error (.+)$/

const configurations = {
  'legacy decorators': 'tsconfig.json',
  'standard decorators': 'spec/tsconfig.standard.json',
}

for (const [decorators, configuration] of Object.entries(configurations)) {
  describe(`The compiler, with ${decorators},`, () => {
    for (const file of ['failures.ts', 'problem-types.ts', 'reply-headers.ts', 'decorated-methods.ts']) {
      const lines = readFileSync(resolve('spec/types', file), 'utf8').split('\n')
      let messages: Map<number, string>

      before(function () {
        this.timeout(60_000)
        messages = messagesOf(resolve('spec/types', file), configuration)
      })

      for (const [index, line] of lines.entries()) {
        const expected = EXPECTATION.exec(line)?.[1]
        if (expected === undefined) continue
        it(`reports in ${file}, line ${index + 2}: ${expected}`, () => {
          expect(messages.get(index + 1)).to.contain(expected)
        })
      }

      it(`reports nothing else in ${file}`, () => {
        const unexpected = [...messages].filter(([index]) => !EXPECTATION.test(lines[index - 1] ?? ''))
        expect(unexpected).to.deep.equal([])
      })
    }
  })
}

/** The messages of the compiler for a file without its `@ts-expect-error` directives, by line. */
function messagesOf(path: string, configuration: string): Map<number, string> {
  const { config } = ts.readConfigFile(configuration, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve(configuration, '..'))
  const host = ts.createCompilerHost(options)
  const { readFile } = host
  host.readFile = (name) => {
    const content = readFile(name)
    return resolve(name) === path ? content?.replaceAll('@ts-expect-error', 'expected:') : content
  }
  const program = ts.createProgram([path], options, host)
  const source = program.getSourceFile(path)
  const messages = new Map<number, string>()
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(source)) {
    const line = ts.getLineAndCharacterOfPosition(source as ts.SourceFile, start).line
    const message = ts.flattenDiagnosticMessageText(messageText, '\n').replaceAll('\\"', '"')
    messages.set(line, `${messages.get(line) ?? ''}${message}\n`)
  }
  return messages
}
