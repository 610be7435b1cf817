/**
 * Names from older specifications and from Nest's enum, each with its canonical name. They keep existing code
 * compiling; use the canonical names in new code.
 */
export const statusAliases = {
  /** @deprecated Nest's spelling of `EARLY_HINTS`. */
  EARLYHINTS: 'EARLY_HINTS',
  /** @deprecated Nest's name for `MULTIPLE_CHOICES`. */
  AMBIGUOUS: 'MULTIPLE_CHOICES',
  /** @deprecated The name of RFC 2616; use `CONTENT_TOO_LARGE`. */
  REQUEST_ENTITY_TOO_LARGE: 'CONTENT_TOO_LARGE',
  /** @deprecated The name of RFC 7231; use `CONTENT_TOO_LARGE`. */
  PAYLOAD_TOO_LARGE: 'CONTENT_TOO_LARGE',
  /** @deprecated The name of RFC 2616; use `URI_TOO_LONG`. */
  REQUEST_URI_TOO_LONG: 'URI_TOO_LONG',
  /** @deprecated The name of RFC 2616; use `RANGE_NOT_SATISFIABLE`. */
  REQUESTED_RANGE_NOT_SATISFIABLE: 'RANGE_NOT_SATISFIABLE',
  /** @deprecated A spelling of older libraries; use `RANGE_NOT_SATISFIABLE`. */
  REQUEST_RANGE_NOT_SATISFIABLE: 'RANGE_NOT_SATISFIABLE',
  /** @deprecated Nest's spelling of `IM_A_TEAPOT`. */
  I_AM_A_TEAPOT: 'IM_A_TEAPOT',
  /** @deprecated Nest's name for `MISDIRECTED_REQUEST`. */
  MISDIRECTED: 'MISDIRECTED_REQUEST',
  /** @deprecated The name of RFC 4918; use `UNPROCESSABLE_CONTENT`. */
  UNPROCESSABLE_ENTITY: 'UNPROCESSABLE_CONTENT',
} as const
