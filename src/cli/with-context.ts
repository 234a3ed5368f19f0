// Opens the database for one command and closes it again.
import { readConfig } from '../config.ts'
import { type Context, openContext } from '../context.ts'

export async function withContext<T>(use: (ctx: Context) => Promise<T>): Promise<T> {
  // the log is for the server; a command speaks for itself
  const ctx = await openContext({ ...readConfig(process.env), logLevel: 'silent' })
  try {
    return await use(ctx)
  } finally {
    await ctx.close()
  }
}
