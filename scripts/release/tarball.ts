import { execFileSync } from 'node:child_process'

/** A tarball, as `npm pack --json` describes it. */
export interface Tarball {
  readonly filename: string
  /** The packed size in bytes. */
  readonly size: number
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

/** Packs as `npm publish` would, without writing a file. */
export function packed(folder: string): Tarball {
  const args = ['pack', '--dry-run', '--json', '--foreground-scripts=false']
  const [tarball] = JSON.parse(
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )
  return tarball
}

const DOCUMENTS = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']

/** What else belongs in the package: the build, its sources, and the pages that the README leads to, with their pictures. */
const CONTENTS = [/^(?:dist|src|examples)\//, /^(?:guides|bench)\/[^/]+\.(?:md|png|svg)$/, /^CONTRIBUTING\.md$/]
const TRACES = /\.(?:spec\.\w+|tsbuildinfo|tgz)$|(?:^|\/)\./
const MAX_SIZE = 1_000_000

/** The faults of a tarball, as one sentence each. */
export function faultsOf({ files, size }: Tarball, manifest: unknown): string[] {
  const paths = new Set(files.map(({ path }) => path))
  const missing = [...DOCUMENTS, ...pathsIn(manifest)].filter((path) => !paths.has(path))
  const unexpected = [...paths].filter((path) => !belongsInPackage(path))
  const faults = [...missing.map((path) => `Missing: ${path}`), ...unexpected.map((path) => `Unexpected: ${path}`)]
  if (size > MAX_SIZE) faults.push(`Too large: ${size} bytes, the limit is ${MAX_SIZE}`)
  return faults
}

/** Every file that a manifest refers to: `main`, `module`, `types` and all targets in `exports`. */
function pathsIn(manifest: unknown): string[] {
  const { main, module, types, exports } = manifest as Record<string, unknown>
  return [...new Set(stringsIn([main, module, types, exports]).map((path) => path.replace(/^\.\//, '')))]
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

function belongsInPackage(path: string): boolean {
  return DOCUMENTS.includes(path) || (CONTENTS.some((pattern) => pattern.test(path)) && !TRACES.test(path))
}
