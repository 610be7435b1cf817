import { execFileSync } from 'node:child_process'

/** What `npm pack` says of a tarball. */
export interface Tarball {
  readonly filename: string
  /** Packed, in bytes. */
  readonly size: number
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

/** Packs as `npm publish` would, and writes nothing. */
export function packed(folder: string): Tarball {
  const given = ['pack', '--dry-run', '--json', '--foreground-scripts=false']
  const [tarball] = JSON.parse(
    execFileSync('npm', given, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )
  return tarball
}

const DOCUMENTS = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']
const LARGEST = 1_000_000

/** What is wrong with a tarball, in a sentence each. */
export function faultsOf({ files, size }: Tarball, manifest: unknown): string[] {
  const paths = new Set(files.map(({ path }) => path))
  const missing = [...DOCUMENTS, ...pathsIn(manifest)].filter((path) => !paths.has(path))
  const strange = [...paths].filter((path) => !isOfPackage(path))
  const faults = [...missing.map((path) => `It lacks ${path}`), ...strange.map((path) => `It should not have ${path}`)]
  if (size > LARGEST) faults.push(`It has ${size} bytes, and may have ${LARGEST}`)
  return faults
}

/** Every file that a manifest leads to: `main`, `types` and all that stands in `exports`. */
function pathsIn(manifest: unknown): string[] {
  const { main, module, types, exports } = manifest as Record<string, unknown>
  return [...new Set(textsIn([main, module, types, exports]).map((path) => path.replace(/^\.\//, '')))]
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function isOfPackage(path: string): boolean {
  if (DOCUMENTS.includes(path)) return true
  return /^(dist|src)\//.test(path) && !/\.(spec\.\w+|tsbuildinfo|tgz)$|(^|\/)\./.test(path)
}
