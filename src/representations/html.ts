import type { Representation } from '../responder/representation.js'
import { page } from './page.js'
import { PAGE_STYLE_HASH } from './page-style.js'

/**
 * The problem as a page, for browsers: no script, nothing loaded from anywhere, and a policy that says so.
 *
 * The few words of its own, such as those of `Retry-After`, are English; title and detail are in the language that
 * `describe` says, which then is the language of the page.
 *
 * @example const responder = new FailureResponder({ represent: byAccept(problemJson, html) })
 */
export const html: Representation = {
  mediaType: 'text/html',
  headers: {
    // The style that stands in the page is allowed by its hash, and nothing else is. CSP Level 3
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
