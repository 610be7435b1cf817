/** The classes that are searched for a member: the prototype chain of a proxy may be endless. */
export const DEEPEST_CLASS = 100
