// Text of Word, PDF, Excel, HTML and text files: for search inside attachments and for imports.
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { readWord, wordHtml } from '../../../kernel/documents/index.ts'
import { readRows } from '../../../kernel/sheets/index.ts'
import { htmlToDoc } from './html-to-doc.ts'
import { docOf, plainText, type Doc } from '../document.ts'
import { knowledgeFail } from '../knowledge.errors.ts'

export type Source = { name: string; size: number; open: () => Promise<Readable> }

const MAX_BYTES = 30 * 1024 * 1024
const MAX_CHARACTERS = 400_000
const TIMEOUT_MS = 60_000
const MEMORY_MB = 384

const extension = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase()
const readers = ['txt', 'csv', 'xlsx', 'docx', 'pdf', 'html', 'htm']

/** Whether a file of this name and size is read for search. */
export const readable = (file: { name: string; size?: number }): boolean => readers.includes(extension(file.name)) && (file.size ?? 0) <= MAX_BYTES

/** UTF-8, or GB 18030 where it is not. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function pdfText(bytes: Uint8Array): Promise<string> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./document-worker.ts', import.meta.url), { workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
    const timer = setTimeout(() => {
      fail(new Error('reading took too long'))
      void worker.terminate()
    }, TIMEOUT_MS)
    worker.once('message', (text: string) => done(text))
    worker.once('error', fail)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      fail(new Error(`the reading thread ended with ${code}`))
    })
  })
}

async function sheetText(file: Source, kind: 'csv' | 'xlsx'): Promise<string> {
  const lines: string[] = []
  let length = 0
  let head = true
  for await (const { values } of readRows(file.open, kind)) {
    if (head) lines.push(Object.keys(values).join(' '))
    head = false
    const line = Object.values(values).filter(Boolean).join(' ')
    if ((length += line.length) > MAX_CHARACTERS) break
    lines.push(line)
  }
  return lines.join('\n')
}

/** Plain text, at most 400,000 characters; empty for kinds that are not read. */
export async function textOfFile(file: Source): Promise<string> {
  const kind = extension(file.name)
  if (!readable(file)) return ''
  if (kind === 'csv' || kind === 'xlsx') return sheetText(file, kind)
  const bytes = await buffer(await file.open())
  const text = kind === 'docx' ? (await readWord(bytes)).parts.map((part) => part.text).join('\n') : kind === 'pdf' ? await pdfText(new Uint8Array(bytes)) : kind === 'txt' ? decode(bytes) : plainText(htmlToDoc(decode(bytes)))
  return text.slice(0, MAX_CHARACTERS)
}

/** The text of an uploaded document as an item's text, headings, lists and tables kept where the file says so. @throws knowledge.unreadableDocument */
export async function documentOf(file: Source): Promise<Doc> {
  const kind = extension(file.name)
  if (!readable(file)) throw knowledgeFail('unreadableDocument', { params: { why: `支持 ${readers.join('、')}，不超过 30 MB` } })
  try {
    if (kind === 'docx') return htmlToDoc(await wordHtml(await buffer(await file.open())))
    if (kind === 'html' || kind === 'htm') return htmlToDoc(decode(await buffer(await file.open())))
    return docOf((await textOfFile(file)).slice(0, 190_000))
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('knowledge.') ? error : knowledgeFail('unreadableDocument', { params: { why: '文件已损坏、加密或过大' } })
  }
}
