// The text of a chosen file as the import reads it: the server reads office files and other encodings.
import { call } from '../../../api/call.ts'
import { csvOf } from './sheet.ts'

/** Header and rows as they stand. @throws Problem */
export async function sheetRows(file: File): Promise<string[][]> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  const name = /\.xlsx$/i.test(file.name) ? file.name : file.name.replace(/(\.\w+)?$/, '.csv')
  const sheet = await call('readSheet', { name, content: btoa(binary) })
  return [sheet.columns, ...sheet.rows]
}

/** @throws Problem */
export const sheetText = async (file: File): Promise<string> => csvOf(await sheetRows(file))
