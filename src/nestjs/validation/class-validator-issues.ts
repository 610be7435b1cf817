import type { ValidationError } from '@nestjs/common'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/** Errors of class-validator as Standard Schema issues: one for each constraint, outer ones first. */
export function issuesOfErrors(errors: readonly ValidationError[], name: string | undefined): StandardSchemaV1.Issue[] {
  const issues: StandardSchemaV1.Issue[] = []
  const around = name === undefined ? undefined : { name }
  const pending = errors.map((error) => ({ error, place: placeOf(error, around) })).reverse()
  // Not recursive, since the client controls the depth of nesting.
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { error, place } = next
    for (const message of Object.values(error.constraints ?? {})) issues.push(new IssueAt(place, message))
    for (const child of error.children?.toReversed() ?? []) {
      pending.push({ error: child, place: { name: child.property, around: place } })
    }
  }
  return issues
}

/** A location as a linked list, so that paths need not be copied at each level. */
interface Place {
  readonly name: string
  readonly around?: Place | undefined
}

/** Computes its path on access: only the first 100 issues are reported. */
class IssueAt implements StandardSchemaV1.Issue {
  constructor(
    readonly place: Place | undefined,
    readonly message: string,
  ) {}

  get path(): string[] {
    const names: string[] = []
    for (let place = this.place; place !== undefined; place = place.around) names.push(place.name)
    return names.reverse()
  }
}

function placeOf(error: ValidationError, around: Place | undefined): Place | undefined {
  if (!isOfNest(error)) return { name: error.property, around }
  return around ?? (ARGUMENT_TYPES.has(error.property) ? undefined : { name: error.property })
}

/**
 * Nest's own error for a primitive or an array in place of a class instance. Its `property` is the name of the argument, as
 * in `@Body('address')`, otherwise its type.
 */
function isOfNest({ constraints }: ValidationError): boolean {
  return constraints?.['isObject'] === 'Validation failed (object is expected)'
}

const ARGUMENT_TYPES: ReadonlySet<string> = new Set(['body', 'query', 'param', 'custom'])
