/** A request with a body. The content type is JSON, unless the given headers override it. */
export function requestWith(body: RequestInit['body'], headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: body ?? null,
    duplex: 'half',
  })
}

/** A stream with one chunk for each piece. */
export function streamOf(...pieces: (string | Uint8Array)[]): ReadableStream {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
    },
  })
}

/** The reason with which a promise is rejected. */
export async function rejectionOf(promise: Promise<unknown>): Promise<any> {
  const fulfilled = Symbol()
  const reason = await promise.then(
    () => fulfilled,
    (error) => error,
  )
  if (reason === fulfilled) throw new Error('The promise was not rejected')
  return reason
}
