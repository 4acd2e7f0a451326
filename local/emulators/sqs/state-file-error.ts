/** A file that outlives the process cannot be used as it is. The message says why, and what to do. */
export class StateFileError extends Error {}
