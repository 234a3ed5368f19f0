// Reading statements, for every feature that needs one.
export {
  findStatement,
  findStatementById,
  listForFinding,
  listStatements,
  listTimes,
  readTimes,
} from './statement-store.ts'
export { findTextVersion } from './text-store.ts'
