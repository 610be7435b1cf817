import type { ProblemDetails } from '../problem/problem-details.js'
import { isObject } from '../problem/unknown-values.js'
import type { RenderContext } from '../responder/representation.js'
import { type DisplayedProblem, displayedProblem, short } from './displayed-problem.js'
import { escapeHtml } from './escape.js'
import { PAGE_STYLE } from './page-style.js'
import { type Retry, retryOf, waitInWords } from './retry.js'

/** The page for a problem. Strings are escaped, and their elements detect the writing direction. */
export function page(problem: ProblemDetails, { headers, language }: RenderContext): string {
  const shown = displayedProblem(problem)
  const status = escapeHtml(shown.status)
  const title = escapeHtml(shown.title)
  const lines = linesOf(
    '<!doctype html>',
    `<html lang="${languageTag(language)}" dir="${directionOf(languageTag(language))}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${status} ${title}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1 dir="auto"><span class="status">${status}</span> <span class="title">${title}</span></h1>`,
    shown.detail && `<p class="detail" dir="auto">${escapeHtml(shown.detail)}</p>`,
    retry(retryOf(headers)),
    typeLink(shown),
    table(shown),
    '</main>',
    smallPrint(shown),
    '</body>',
    '</html>',
  )
  return `${lines}\n`
}

function linesOf(...lines: readonly (string | undefined)[]): string {
  return lines.filter(Boolean).join('\n')
}

/** RFC 5646, 2.1, without the registry. English by default, as the phrases of statuses. */
function languageTag(language: string | undefined): string {
  return language !== undefined && /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(language) ? language : 'en'
}

/** Right-to-left languages, unless the tag contains another script. */
const RIGHT_TO_LEFT = /^(?:ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)(?:-(?!latn|cyrl)|$)/i

function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'
}

/** In English, in every language of the page. */
function retry(given: Retry | undefined): string | undefined {
  if (given === undefined) return undefined
  return `<p class="retry" lang="en" dir="ltr">Try again ${'date' in given ? after(given.date) : waitInWords(given.seconds)}.</p>`
}

function after(date: Date): string {
  return `after <time datetime="${date.toISOString()}">${date.toUTCString()}</time>`
}

/** A problem type that is an http(s) URL links to its documentation. RFC 9457, 3.1.1 */
function typeLink({ type }: DisplayedProblem): string | undefined {
  const address = addressOf(type)
  if (address === undefined) return undefined
  return linesOf(
    '<p class="type"><span class="label" lang="en">About this problem type</span>',
    `<a href="${escapeHtml(address)}" rel="noreferrer" dir="ltr">${withBreaks(escapeHtml(type as string))}</a></p>`,
  )
}

/** Lets a long URL break after slashes. */
function withBreaks(address: string): string {
  return address.replace(/\b\/\b/g, '/<wbr>')
}

/** An absolute http(s) URL. Anything else, especially `javascript:`, must not become a link. */
function addressOf(type: string | undefined): string | undefined {
  return type !== undefined && /^https?:\/\//i.test(type) && URL.canParse(type) ? new URL(type).href : undefined
}

function table(problem: DisplayedProblem): string | undefined {
  const rows = problem.extensions.filter((extension) => !isCode(extension))
  if (rows.length === 0) return undefined
  return linesOf('<table>', '<caption lang="en">Details</caption>', ...rows.map(row), '</table>')
}

function row([name, value]: readonly [string, unknown]): string {
  return `<tr><th scope="row"><bdi>${escapeHtml(name)}</bdi></th>${cell(value)}</tr>`
}

/** A string unchanged, any other value as JSON. */
function cell(value: unknown): string {
  if (typeof value === 'string') return `<td><bdi>${escapeHtml(value)}</bdi></td>`
  const json = escapeHtml(short(JSON.stringify(value, null, 2)))
  return isObject(value) ? `<td><pre dir="ltr">${json}</pre></td>` : `<td>${json}</td>`
}

/** The data for the operators of the service. */
function smallPrint(problem: DisplayedProblem): string | undefined {
  const type = addressOf(problem.type) === undefined ? problem.type : undefined
  const code = problem.extensions.find(isCode)?.[1]
  const items = Object.entries({ Type: type, Code: code, Instance: problem.instance })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<div><dt lang="en">${name}</dt> <dd dir="auto">${escapeHtml(value as string)}</dd></div>`)
  return items.length === 0 ? undefined : linesOf('<footer>', '<dl>', ...items, '</dl>', '</footer>')
}

function isCode(extension: readonly [string, unknown]): extension is readonly ['code', string] {
  return extension[0] === 'code' && typeof extension[1] === 'string'
}
