// Reading statements, for every feature that needs one; locked, for those that change one.
export {
  findStatement,
  findStatementById,
  findTimes,
  listAllStatements,
  listStatements,
  listTimes,
  lockStatement,
} from './statement-store.ts'
export { findMeaning, findTextAt, findTextByHash, findTextVersion, isFrozen } from './text-store.ts'
