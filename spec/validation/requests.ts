/** A request with content that is declared as JSON; other header fields win. */
export function requestWith(body: RequestInit['body'], headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body ?? null,
    duplex: 'half',
  })
}

/** A stream of the given pieces, one after the other. */
export function streamOf(...pieces: (string | Uint8Array)[]): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
    },
  })
}

/** What a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<any> {
  const nothing = Symbol()
  const reason = await promise.then(
    () => nothing,
    (error) => error,
  )
  if (reason === nothing) throw new Error('It was not rejected')
  return reason
}
