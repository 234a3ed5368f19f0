// The log: JSON lines without addresses, tokens, IPs or names (product.md P-4, M-4).
import { pino, type Logger } from 'pino'
import type { Config } from './config.ts'

export function openLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
