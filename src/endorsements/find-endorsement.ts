// Reading endorsements, for every feature that needs one.
export { findEndorsement, isSuppressed } from './endorsement-store.ts'
