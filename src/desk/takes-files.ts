// The addresses that take a file: those of the desk, which their door reads once it is known who sends
// it, and the page that checks one.

export const takesFiles = /^\/desk\/statements\/[^/]+\/(?:imports|delivery\/files)$|^\/verify$/
