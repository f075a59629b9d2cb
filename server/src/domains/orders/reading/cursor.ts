// Keyset cursors: the sort keys of the last row, base64url; a cursor that is none is the client's mistake.
import { sql, type RawBuilder } from 'kysely'
import { kernelErrors } from '../../../kernel/errors.ts'
import { parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const writeCursor = (keys: (string | number)[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

export const badCursor = (): Error => kernelErrors('invalid', { fields: [{ path: 'cursor', message: '翻页标记无效，请重新查询' }] })

/** The strings of a cursor, checked one by one. */
export function readCursor(cursor: string, checks: ((value: string) => boolean)[]): string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(value) && value.length === checks.length && value.every((v, i) => typeof v === 'string' && checks[i]?.(v))) return value
  } catch {
    // Falls through.
  }
  throw badCursor()
}

export const isUuid = (value: string): boolean => UUID.test(value)
export const isMoment = (value: string): boolean => {
  try {
    parseIso(value)
    return true
  } catch {
    return false
  }
}

/** Cursor of a list that runs newest first on (time, id). */
export function parseTimeCursor(cursor: string | undefined): { at: Instant; id: string } | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id = ''] = readCursor(cursor, [isMoment, isUuid])
  return { at: parseIso(at), id }
}

/** Condition for the rows after a time cursor; without one all rows. */
export function afterTime(cursor: string | undefined, at: string, id: string): RawBuilder<boolean> {
  const after = parseTimeCursor(cursor)
  return after ? sql<boolean>`(${sql.ref(at)}, ${sql.ref(id)}) < (${toIso(after.at)}::timestamptz, ${after.id}::uuid)` : sql<boolean>`true`
}

/** Cuts `limit + 1` rows to a page and makes the cursor of the next one. */
export function timePage<R extends { id: string }>(rows: R[], limit: number, at: (row: R) => Instant): { items: R[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rows.length > limit ? writeCursor([toIso(at(last)), last.id]) : null }
}
