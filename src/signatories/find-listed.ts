// One entry of the public list, by its number.
export { findListed, type SignatoryRow } from './signatory-store.ts'
