// Reads a table row by row, whatever the format; one bad row never stops the others.
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import ExcelJS from 'exceljs'
import type { SheetKind } from './sheet-kind.ts'
import { inReadingOrder } from './xlsx-order.ts'

/** A path, or a way to open the content anew. */
export type SheetSource = string | (() => Promise<Readable>)

/** A row by column name, texts trimmed; `error` in Chinese where the row itself could not be read. `line` counts from 1 with the header. */
export type SheetLine = { line: number; values: Record<string, string>; error?: string }

/** Longer cells are refused: a missing quote would otherwise swallow the rest of the file. */
const MAX_CELL = 200_000

/**
 * Rows of a CSV, XLSX (first sheet) or JSON-lines file, gzip or not. CSV may be UTF-8 or GB 18030 (as office programs in China save
 * it), separated by comma, semicolon or tab; its first row names the columns.
 * @throws Error with a Chinese message when the file as a whole is not of this kind
 */
export async function* readRows(source: SheetSource, kind: SheetKind): AsyncGenerator<SheetLine> {
  const raw = typeof source === 'string' ? createReadStream(source) : await source()
  // Without a listener an error of the stream that is read through (a missing file, a broken gzip) would end the process.
  raw.on('error', () => undefined)
  const content = await unzipped(raw)
  try {
    if (kind === 'csv') yield* readCsv(content)
    else if (kind === 'xlsx') yield* readXlsx(content)
    else yield* readJsonLines(content)
  } finally {
    content.destroy()
    raw.destroy()
  }
}

async function unzipped(raw: Readable): Promise<Readable> {
  const { head, whole } = await peek(raw, 2)
  if (head[0] !== 0x1f || head[1] !== 0x8b) return whole
  const gunzip = createGunzip()
  whole.on('error', (error) => gunzip.destroy(error))
  return whole.pipe(gunzip)
}

/** The first bytes of a stream, and the stream as if nothing had been read. */
async function peek(stream: Readable, bytes: number): Promise<{ head: Buffer; whole: Readable }> {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const seen: Buffer[] = []
  let size = 0
  while (size < bytes) {
    const next = await iterator.next()
    if (next.done) break
    seen.push(Buffer.from(next.value))
    size += next.value.length
  }
  const rest = async function* (): AsyncGenerator<Buffer> {
    yield* seen
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  return { head: Buffer.concat(seen), whole: Readable.from(rest(), { objectMode: false }) }
}

/** Text of a stream in the encoding its beginning shows. */
async function decoded(content: Readable): Promise<Readable> {
  const { head, whole } = await peek(content, 64 * 1024)
  const decoder = new TextDecoder(isUtf8(head) ? 'utf-8' : 'gb18030')
  return Readable.from(
    (async function* () {
      for await (const chunk of whole) yield decoder.decode(chunk as Buffer, { stream: true })
      yield decoder.decode()
    })(),
    { objectMode: false, encoding: 'utf8' },
  )
}

function isUtf8(head: Buffer): boolean {
  try {
    // `stream`: a character cut in two at the end of the sample is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

async function* readCsv(content: Readable): AsyncGenerator<SheetLine> {
  const { head, whole } = await peek(await decoded(content), 4096)
  const parser = parse({ bom: true, delimiter: delimiterOf(head.toString('utf8')), relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true, max_record_size: MAX_CELL * 4 })
  whole.on('error', (error) => parser.destroy(error))
  whole.pipe(parser)
  let header: string[] | null = null
  for await (const item of parser) {
    const { record, info } = item as { record: string[]; info: { lines: number } }
    if (header) yield fromCells(info.lines, header, record)
    else header = namesOf(record)
  }
  if (!header) throw new Error('文件是空的')
}

function delimiterOf(head: string): string {
  const first = head.split(/\r?\n/, 1)[0] ?? ''
  const count = (char: string): number => first.split(char).length
  return [',', '\t', ';'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

/** Column names; nameless ones get their place, doubled ones a number, so that no value is lost. */
function namesOf(record: string[]): string[] {
  const seen = new Map<string, number>()
  return record.map((cell, i) => {
    const name = cell.trim() || `列${i + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name}(${times})`
  })
}

function fromCells(line: number, header: string[], cells: string[]): SheetLine {
  const values: Record<string, string> = {}
  for (const [i, name] of header.entries()) values[name] = (cells[i] ?? '').trim()
  const long = Object.values(values).some((v) => v.length > MAX_CELL)
  const more = cells.length > header.length && cells.slice(header.length).some((c) => c.trim() !== '')
  return { line, values, ...(long ? { error: '单元格过长，可能缺少引号' } : more ? { error: '列数多于表头，可能缺少引号' } : {}) }
}

async function* readXlsx(content: Readable): AsyncGenerator<SheetLine> {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk as Buffer)
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(inReadingOrder(Buffer.concat(chunks)), { objectMode: false }) as never, { sharedStrings: 'cache', worksheets: 'emit', styles: 'cache', hyperlinks: 'ignore', entries: 'ignore' })
  let header: string[] | null = null
  for await (const sheet of reader) {
    for await (const row of sheet) {
      const cells = (Array.isArray(row.values) ? row.values.slice(1) : []) as unknown[]
      const texts = Array.from(cells, textOf)
      if (texts.every((t) => t === '')) continue
      if (header) yield fromCells(row.number, header, texts)
      else header = namesOf(texts)
    }
    break // the first sheet only
  }
  if (!header) throw new Error('表格中没有内容')
}

/** A cell as text: dates as `2026-11-18 09:12:05` in the wall time they were typed in, results of formulas, rich text joined. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object') return ''
  if ('toISOString' in value && typeof value.toISOString === 'function') return String(value.toISOString()).slice(0, 19).replace('T', ' ')
  if ('richText' in value && Array.isArray(value.richText)) return value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join('').trim()
  if ('result' in value) return textOf(value.result)
  return 'text' in value ? textOf(value.text) : ''
}

async function* readJsonLines(content: Readable): AsyncGenerator<SheetLine> {
  let line = 0
  let rest = ''
  let good = 0
  for await (const chunk of await decoded(content)) {
    const parts = (rest + String(chunk)).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const row = parseJson(++line, part)
      if (row) yield row
      good += row && !row.error ? 1 : 0
    }
  }
  const last = parseJson(line + 1, rest)
  if (last) yield last
  if (line > 0 && good === 0 && !(last && !last.error)) throw new Error('文件不是 JSON Lines 格式：没有一行是 JSON 对象')
}

function parseJson(line: number, text: string): SheetLine | null {
  const clean = text.replace(/^\uFEFF/, '').trim()
  if (clean === '') return null
  try {
    const value: unknown = JSON.parse(clean)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { line, values: {}, error: '不是 JSON 对象' }
    return { line, values: Object.fromEntries(Object.entries(value).map(([key, v]) => [key, typeof v === 'object' && v !== null ? JSON.stringify(v) : String(v ?? '').trim()])) }
  } catch {
    return { line, values: {}, error: 'JSON 格式错误' }
  }
}
