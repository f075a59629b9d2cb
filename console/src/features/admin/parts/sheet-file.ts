// The text of a chosen file as the import reads it: the server reads office files and other encodings.
import { call } from '../../../api/call.ts'
import { csvOf } from './sheet.ts'

/** @throws Problem */
export async function sheetText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  const name = /\.xlsx$/i.test(file.name) ? file.name : file.name.replace(/(\.\w+)?$/, '.csv')
  const sheet = await call('readSheet', { name, content: btoa(binary) })
  return csvOf([sheet.columns, ...sheet.rows])
}
