import type { Representation } from '../responder/representation.js'
import { page } from './page.js'
import { PAGE_STYLE_HASH } from './page-style.js'

/**
 * Problem details as a page for browsers, without scripts or external resources; a Content-Security-Policy forbids them.
 *
 * Labels and the sentence for `Retry-After` are in English. Title, detail and the language of the page are those of
 * `describe`.
 *
 * @example const responder = new FailureResponder({ represent: byAccept(problemJson, html) })
 */
export const html: Representation = {
  mediaType: 'text/html',
  headers: {
    // Allows only the style of the page, by its hash. CSP Level 3
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src '${PAGE_STYLE_HASH}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  },
  render: page,
}
