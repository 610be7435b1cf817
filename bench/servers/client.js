import autocannon from 'autocannon'

// The client runs in its own process: on a machine with two cores, it uses one and the server the other.

process.on('message', async ({ url, seconds, status }) => {
  const { requests, duration, errors, timeouts, statusCodeStats } = await autocannon({
    url,
    duration: seconds,
    connections: 32,
  })
  const statuses = Object.keys(statusCodeStats)
  const asExpected = errors + timeouts === 0 && statuses.length === 1 && Number(statuses[0]) === status
  process.send(asExpected ? { count: requests.total, rate: requests.total / duration } : { statuses, errors, timeouts })
})
