import { setTimeout } from 'node:timers/promises'

/** What has become of the bodies that `streamOf` has made: whether one was told that nobody reads it any more. */
export const bodies = { cancelled: false }

/** The chunks of a body, one after the other; an error is where it fails. */
export function streamOf(...chunks: readonly (string | Error)[]): ReadableStream<Uint8Array> {
  const pending = [...chunks]
  return new ReadableStream({
    async pull(controller) {
      await setTimeout(3)
      const chunk = pending.shift()
      if (chunk === undefined) controller.close()
      else if (chunk instanceof Error) controller.error(chunk)
      else controller.enqueue(new TextEncoder().encode(chunk))
    },
    cancel() {
      bodies.cancelled = true
    },
  })
}
