// One logger; personal data and secrets never reach it.
import { pino, type Logger } from 'pino'

export type { Logger }

export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.phone', '*.idNumber', '*.token'], censor: '[removed]' },
  })
