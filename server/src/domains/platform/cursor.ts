// Cursor of a list that runs upward on (text, id).
import { kernelErrors } from '../../kernel/errors.ts'

export const writeCursor = (text: string, id: string): string => Buffer.from(JSON.stringify([text, id])).toString('base64url')

/** @throws kernel.invalid for text that is no cursor of ours */
export function readCursor(cursor: string | undefined): [string, string] | null {
  if (cursor === undefined) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string' && /^[0-9a-f-]{36}$/.test(value[1])) return [value[0], value[1]]
  } catch {
    // Falls through: a cursor that is none.
  }
  throw kernelErrors('invalid', { fields: [{ path: 'cursor', message: '翻页标记无效，请重新查询' }] })
}
