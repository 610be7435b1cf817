import { measureInTurn } from './rounds.js'

// Measures one comparison in its own process, because the code that the compiler has optimized for one comparison would
// affect the next. The peer runs twice: the difference between its two runs is noise.

process.once('message', async ({ file, name, effort }) => {
  const { comparisons } = await import(file)
  const { subject, peer, again = peer } = await comparisons[name].prepare()
  process.send(await measureInTurn({ subject, peer, again }, effort))
})
