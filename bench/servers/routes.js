import { atLeast } from '../goal.js'

// The comparisons of servers, which are named `platform/route`. Comparisons without a goal are for information: a constant
// response is an upper bound.

const SUCCESSFUL = 'successful route (64 bytes of JSON)'
const NEST_DEFAULT = "Nest's default filter"
const WITHOUT_STACK = 'failing route without stack trace'
const WITH_STACK = 'failing route with stack trace'
const CONSTANT = 'filter that sends a constant response'

const express = onNest('express', 'Nest on Express')
const fastify = onNest('fastify', 'Nest on Fastify')

export const comparisons = [
  express(WITHOUT_STACK, 'filter', SUCCESSFUL, 'happy', atLeast(1)),
  express(WITHOUT_STACK, 'filter', NEST_DEFAULT, 'nest', atLeast(1.3)),
  express(WITH_STACK, 'filterWithStack', SUCCESSFUL, 'happy', atLeast(0.95)),
  express(WITH_STACK, 'filterWithStack', NEST_DEFAULT, 'nest', atLeast(1.2)),
  express(WITH_STACK, 'filterWithStack', '`nest-problem-details-filter`', 'problemDetailsFilter'),
  express(`${CONSTANT}, without stack trace`, 'constantFilter', NEST_DEFAULT, 'nest'),
  express(`${CONSTANT}, with stack trace`, 'constantFilterWithStack', NEST_DEFAULT, 'nest'),
  express(NEST_DEFAULT, 'nest', SUCCESSFUL, 'happy'),
  express('`nest-problem-details-filter`', 'problemDetailsFilter', SUCCESSFUL, 'happy'),
  express('`@CatchingFailure()` without stack trace', 'decorated', '`FailureFilter`', 'filter', atLeast(0.9)),
  express(
    '`@CatchingFailure()` with stack trace',
    'decoratedWithStack',
    '`FailureFilter`',
    'filterWithStack',
    atLeast(0.9),
  ),
  express('successful route, decorated', 'happyDecorated', 'undecorated', 'happy', atLeast(0.97), 'happyAgain'),

  fastify(WITHOUT_STACK, 'filter', CONSTANT, 'constantFilter', atLeast(0.9)),
  fastify(WITHOUT_STACK, 'filter', NEST_DEFAULT, 'nest', atLeast(1.5)),
  fastify(WITH_STACK, 'filterWithStack', NEST_DEFAULT, 'nest', atLeast(1.1)),
  fastify(WITHOUT_STACK, 'filter', SUCCESSFUL, 'happy'),
  fastify(WITH_STACK, 'filterWithStack', SUCCESSFUL, 'happy'),
  fastify(WITH_STACK, 'filterWithStack', '`nest-problem-details-filter`', 'problemDetailsFilter'),
  fastify(`${CONSTANT}, without stack trace`, 'constantFilter', NEST_DEFAULT, 'nest'),
  fastify(`${CONSTANT}, with stack trace`, 'constantFilterWithStack', NEST_DEFAULT, 'nest'),
  fastify(NEST_DEFAULT, 'nest', SUCCESSFUL, 'happy'),
  fastify('`nest-problem-details-filter`', 'problemDetailsFilter', SUCCESSFUL, 'happy'),
  fastify('`@CatchingFailure()` without stack trace', 'decorated', '`FailureFilter`', 'filter', atLeast(0.9)),
  fastify(
    '`@CatchingFailure()` with stack trace',
    'decoratedWithStack',
    '`FailureFilter`',
    'filterWithStack',
    atLeast(0.9),
  ),
  fastify('successful route, decorated', 'happyDecorated', 'undecorated', 'happy', atLeast(0.97), 'happyAgain'),

  onHono('responder', SUCCESSFUL, 'happy'),
  onHono('responder', "Hono's `HTTPException`", 'hono', atLeast(1.3)),
  onHono('decorated', SUCCESSFUL, 'happy'),
  onHono('toResponse', SUCCESSFUL, 'happy'),
  onHono('responderWithStack', SUCCESSFUL, 'happy'),
  onHono('constant', SUCCESSFUL, 'happy'),
  onHono('hono', SUCCESSFUL, 'happy'),
  onHono('responderWithStack', "Hono's `HTTPException`", 'hono'),

  onH3('decorated', SUCCESSFUL, 'happy'),
  onH3('decorated', "h3's `HTTPError`", 'h3'),
  onH3('decoratedFast', SUCCESSFUL, 'happy'),
  onH3('decoratedFast', "h3's `HTTPError`", 'h3'),
]

/** The adapters, each with and without stack trace beside a successful route and the error handling of the framework. */
export const adapterComparisons = [
  ...onFramework('plainExpress', 'express', 'Express', "Express' error handler with `http-errors`"),
  ...onFramework('plainFastify', 'fastify', 'Fastify', "Fastify's error handler with `http-errors`"),
  ...onFramework('koa', 'koa', 'Koa', "Koa's `ctx.throw()`"),
  ...onFramework('honoAdapter', 'hono', 'Hono on Node.js', "Hono's `HTTPException`"),
]

/** The servers of a quick run. */
export const quick = [
  'express/happy',
  'express/filter',
  'fastify/filter',
  'fastify/nest',
  'hono/happy',
  'hono/responder',
]

function onNest(platform, name) {
  return (label, subject, against, peer, goal, again) => ({
    label: `${name}: ${label}`,
    against,
    goal,
    servers: { subject: `${platform}/${subject}`, peer: `${platform}/${peer}`, again: again && `${platform}/${again}` },
  })
}

function onFramework(platform, entry, name, own) {
  const row = (label, subject, against, peer) => ({
    label: `${name}: ${label}, \`http-failure/${entry}\``,
    against,
    servers: { subject: `${platform}/${subject}`, peer: `${platform}/${peer}` },
  })
  return [
    row(WITHOUT_STACK, 'adapter', SUCCESSFUL, 'happy'),
    row(WITHOUT_STACK, 'adapter', own, 'own'),
    row(WITH_STACK, 'adapterWithStack', SUCCESSFUL, 'happy'),
    row(WITH_STACK, 'adapterWithStack', own, 'own'),
  ]
}

function onHono(subject, against, peer, goal) {
  const labels = {
    responder: `${WITHOUT_STACK}, \`responder.toResponse()\` in \`onError\``,
    responderWithStack: `${WITH_STACK}, \`responder.toResponse()\` in \`onError\``,
    decorated: `${WITHOUT_STACK}, \`CatchingFailure()\``,
    constant: `${WITHOUT_STACK}, constant \`Response\` in \`onError\``,
    hono: "failing route with Hono's `HTTPException`",
    toResponse: `${WITHOUT_STACK}, \`failure.toResponse()\` in \`onError\``,
  }
  const servers = { subject: `hono/${subject}`, peer: `hono/${peer}` }
  return { label: `Hono on Node.js: ${labels[subject]}`, against, goal, servers }
}

function onH3(subject, against, peer) {
  const labels = {
    decorated: `${WITHOUT_STACK}, \`CatchingFailure()\``,
    decoratedFast: `${WITHOUT_STACK}, \`CatchingFailure()\` and \`FastResponse\` of srvx`,
  }
  const servers = { subject: `h3/${subject}`, peer: `h3/${peer}` }
  return { label: `h3 on Node.js: ${labels[subject]}`, against, servers }
}
