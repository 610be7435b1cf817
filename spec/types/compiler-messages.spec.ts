import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import ts from 'typescript'

// Each `@ts-expect-error` of the files beside this one names a part of the message in mind. Here they are compiled
// without the comments, and every message is held against its text, under both kinds of decorators.

const EXPECTATION = /^\s*\/\/ @ts-expect-error (.+)$/

const configurations = {
  'legacy decorators': 'tsconfig.json',
  'standard decorators': 'spec/tsconfig.standard.json',
}

for (const [kind, configuration] of Object.entries(configurations)) {
  describe(`The compiler, with ${kind}`, () => {
    for (const file of ['failures.ts', 'decorated-methods.ts']) {
      const lines = readFileSync(resolve('spec/types', file), 'utf8').split('\n')
      let messages: Map<number, string>

      before(function () {
        this.timeout(60_000)
        messages = messagesOf(resolve('spec/types', file), configuration)
      })

      for (const [index, line] of lines.entries()) {
        const expected = EXPECTATION.exec(line)?.[1]
        if (expected === undefined) continue
        it(`says in ${file}, line ${index + 2}: ${expected}`, () => {
          expect(messages.get(index + 1)).to.contain(expected)
        })
      }

      it(`accepts the rest of ${file}`, () => {
        const unexpected = [...messages].filter(([index]) => !EXPECTATION.test(lines[index - 1] ?? ''))
        expect(unexpected).to.deep.equal([])
      })
    }
  })
}

/** What the compiler says of a file when nothing is expected of it, by line. */
function messagesOf(path: string, configuration: string): Map<number, string> {
  const { config } = ts.readConfigFile(configuration, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve(configuration, '..'))
  const host = ts.createCompilerHost(options)
  const { readFile } = host
  host.readFile = (name) => {
    const text = readFile(name)
    return resolve(name) === path ? text?.replaceAll('@ts-expect-error', 'expected:') : text
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
