import { atLeast } from '../goal.js'

// What is compared with what: servers as `platform/route`. Those without a goal are there for the record: what a constant
// reaches, nobody who answers can surpass.

const HAPPY = 'happy route (64 bytes of JSON)'
const NESTS_OWN = "Nest's default filter"
const CONSTANT = 'a filter that sends a constant'

const express = onNest('express', 'Nest on Express')
const fastify = onNest('fastify', 'Nest on Fastify')

export const comparisons = [
  express('failing route, without stack', 'filter', HAPPY, 'happy', atLeast(1)),
  express('failing route, without stack', 'filter', NESTS_OWN, 'nest', atLeast(1.3)),
  express('failing route, with stack', 'filterWithStack', HAPPY, 'happy', atLeast(0.95)),
  express('failing route, with stack', 'filterWithStack', NESTS_OWN, 'nest', atLeast(1.2)),
  express('failing route, with stack', 'filterWithStack', '`nest-problem-details-filter`', 'problemDetailsFilter'),
  express(`${CONSTANT}, without stack`, 'constantFilter', NESTS_OWN, 'nest'),
  express(`${CONSTANT}, with stack`, 'constantFilterWithStack', NESTS_OWN, 'nest'),
  express("Nest's default filter", 'nest', HAPPY, 'happy'),
  express('`nest-problem-details-filter`', 'problemDetailsFilter', HAPPY, 'happy'),
  express('failing route, without stack, decorated', 'decorated', 'the filter', 'filter', atLeast(0.9)),
  express('failing route, with stack, decorated', 'decoratedWithStack', 'the filter', 'filterWithStack', atLeast(0.9)),
  express('happy route, decorated', 'happyDecorated', 'bare', 'happy', atLeast(0.97), 'happyAgain'),

  fastify('failing route, without stack', 'filter', CONSTANT, 'constantFilter', atLeast(0.9)),
  fastify('failing route, without stack', 'filter', NESTS_OWN, 'nest', atLeast(1.5)),
  fastify('failing route, with stack', 'filterWithStack', NESTS_OWN, 'nest', atLeast(1.1)),
  fastify('failing route, without stack', 'filter', HAPPY, 'happy'),
  fastify('failing route, with stack', 'filterWithStack', HAPPY, 'happy'),
  fastify('failing route, with stack', 'filterWithStack', '`nest-problem-details-filter`', 'problemDetailsFilter'),
  fastify(`${CONSTANT}, without stack`, 'constantFilter', NESTS_OWN, 'nest'),
  fastify(`${CONSTANT}, with stack`, 'constantFilterWithStack', NESTS_OWN, 'nest'),
  fastify("Nest's default filter", 'nest', HAPPY, 'happy'),
  fastify('`nest-problem-details-filter`', 'problemDetailsFilter', HAPPY, 'happy'),
  fastify('failing route, without stack, decorated', 'decorated', 'the filter', 'filter', atLeast(0.9)),
  fastify('failing route, with stack, decorated', 'decoratedWithStack', 'the filter', 'filterWithStack', atLeast(0.9)),
  fastify('happy route, decorated', 'happyDecorated', 'bare', 'happy', atLeast(0.97), 'happyAgain'),

  onHono('responder', HAPPY, 'happy', atLeast(0.85)),
  onHono('responder', "Hono's `HTTPException`", 'hono', atLeast(1.3)),
  onHono('decorated', HAPPY, 'happy', atLeast(0.85)),
  onHono('toResponse', HAPPY, 'happy', atLeast(0.85)),
  onHono('responderWithStack', HAPPY, 'happy'),
  onHono('constant', HAPPY, 'happy'),
  onHono('hono', HAPPY, 'happy'),
  onHono('responderWithStack', "Hono's `HTTPException`", 'hono'),

  onH3('decorated', HAPPY, 'happy'),
  onH3('decorated', "h3's `HTTPError`", 'h3'),
  onH3('decoratedFast', HAPPY, 'happy'),
  onH3('decoratedFast', "h3's `HTTPError`", 'h3'),
]

/** What a quick run makes do with. */
export const quick = [
  'express/happy',
  'express/filter',
  'fastify/filter',
  'fastify/nest',
  'hono/happy',
  'hono/responder',
]

function onNest(platform, name) {
  return (what, subject, against, peer, goal, again) => ({
    what: `${name}: ${what}`,
    against,
    goal,
    servers: { subject: `${platform}/${subject}`, peer: `${platform}/${peer}`, again: again && `${platform}/${again}` },
  })
}

function onHono(subject, against, peer, goal) {
  const ways = {
    responder: 'failing route, without stack, by `respond()`',
    responderWithStack: 'failing route, with stack, by `respond()`',
    decorated: 'failing route, without stack, decorated',
    constant: 'a constant `Response` from `onError`',
    hono: 'its own `HTTPException`',
    toResponse: 'failing route, without stack, by `toResponse()`',
  }
  const servers = { subject: `hono/${subject}`, peer: `hono/${peer}` }
  return { what: `Hono on Node: ${ways[subject]}`, against, goal, servers }
}

function onH3(subject, against, peer) {
  const ways = {
    decorated: 'failing route, without stack, decorated',
    decoratedFast: 'the same, with `FastResponse` of srvx',
  }
  const servers = { subject: `h3/${subject}`, peer: `h3/${peer}` }
  return { what: `h3 on Node: ${ways[subject]}`, against, servers }
}
