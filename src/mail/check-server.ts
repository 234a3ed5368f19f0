// Whether the mail server answers and lets us in; sends nothing.
const withinMs = 10_000

/** @returns what is wrong, null when all is well */
export async function mailServerFault(url: string): Promise<string | null> {
  const { default: nodemailer } = await import('nodemailer')
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    socketTimeout: withinMs,
  })
  try {
    await transport.verify()
    return null
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  } finally {
    transport.close()
  }
}
