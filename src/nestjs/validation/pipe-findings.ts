import type { ValidationError } from '@nestjs/common'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Failure } from '../../failure/failure.js'
import { isFailure } from '../../failure/is-failure.js'
import { issuesOfErrors } from './class-validator-issues.js'

/** The argument of a pipe's `exceptionFactory`: errors of class-validator, issues of a Standard Schema, or messages. */
export type Findings =
  | readonly ValidationError[]
  | readonly StandardSchemaV1.Issue[]
  | readonly (string | Failure)[]
  | string

/** The findings of a pipe as issues, below the name of the value that the pipe is bound to, if any. */
export function issuesIn(findings: Findings, name: string | undefined): readonly StandardSchemaV1.Issue[] {
  if (typeof findings === 'string') return [{ message: findings, path: name === undefined ? [] : [name] }]
  if (areMessages(findings)) return findings.flatMap(messagesOf).flatMap((message) => issuesIn(message, name))
  if (!areIssues(findings)) return issuesOfErrors(findings, name)
  // Not `map()`, which would create an instance of the array's own class.
  return name === undefined ? findings : Array.from(findings, (issue) => new IssueUnder(name, issue))
}

/** `ParseArrayPipe` passes a message for each item, or the exception of its factory. */
function areMessages(found: Exclude<Findings, string>): found is readonly (string | Failure)[] {
  return found.some((finding) => typeof finding === 'string' || isFailure(finding))
}

function messagesOf(finding: string | Failure): string[] {
  if (typeof finding === 'string') return [finding]
  const { errors } = finding.extensions as { readonly errors?: readonly { readonly detail: string }[] }
  return errors?.map(({ detail }) => detail) ?? [finding.message]
}

/** Unlike issues, errors of class-validator have no `message`, but messages by constraint. */
function areIssues(
  found: readonly ValidationError[] | readonly StandardSchemaV1.Issue[],
): found is readonly StandardSchemaV1.Issue[] {
  return found.some((finding) => 'message' in finding)
}

/** Reads the issue on access: only the first 100 issues are reported, and getters may throw. */
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
