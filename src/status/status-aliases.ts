/**
 * Names that a status had in older specifications, or has in Nest's own enum, each with its canonical name.
 * They keep old code compiling; new code writes the canonical name.
 */
export const statusAliases = {
  /** @deprecated Nest's spelling of `EARLY_HINTS`. */
  EARLYHINTS: 'EARLY_HINTS',
  /** @deprecated Nest's name for `MULTIPLE_CHOICES`. */
  AMBIGUOUS: 'MULTIPLE_CHOICES',
  /** @deprecated The name of RFC 2616; RFC 9110 says `CONTENT_TOO_LARGE`. */
  REQUEST_ENTITY_TOO_LARGE: 'CONTENT_TOO_LARGE',
  /** @deprecated The name of RFC 7231; RFC 9110 says `CONTENT_TOO_LARGE`. */
  PAYLOAD_TOO_LARGE: 'CONTENT_TOO_LARGE',
  /** @deprecated The name of RFC 2616; RFC 9110 says `URI_TOO_LONG`. */
  REQUEST_URI_TOO_LONG: 'URI_TOO_LONG',
  /** @deprecated The name of RFC 2616; RFC 9110 says `RANGE_NOT_SATISFIABLE`. */
  REQUESTED_RANGE_NOT_SATISFIABLE: 'RANGE_NOT_SATISFIABLE',
  /** @deprecated A spelling of older libraries; RFC 9110 says `RANGE_NOT_SATISFIABLE`. */
  REQUEST_RANGE_NOT_SATISFIABLE: 'RANGE_NOT_SATISFIABLE',
  /** @deprecated Nest's spelling of `IM_A_TEAPOT`. */
  I_AM_A_TEAPOT: 'IM_A_TEAPOT',
  /** @deprecated Nest's name for `MISDIRECTED_REQUEST`. */
  MISDIRECTED: 'MISDIRECTED_REQUEST',
  /** @deprecated The name of RFC 4918; RFC 9110 says `UNPROCESSABLE_CONTENT`. */
  UNPROCESSABLE_ENTITY: 'UNPROCESSABLE_CONTENT',
} as const
