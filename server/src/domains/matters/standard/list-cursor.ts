// Cursors of lists sorted by a text and the id.
import { z } from 'zod'
import { kernelErrors } from '../../../kernel/errors.ts'

const keys = z.tuple([z.string(), z.string()])

export const encodeCursor = (key: [string, string]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/** @throws kernel.invalid for a cursor that is none */
export function decodeCursor(cursor: string): [string, string] {
  try {
    return keys.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw kernelErrors('invalid', { fields: [{ path: 'cursor', message: '翻页标记无效，请重新查询' }] })
  }
}
