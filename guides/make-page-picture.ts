import { chromium } from 'playwright-core'
import { OutOfStock } from '../examples/out-of-stock.js'
import { FailureResponder } from '../src/index.js'
import { html } from '../src/representations/index.js'

// Takes screenshots of the HTML error page: `npm run pictures`. Needs Chromium at /usr/bin/chromium.

const responder = new FailureResponder({ represent: html })

async function takeScreenshots(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const { body } = responder.toReply(new OutOfStock('978-0131103627'))
  for (const [colorScheme, path] of [
    ['light', 'guides/page.png'] as const,
    ['dark', 'guides/page-dark.png'] as const,
  ]) {
    const page = await browser.newPage({ viewport: { width: 720, height: 450 }, colorScheme })
    await page.setContent(body ?? '')
    await page.screenshot({ path })
    await page.close()
  }
  await browser.close()
}

void takeScreenshots()
