// Rows that could not be registered, with their reasons, in the format of the file they came from.
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { writeCsv, writeJsonLines, writeXlsx, type SheetKind, type SheetLine, type SheetRow } from '../../../kernel/sheets/index.ts'

const REASON = '原因'

/** Held in a file of its own until the import ends: a wrong mapping makes every row of a large file fail. */
export class FailedRows {
  readonly #kind: SheetKind
  #dir: string | null = null
  #out: WriteStream | null = null
  #columns: string[] = []
  count = 0

  constructor(kind: SheetKind) {
    this.#kind = kind
  }

  async add(line: SheetLine, reasons: string[]): Promise<void> {
    this.#dir ??= await mkdtemp(join(tmpdir(), 'minsheng-import-'))
    this.#out ??= createWriteStream(join(this.#dir, 'rows'), { mode: 0o600 })
    for (const column of Object.keys(line.values)) if (!this.#columns.includes(column)) this.#columns.push(column)
    this.count += 1
    if (!this.#out.write(`${JSON.stringify({ ...line.values, [REASON]: `第 ${line.line} 行：${reasons.join('；')}` })}\n`)) await once(this.#out, 'drain')
  }

  /** The file's content, or null when every row was good. */
  async content(): Promise<Readable | null> {
    const dir = this.#dir
    if (!this.#out || dir === null) return null
    this.#out.end()
    await once(this.#out, 'close')
    const rows = async function* (): AsyncGenerator<SheetRow> {
      for await (const line of createInterface({ input: createReadStream(join(dir, 'rows')), crlfDelay: Number.POSITIVE_INFINITY })) yield JSON.parse(line) as SheetRow
    }
    if (this.#kind === 'jsonl') return writeJsonLines(rows())
    const columns = [...this.#columns, REASON].map((key) => ({ key, label: key }))
    return this.#kind === 'xlsx' ? writeXlsx({ title: '未导入', columns, rows: rows() }) : writeCsv({ columns, rows: rows() })
  }

  async remove(): Promise<void> {
    this.#out?.destroy()
    if (this.#dir !== null) await rm(this.#dir, { recursive: true, force: true })
  }
}

export const failedTypes: Record<SheetKind, string> = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', jsonl: 'application/x-ndjson' }
