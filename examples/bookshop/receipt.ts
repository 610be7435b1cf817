import type { Order } from './order.js'

/** Formats an order as plain text. */
export function receiptFor({ id, items, totalInCents }: Order): string {
  const lines = items.map(({ copies, title, priceInCents }) => `${copies} × ${title}: ${amount(copies * priceInCents)}`)
  return [`Order ${id}`, '', ...lines, '', `Total: ${amount(totalInCents)}`, ''].join('\n')
}

function amount(cents: number): string {
  return (cents / 100).toFixed(2)
}
