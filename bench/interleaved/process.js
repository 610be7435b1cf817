import { inRounds } from './rounds.js'

// One comparison in a process of its own, since what one comparison has taught the compiler would disturb the next.
// The peer runs twice: what its second run differs by is noise.

process.once('message', async ({ file, name, effort }) => {
  const { comparisons } = await import(file)
  const { subject, peer, again = peer } = await comparisons[name].prepare()
  process.send(await inRounds({ subject, peer, again }, effort))
})
