import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { FailureResponder, NotFound } from '../../src/index.js'
import { byAccept, html, problemJson, text } from '../../src/representations/index.js'
import { failures, HANDLER, SCRIPT } from './page-failures.js'

const CHROMIUM = '/usr/bin/chromium'
const isInstalled = existsSync(CHROMIUM)
const title = isInstalled ? 'The page in Chromium' : `The page in Chromium (skipped: no Chromium at ${CHROMIUM})`

;(isInstalled ? describe : describe.skip)(title, function () {
  this.timeout(60_000)

  let browser: Browser
  let server: Server

  before(async () => {
    const represent = byAccept(problemJson, html, text)
    const responder = new FailureResponder({ represent, onFailure: () => undefined, onWarning: () => undefined })
    server = createServer((request, response) => {
      const failure = failures[decodeURIComponent(request.url ?? '').slice(1)]?.() ?? new NotFound()
      const { status, headers, body } = responder.toReply(failure, request)
      response.writeHead(status, headers as Record<string, string | string[]>).end(body)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })
  after(async () => {
    await browser?.close()
    await new Promise((closed) => server.close(closed))
  })

  const urlOf = (name: string) =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/${encodeURIComponent(name)}`

  /** Opens a page, and closes it after use. */
  async function withPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>) {
    const context = await browser.newContext(options)
    try {
      await use(await context.newPage())
    } finally {
      await context.close()
    }
  }

  const open = (name: string, options: BrowserContextOptions, inspect: (page: Page) => Promise<void>) =>
    withPage(options, async (page) => {
      await page.goto(urlOf(name))
      await inspect(page)
    })

  for (const name of Object.keys(failures)) {
    describe(name, () => {
      it('runs no script, loads no resource and violates no policy', () =>
        withPage({}, async (page) => {
          const events: string[] = []
          const requested: string[] = []
          page.on('dialog', (dialog) => {
            events.push(`dialog: ${dialog.message()}`)
            return dialog.dismiss()
          })
          page.on('pageerror', ({ message }) => events.push(`error: ${message}`))
          page.on('console', (message) => events.push(`console: ${message.text()}`))
          page.on('request', (request) => requested.push(request.url()))
          const response = await page.goto(urlOf(name), { waitUntil: 'networkidle' })
          expect(response?.headers()['content-type']).to.equal('text/html; charset=utf-8')
          // Chromium logs the error status of each response. It would also log violations of the policy.
          expect(events.filter((line) => !line.includes(`status of ${response?.status()} `))).to.deep.equal([])
          expect(requested).to.deep.equal([urlOf(name)])
          const active = 'script, img, svg, iframe, [onerror], [onload], [href^="javascript:"]'
          expect(await page.locator(active).count()).to.equal(0)
        }))

      for (const colorScheme of ['light', 'dark'] as const) {
        it(`is accessible in ${colorScheme} mode`, () =>
          // The policy would block the script of axe.
          open(name, { colorScheme, bypassCSP: true }, async (page) => {
            await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
            const { violations, passes } = await page.evaluate<AxeResults>('axe.run()')
            expect(violations.map(({ id, help }) => `${id}: ${help}`)).to.deep.equal([])
            expect(passes.map(({ id }) => id)).to.include.members(['color-contrast', 'document-title', 'html-has-lang'])
          }))
      }

      for (const width of [320, 1280]) {
        it(`does not scroll horizontally at ${width} px`, () =>
          open(name, { viewport: { width, height: 640 } }, async (page) => {
            const tooWide = `[...document.querySelectorAll('*')].filter((element) => element.scrollWidth > innerWidth
              || element.getBoundingClientRect().right > innerWidth).map((element) => element.tagName)`
            expect(await page.evaluate(tooWide)).to.deep.equal([])
            expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(width)
          }))
      }
    })
  }

  it('follows the color scheme', async () => {
    const backgrounds: unknown[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await open('with all members', { colorScheme }, async (page) => {
        backgrounds.push(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor'))
      })
    }
    expect(backgrounds).to.deep.equal(['rgb(253, 252, 250)', 'rgb(23, 24, 27)'])
  })

  it('contains heading, detail, retry time, type, extension members and footer in this order', () =>
    open('with all members', {}, async (page) => {
      expect(await page.title()).to.equal('409 Out of stock')
      expect(await page.locator('body').ariaSnapshot()).to.equal(
        [
          '- main:',
          '  - heading "409 Out of stock" [level=1]',
          '  - paragraph: No copy of 978-0131103627 is left.',
          '  - paragraph: Try again in 2 minutes.',
          '  - paragraph:',
          '    - text: About this problem type',
          '    - link "https://bookshop.example/problems/out-of-stock":',
          '      - /url: https://bookshop.example/problems/out-of-stock',
          '  - table "Details":',
          '    - caption: Details',
          '    - rowgroup:',
          '      - row "isbn 978-0131103627":',
          '        - rowheader "isbn"',
          '        - cell "978-0131103627"',
          '      - row "copies 0":',
          '        - rowheader "copies"',
          '        - cell "0"',
          `      - 'row "shelves [ { \\"room\\": \\"A\\", \\"shelf\\": 7 } ]"':`,
          '        - rowheader "shelves"',
          `        - 'cell "[ { \\"room\\": \\"A\\", \\"shelf\\": 7 } ]"'`,
          '- contentinfo:',
          '  - term: Code',
          '  - definition: OUT_OF_STOCK',
          '  - term: Instance',
          '  - definition: /orders/4711',
        ].join('\n'),
      )
    }))

  it('focuses the link with the Tab key, with a visible outline', () =>
    open('with all members', {}, async (page) => {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.href')).to.equal(
        'https://bookshop.example/problems/out-of-stock',
      )
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).to.equal('solid')
    }))

  it('displays markup as text', () =>
    open('with scripts in every member', {}, async (page) => {
      expect(await page.title()).to.equal(`503 ${HANDLER}`)
      expect(await page.locator('.detail').textContent()).to.equal(HANDLER)
      expect(await page.locator('td').first().textContent()).to.equal(SCRIPT)
      expect(await page.locator('th').last().textContent()).to.equal(HANDLER)
    }))

  it('prints on a white background in dark mode', () =>
    open('with all members', { colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' })
      expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).to.equal(
        'rgb(255, 255, 255)',
      )
    }))
})

/** The part of the axe results that this spec reads. */
interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly help: string }[]
  readonly passes: readonly { readonly id: string }[]
}
