import { toJson } from '../problem/json.js'
import { PROBLEM_JSON } from '../problem/problem-details.js'
import type { Representation } from './representation.js'

/**
 * Problem details as JSON, also for clients that accept `application/json`. RFC 9457, 3
 *
 * @example const content = problemJson.render(problem, context)
 */
export const problemJson: Representation = {
  mediaType: PROBLEM_JSON,
  alsoFor: ['application/json'],
  render: toJson,
}
