/**
 * Parses an HTTP-date in any of its three formats; `undefined` for anything else. `Date.parse` reads the third format as
 * local time and accepts many other strings. RFC 9110, 5.6.7
 */
export function parseHttpDate(value: string): Date | undefined {
  const groups = FORMS.map((form) => form.exec(value)?.groups).find((found) => found !== undefined)
  if (groups === undefined) return undefined
  const { year = '', month = '', day = '', time } = groups
  const monthNumber = String(MONTHS.indexOf(month) + 1).padStart(2, '0')
  const date = new Date(`${fullYear(year)}-${monthNumber}-${day.replace(' ', '0')}T${time}Z`)
  // Some engines parse February 31 as March 3.
  return date.getUTCDate() === Number(day) ? date : undefined
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const FORMS = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/,
  // Sunday, 06-Nov-94 08:49:37 GMT
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/,
  // Sun Nov  6 08:49:37 1994
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/,
]

/** A two-digit year that seems more than 50 years in the future is in the past century. RFC 9110, 5.6.7 */
function fullYear(digits: string): string {
  if (digits.length === 4) return digits
  const thisYear = new Date().getUTCFullYear()
  const year = thisYear - (thisYear % 100) + Number(digits)
  return String(year > thisYear + 50 ? year - 100 : year)
}
