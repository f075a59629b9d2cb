// Cells of a small office file, for imports that take rows.
import { Readable } from 'node:stream'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { guessKind, readRows } from '../../../kernel/sheets/index.ts'
import type * as contract from './list-contract.ts'
import { listErrors } from './lists.errors.ts'

const MOST = 2000

/** @throws platform.unreadableSheet */
export async function readSheet(_ctx: Ctx, input: Input<typeof contract.readSheet>): Promise<Output<typeof contract.readSheet>> {
  const kind = guessKind(input.name)
  if (kind !== 'xlsx' && kind !== 'csv') throw listErrors('unreadableSheet', { detail: '只能读取 xlsx 和 csv 文件' })
  const content = Buffer.from(input.content, 'base64')
  const columns: string[] = []
  const rows: string[][] = []
  try {
    for await (const line of readRows(async () => Readable.from([content], { objectMode: false }), kind)) {
      for (const name of Object.keys(line.values)) if (!columns.includes(name)) columns.push(name)
      if (rows.length > MOST) break
      rows.push(columns.map((name) => line.values[name] ?? ''))
    }
  } catch (error) {
    throw listErrors('unreadableSheet', { detail: error instanceof Error && /[\u4e00-\u9fff]/.test(error.message) ? error.message : '文件已损坏，或不是表格文件' })
  }
  return { columns, rows: rows.slice(0, MOST), more: rows.length > MOST }
}
