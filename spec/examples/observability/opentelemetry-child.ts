import './opentelemetry-setup.js'

import { filter } from '../../../examples/observability/opentelemetry.js'
import { visit } from './observed-shop.js'
import { finishedSpans } from './opentelemetry-setup.js'

async function main() {
  const responses = await visit(filter)
  console.log(JSON.stringify({ problems: responses.map((response) => response.json()), spans: finishedSpans() }))
}

void main()
