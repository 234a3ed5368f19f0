// PostgreSQL ends one of two transactions that wait for each other; what changes many rows at once
// tries again.

const tries = 5

export async function retryDeadlocks<T>(transaction: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await transaction()
    } catch (fault) {
      if ((fault as { code?: unknown }).code !== '40P01' || n === tries) throw fault
    }
  }
}
