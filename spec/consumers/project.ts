import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

// Projects of users, with the package packed and installed. They are outside of this repository, so that they don't
// resolve its packages and types.

/** The content of a project. */
export interface ProjectOptions {
  readonly type?: 'module' | 'commonjs'
  /** Further packages to install: names with exact versions. */
  readonly dependencies?: Readonly<Record<string, string>>
  readonly files?: Files
}

/** The content of files by their paths in the project. Objects are written as JSON. */
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

  /** The names of the packages in `node_modules`, including scoped packages. */
  installed(): string[] {
    const under = (...names: string[]) => readdirSync(this.path('node_modules', ...names))
    return under()
      .filter((name) => !name.startsWith('.'))
      .flatMap((name) => (name.startsWith('@') ? under(name).map((inner) => `${name}/${inner}`) : name))
      .sort()
  }

  node(...args: string[]): string {
    return run(process.execPath, args, this.root)
  }

  /** Writes a source, runs it, and parses its output as JSON. */
  printed(path: string, source: string, ...flags: string[]): unknown {
    this.write({ [path]: source })
    return JSON.parse(this.node(...flags, path))
  }
}

let tarball: string | undefined

/** Packs the package, once per process, and returns the path of the tarball. */
export function packed(): string {
  if (tarball === undefined) {
    run('npm', ['pack', '--pack-destination', workshop()])
    tarball = join(workshop(), readdirSync(workshop()).find((name) => name.endsWith('.tgz')) as string)
  }
  return tarball
}

let directory: string | undefined

/** The temporary directory of this process. It is removed when the process exits. */
export function workshop(): string {
  if (directory === undefined) {
    const created = mkdtempSync(join(realpathSync(tmpdir()), 'http-failure-'))
    process.once('exit', () => rmSync(created, { recursive: true, force: true, maxRetries: 3 }))
    directory = created
  }
  return directory
}

/** Runs a command and returns its output. If it fails, the error contains the output. */
export function run(command: string, args: readonly string[], cwd = '.'): string {
  // The child process must not inherit coverage or compiler options.
  const { NODE_V8_COVERAGE: _, TS_NODE_PROJECT: __, ...env } = process.env
  try {
    return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error })
  }
}
