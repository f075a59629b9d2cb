import { embeddedTexts } from './embedded.zh-CN.ts'

export type EmbeddedDatabaseFault = keyof typeof embeddedTexts

interface FaultDetails {
  /** The PostgreSQL log that tells more. */
  logFile?: string
  /** Last lines that PostgreSQL wrote, or the operating system's message. */
  said?: string
  /** The folder, account or file concerned. */
  subject?: string
}

/**
 * The embedded database could not be prepared or started. `message` is Chinese for the operator and names the log file;
 * `code` is stable and lets the server choose its own page.
 */
export class EmbeddedDatabaseError extends Error {
  readonly code: EmbeddedDatabaseFault
  readonly logFile: string | undefined

  constructor(code: EmbeddedDatabaseFault, details: FaultDetails = {}, options: ErrorOptions = {}) {
    const parts: string[] = [embeddedTexts[code]]
    if (details.subject) parts.push(`（${details.subject}）`)
    if (details.logFile) parts.push(`\n日志：${details.logFile}`)
    if (details.said) parts.push(`\n${details.said}`)
    super(parts.join(''), options)
    this.name = 'EmbeddedDatabaseError'
    this.code = code
    this.logFile = details.logFile
  }
}

/** Which fault the text that PostgreSQL left behind tells of. */
export function faultOf(said: string): EmbeddedDatabaseFault {
  if (/No space left on device|Disk quota exceeded/i.test(said)) return 'disk-full'
  if (/could not bind|Address already in use/i.test(said)) return 'port-taken'
  if (/lock file "postmaster.pid" already exists/i.test(said)) return 'already-running'
  if (/pre-existing shared memory block|lock file .* is empty/i.test(said)) return 'still-ending'
  if (/PANIC|could not locate a valid checkpoint|invalid checkpoint|incorrect checksum|page verification failed|database system identifier differs/i.test(said))
    return 'recovery-failed'
  return 'start-failed'
}

/** Our own files fail on a full disk just as PostgreSQL's do. */
export function explain(error: unknown, subject: string): unknown {
  if (error instanceof EmbeddedDatabaseError || !(error instanceof Error && 'code' in error)) return error
  if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') return error
  return new EmbeddedDatabaseError('disk-full', { subject, said: error.message }, { cause: error })
}
