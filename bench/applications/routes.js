import { atMost } from '../goal.js'

// Failing requests to applications as they are: exceptions of Nest under our filter beside the same under Nest's, and
// failures with their stack traces.

const UNDER_DEFAULT = "under Nest's default filter"

export const comparisons = [
  ...onNest('fastify', 'Nest on Fastify', { exception: atMost(1.1), failure: atMost(1.05) }),
  ...onNest('express', 'Nest on Express', { exception: atMost(1.05), failure: atMost(0.95) }),
]

function onNest(platform, name, goals) {
  const row = (what, subject, peer, others) => ({
    label: `${name}, processor time per request: ${what} under \`FailureFilter\``,
    against: UNDER_DEFAULT,
    subject: `${platform}/${subject}`,
    peer: `${platform}/${peer}`,
    ...others,
  })
  return [
    row("Nest's `NotFoundException`", 'exceptionUnderFilter', 'nest', { status: 404, goal: goals.exception }),
    row('our `NotFound`', 'filterWithStack', 'nest', {
      status: 404,
      goal: goals.failure,
      against: "Nest's `NotFoundException` under its default filter",
    }),
    row('an unknown route', 'happyUnderFilter', 'happy', { path: '/unknown', status: 404 }),
    row('a request that a guard refuses', 'refusedUnderFilter', 'refused', { status: 403 }),
    row('a request that `ValidationPipe` rejects', 'invalidUnderFilter', 'invalid', { status: 400 }),
  ]
}
