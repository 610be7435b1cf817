import { setTimeout } from 'node:timers/promises'

/** Whether a body of `streamOf` was cancelled since this was last set to `false`. */
export const bodies = { cancelled: false }

/** A body that yields the chunks one after the other, and fails with an Error among them. */
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
