import type { FailureResponder } from '../../responder/failure-responder.js'

// The state of decorated routes, all of it. By weak reference, so it lives as long as the object that it belongs to.

/** The request arguments that the decorator has added to the metadata, with the class they were added for. */
export const addedArguments = new WeakMap<object, Function>()

/** The classes that are controllers. Reading their metadata is half of the cost of the decorator on a successful call. */
export const controllers = new WeakSet<object>()

/**
 * Whether a route leaves its failures to the filter, by handler and class, which don't change once Nest calls them. Reading
 * the metadata on each call is slower.
 */
export const leftToFilter = new WeakMap<Function, WeakMap<Function, boolean>>()

/** The policies of applications, by platform instance, which each request references. */
export const applicationPolicies = new WeakMap<object, FailureResponder>()

/** The data that the filter of a route needs in addition to the failure, which is all that Nest passes. */
export interface ThrownFailure {
  readonly failure: unknown
  /** The thrown error, for the hooks. */
  readonly error: unknown
  /** The policy of the controller. */
  readonly policy: FailureResponder | undefined
}

/**
 * By request, since several requests may share one failure. Most failures need no entry, which saves time: with a stack
 * trace in each, garbage collection of the entries would cost as much as half a request.
 */
export const thrownFailures = new WeakMap<object, ThrownFailure>()

/** The requests that a decorated route has responded to itself, so that filters must not send another response. */
export const respondedRequests = new WeakSet<object>()
