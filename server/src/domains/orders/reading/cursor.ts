// Keyset cursors of several keys: the sort keys of the last row, base64url; a cursor that is none is the client's mistake.
import { kernelErrors } from '../../../kernel/errors.ts'
import { parseIso } from '../../../kernel/time/index.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const writeCursor = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

export const badCursor = (): Error => kernelErrors('invalid', { fields: [{ path: 'cursor', message: '翻页标记无效，请重新查询' }] })

/** The strings of a cursor, checked one by one. @throws kernel.invalid */
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
