// PostgreSQL ends one of two transactions that wait for each other, and with strict isolation one of two
// that collide; what changes many rows at once tries again.

const tries = 5
const codes = new Set<unknown>(['40P01', '40001'])

export async function retryDeadlocks<T>(transaction: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await transaction()
    } catch (fault) {
      if (!codes.has((fault as { code?: unknown }).code) || n === tries) throw fault
    }
  }
}
