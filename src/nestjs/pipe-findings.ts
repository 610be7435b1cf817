import type { ValidationError } from '@nestjs/common'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { isFailure } from '../failure/brand.js'
import type { Failure } from '../failure/failure.js'
import { issuesOfErrors } from './issues-of-errors.js'

/** What a pipe of Nest has found: errors of class-validator, issues of a Standard Schema, or a message. */
export type Findings =
  | readonly ValidationError[]
  | readonly StandardSchemaV1.Issue[]
  | readonly (string | Failure)[]
  | string

/** The issues in what a pipe has found, under the name of the value that it is bound to, if it is bound to one. */
export function issuesIn(found: Findings, name: string | undefined): readonly StandardSchemaV1.Issue[] {
  if (typeof found === 'string') return [{ message: found, path: name === undefined ? [] : [name] }]
  if (areOfItems(found)) return found.flatMap(messagesOf).flatMap((message) => issuesIn(message, name))
  if (!areIssues(found)) return issuesOfErrors(found, name)
  // Not `map()`: a list of a class of its own would make another of that class.
  return name === undefined ? found : Array.from(found, (issue) => new IssueUnder(name, issue))
}

/** What `ParseArrayPipe` has found of each item: a message, or what its factory has made of that. */
function areOfItems(found: Exclude<Findings, string>): found is readonly (string | Failure)[] {
  return found.some((finding) => typeof finding === 'string' || isFailure(finding))
}

function messagesOf(finding: string | Failure): string[] {
  if (typeof finding === 'string') return [finding]
  const { errors } = finding.extensions as { readonly errors?: readonly { readonly detail: string }[] }
  return errors?.map(({ detail }) => detail) ?? [finding.message]
}

/** An error of class-validator has messages, by constraint, but no message. */
function areIssues(
  found: readonly ValidationError[] | readonly StandardSchemaV1.Issue[],
): found is readonly StandardSchemaV1.Issue[] {
  return found.some((finding) => 'message' in finding)
}

/** Read when it is reported: most of many are not, and the getters of an issue are somebody else's. */
class IssueUnder implements StandardSchemaV1.Issue {
  constructor(
    readonly name: string,
    readonly issue: StandardSchemaV1.Issue,
  ) {}

  get message(): string {
    return this.issue.message
  }

  get path(): NonNullable<StandardSchemaV1.Issue['path']> {
    return [this.name, ...(this.issue.path ?? [])]
  }
}
