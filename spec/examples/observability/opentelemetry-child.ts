import './opentelemetry-setup.js'

import { filter } from '../../../examples/observability/opentelemetry.js'
import { visit } from './observed-shop.js'
import { finishedSpans } from './opentelemetry-setup.js'

async function main() {
  const answers = await visit(filter)
  console.log(JSON.stringify({ problems: answers.map((answer) => answer.json()), spans: finishedSpans() }))
}

void main()
