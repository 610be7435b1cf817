import type { Failure } from '../../failure/failure.js'
import { isError } from '../../problem/is-error.js'
import { memberOf } from '../../problem/unknown-values.js'
import { errorLines } from './error-lines.js'
import { indentedLines } from './log-text.js'

/**
 * A failure for a log: its stack trace and those of all its causes, with data that is withheld from the client. At most
 * 13 KB, so that it fits into 16 KB with the summary; of many causes, the first and the last ones are kept. Never throws.
 */
export function formatFailure(failure: Failure): string {
  return fitting(blocksOf(failure)).join('\n')
}

/** A block for each error: the error, the parts of an `AggregateError`, the cause, and so on. */
function blocksOf(error: unknown): string[] {
  const blocks: string[] = []
  const seen = new Set<unknown>()
  const addChain = (first: unknown, label: string, indentation: string) => {
    let prefix = label
    for (let link = first; isUnseen(link, seen); link = memberOf(link, 'cause')) {
      seen.add(link)
      blocks.push(shortBlock(`${indentation}${prefix}${blockOf(link, indentation)}`))
      const parts = partsOf(link)
      for (const [index, part] of parts.entries())
        addChain(part, `${index + 1} of ${parts.length}: `, `${indentation}  `)
      prefix = 'Caused by: '
    }
  }
  addChain(error, '', '')
  return blocks
}

/** An error without a cause has the cause `undefined`. Chains may be endless. */
function isUnseen(link: unknown, seen: ReadonlySet<unknown>): boolean {
  return link !== undefined && !seen.has(link) && seen.size < MOST_ERRORS
}

const MOST_ERRORS = 100

function blockOf(error: unknown, indentation: string): string {
  try {
    return indentedLines(errorLines(error), `${indentation}  `)
  } catch {
    // Reading an error may throw; the failure must not go unnoticed.
    return '(an error that cannot be printed)'
  }
}

/** The errors in an `AggregateError`, or in any error with a list of errors. */
function partsOf(error: unknown): readonly unknown[] {
  try {
    const errors = isError(error) ? memberOf(error, 'errors') : undefined
    // Errors of validators have `errors` that are not errors; those of a hostile one may throw.
    return Array.isArray(errors) ? errors.slice(0, MOST_ERRORS).filter(isError) : []
  } catch {
    return []
  }
}

/** A block that is cut after 6 KB. */
function shortBlock(block: string): string {
  const { read } = new TextEncoder().encodeInto(block, new Uint8Array(6 * KILOBYTE))
  return read < block.length ? `${block.slice(0, read)}…` : block
}

/** Leaves out blocks in the middle, since the last one is the root cause. */
function fitting(blocks: readonly string[]): readonly string[] {
  const last = blocks.length - 1
  let rest = 13 * KILOBYTE - sizeOf(blocks[last])
  const kept = blocks.findIndex((block) => {
    rest -= sizeOf(block)
    return rest < 0
  })
  return kept < 0 || kept >= last ? blocks : [...blocks.slice(0, kept), `(${last - kept} more)`, ...blocks.slice(last)]
}

function sizeOf(block = ''): number {
  return new TextEncoder().encode(block).length + '\n'.length
}

const KILOBYTE = 1024
