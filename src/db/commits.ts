// Counts what this process commits: who keeps something that was made from the database then knows that
// it may have changed, whichever use case did it.
import type { DatabaseConnection, Driver } from 'kysely'

export interface Commits {
  count: number
}

/** Transactions that only read are not counted. */
export function countCommits<D extends Driver>(driver: D, commits: Commits): D {
  const reading = new WeakSet<DatabaseConnection>()
  const begin = driver.beginTransaction.bind(driver)
  const commit = driver.commitTransaction.bind(driver)
  driver.beginTransaction = async (connection, settings) => {
    if (settings.accessMode === 'read only') reading.add(connection)
    else reading.delete(connection)
    await begin(connection, settings)
  }
  driver.commitTransaction = async (connection) => {
    await commit(connection)
    if (!reading.has(connection)) commits.count += 1
  }
  return driver
}
