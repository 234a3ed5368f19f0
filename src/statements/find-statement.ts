// Reading statements, for every feature that needs one.
export {
  findStatement,
  findStatementById,
  findTextVersion,
  listForFinding,
  listStatements,
  readTimes,
} from './statement-store.ts'
