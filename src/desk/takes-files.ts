// The addresses of the desk that take a file; the door reads it once it is known who sends it.

export const takesFiles = /^\/desk\/statements\/[^/]+\/(?:imports|delivery\/files)$/
