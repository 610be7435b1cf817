import type { ValidationError } from '@nestjs/common'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/** What class-validator has found, as issues of a Standard Schema: one for each constraint, outer ones first. */
export function issuesOfErrors(errors: readonly ValidationError[], name: string | undefined): StandardSchemaV1.Issue[] {
  const issues: StandardSchemaV1.Issue[] = []
  const around = name === undefined ? undefined : { name }
  const pending = errors.map((error) => ({ error, place: placeOf(error, around) })).reverse()
  // Not recursive: whoever sends a value decides how deep its errors are nested.
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { error, place } = next
    for (const message of Object.values(error.constraints ?? {})) issues.push(new IssueAt(place, message))
    for (const child of error.children?.toReversed() ?? []) {
      pending.push({ error: child, place: { name: child.property, around: place } })
    }
  }
  return issues
}

/** Where something is, without a copy of the path at every level. */
interface Place {
  readonly name: string
  readonly around?: Place | undefined
}

/** Worked out when it is reported: most of many issues are not. */
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
 * Nest's own error for an argument that is a primitive or a list where a class was expected: its `property` is the name
 * of the argument, as in `@Body('address')`, or else its type.
 */
function isOfNest({ constraints }: ValidationError): boolean {
  return constraints?.['isObject'] === 'Validation failed (object is expected)'
}

const ARGUMENT_TYPES: ReadonlySet<string> = new Set(['body', 'query', 'param', 'custom'])
