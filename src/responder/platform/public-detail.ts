import { phraseOf } from '../../status/failure-status.js'

/**
 * The message of a third-party error as a detail for clients; `undefined` if it only repeats the status, or belongs to a
 * system error of Node and contains paths and addresses. A message of `JSON.parse()` that quotes the content is replaced,
 * since details are logged, and the content may contain a password.
 */
export function publicDetail(message: unknown, status: number): string | undefined {
  if (typeof message !== 'string' || message === '' || repeatsStatus(message, status)) return undefined
  if (SYSTEM_ERROR.test(message)) return undefined
  return QUOTED_JSON.test(message) ? 'The JSON is not valid.' : message
}

/** Whether a string is a phrase of the status, in the registry, in Node or in a package. */
export function repeatsStatus(value: string, status: number): boolean {
  if (value.length > LONGEST_PHRASE) return false
  const phrase = value.toLowerCase()
  return phrase === phraseOf(status).toLowerCase() || OTHER_PHRASES[status]?.includes(phrase) === true
}

const LONGEST_PHRASE = 'Request Header Fields Too Large'.length

/** Phrases of Node, `http-errors` and Nest that differ from the registry, in lower case. */
const OTHER_PHRASES: Readonly<Record<number, readonly string[]>> = {
  413: ['payload too large', 'request entity too large'],
  421: ['misdirected'],
  422: ['unprocessable entity'],
}

/** The codes of Node's system errors: `ENOENT: no such file or directory, open '/srv/a'`, `connect ECONNREFUSED 10.0.0.7:80` */
const SYSTEM_ERROR =
  /\bE(?:2BIG|ACCES|ADDRINUSE|ADDRNOTAVAIL|AGAIN|AI_[A-Z]+|ALREADY|BADF|BUSY|CANCELED|CONN[A-Z]+|DESTADDRREQ|DQUOT|EXIST|FAULT|FBIG|FTYPE|HOST[A-Z]+|ILSEQ|INTR|INVAL|IO|ISCONN|ISDIR|LOOP|MFILE|MLINK|MSGSIZE|NAMETOOLONG|NET[A-Z]+|NFILE|NO(?:BUFS|DATA|DEV|ENT|EXEC|LCK|LINK|MEM|MSG|NAME|NET|PROTOOPT|SPC|SR|STR|SYS|TBLK|TCONN|TDIR|TEMPTY|TFOUND|TIMP|TSOCK|TSUP|TTY)|NXIO|OVERFLOW|PERM|PIPE|PROTO[A-Z]*|RANGE|REFUSED|ROFS|SERVFAIL|SHUTDOWN|SPIPE|SRCH|TIMEDOUT|TIMEOUT|TXTBSY|XDEV)\b/

/** `Unexpected token 'x', "{"a":x}" is not valid JSON`, and the messages of other engines and versions. */
const QUOTED_JSON =
  /^(?:Unexpected token .+|".*") is not valid JSON$|^Unexpected token .+ in JSON at|^JSON Parse error: /s
