import { toJson } from '../problem/json.js'
import { PROBLEM_JSON } from '../problem/problem-details.js'
import type { Representation } from './representation.js'

/**
 * The problem document as JSON, also for clients that ask for JSON of any kind. RFC 9457, 3
 *
 * @example const content = problemJson.render(problem, answer)
 */
export const problemJson: Representation = {
  mediaType: PROBLEM_JSON,
  alsoFor: ['application/json'],
  render: toJson,
}
