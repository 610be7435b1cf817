/** The thrown error, which each peer creates with its own classes. */
export type Thrown = 'a 404 with a detail' | 'a 500 with a message' | 'an unknown error'

/** A library that reports errors, in the installed version. */
export interface Peer {
  readonly name: string
  /** The package whose version the table shows. */
  readonly package: string
  /** Sends the response to a thrown error, with the defaults for production. */
  respond?(thrown: Thrown, accept: string): Promise<Response>
  /** Code that creates a 405 without `Allow`, if the package has its own types. */
  readonly methodNotAllowed?: string
  /** Converts a response to an instance of the error class. */
  restore?(response: Response): Promise<unknown>
  /** The status codes that have a name. */
  readonly codes?: () => Iterable<number>
  /** The description of a status code, in addition to its reason phrase. */
  description?(code: number): string | undefined
  /** Code that creates one 404, to measure the size of its bundle. */
  readonly bundled?: string
}

/** A detail for the client, and a message that must stay on the server. */
export const DETAIL = 'There is no such book.'
export const SECRET = 'connect ECONNREFUSED 10.0.0.7'
