/** What is thrown at a peer, in its own words. */
export type Thrown = 'a 404 with a detail' | 'a 500 with a message' | 'an error that it does not know'

/** A way of others to report an error, in the version that is installed here. */
export interface Peer {
  readonly name: string
  /** The package whose version is told. */
  readonly package: string
  /** Answers what was thrown, as it does by default in production. */
  answer?(thrown: Thrown, accept: string): Promise<Response>
  /** The code that makes a 405 without `Allow`, if it has types of its own. */
  readonly methodNotAllowed?: string
  /** The error that a response reports, as an instance of its class. */
  restore?(response: Response): Promise<unknown>
  /** The codes that it knows by name. */
  readonly codes?: () => Iterable<number>
  /** What it says of a code beyond its phrase. */
  description?(code: number): string | undefined
  /** The code that a bundler is given to see what one 404 weighs. */
  readonly bundled?: string
}

/** A detail that is meant for the client, and a message that is not. */
export const DETAIL = 'There is no such book.'
export const SECRET = 'connect ECONNREFUSED 10.0.0.7'
