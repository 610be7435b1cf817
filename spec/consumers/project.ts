import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

// Projects of our users, with the package as they get it: packed, and installed. They are far from this repository, so
// that no package and no types of ours are found from there.

/** What a project is made of. */
export interface ProjectOptions {
  readonly type?: 'module' | 'commonjs'
  /** What it has installed beside http-failure: names, with the exact versions. */
  readonly dependencies?: Readonly<Record<string, string>>
  readonly files?: Files
}

/** The texts of files, by their paths in the project; what is no text is written as JSON. */
export type Files = Readonly<Record<string, string | object>>

/** A project in a temporary directory. */
export class Project {
  readonly root: string

  constructor(name: string, { type = 'module', dependencies = {}, files = {} }: ProjectOptions = {}) {
    this.root = mkdtempSync(join(workshop(), `${name}-`))
    const all = { 'http-failure': `file:${packed()}`, ...dependencies }
    this.write({ 'package.json': { name, private: true, type, dependencies: all }, ...files })
    run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], this.root)
  }

  write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true })
      writeFileSync(this.path(path), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
    }
  }

  path(...names: string[]): string {
    return join(this.root, ...names)
  }

  /** The names of the packages in `node_modules`, those with a scope included. */
  installed(): string[] {
    const under = (...names: string[]) => readdirSync(this.path('node_modules', ...names))
    return under()
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) => (name.startsWith('@') ? under(name).map((inner) => `${name}/${inner}`) : name))
      .sort()
  }

  node(...given: string[]): string {
    return run(process.execPath, given, this.root)
  }

  /** Writes a source, runs it, and gives what it has printed as JSON. */
  printed(path: string, source: string, ...flags: string[]): unknown {
    this.write({ [path]: source })
    return JSON.parse(this.node(...flags, path))
  }
}

let tarball: string | undefined

/** Packs the package, once in each process, and gives the path of the tarball. */
export function packed(): string {
  if (tarball === undefined) {
    run('npm', ['pack', '--pack-destination', workshop()])
    tarball = join(workshop(), readdirSync(workshop()).find((name) => name.endsWith('.tgz')) as string)
  }
  return tarball
}

let directory: string | undefined

/** One directory for all that is temporary in this process; it is removed when the process ends. */
export function workshop(): string {
  if (directory === undefined) {
    const made = mkdtempSync(join(realpathSync(tmpdir()), 'http-failure-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true, maxRetries: 3 }))
    directory = made
  }
  return directory
}

/** Runs a command, and gives what it has printed; what a command that fails has printed is in the error. */
export function run(command: string, given: readonly string[], cwd = '.'): string {
  // The coverage and the compiler options of another process are not ours.
  const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
  try {
    return execFileSync(command, given, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${command} ${given.join(' ')}\n${stdout}${stderr}`, { cause: error })
  }
}
