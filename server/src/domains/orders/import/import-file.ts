// What can be said of an uploaded file before it is imported.
import type { Ctx } from '../../../kernel/ctx.ts'
import { guessKind, readRows, type SheetKind, type SheetLine, type SheetSource } from '../../../kernel/sheets/index.ts'
import { fileContent } from '../../platform/index.ts'
import { guessMapping, importFieldNames, type ImportMapping } from './import-fields.ts'
import { importFail } from './import.errors.ts'

export type ImportFile = { name: string; kind: SheetKind; content: SheetSource; columns: string[]; rows: SheetLine[] }

const PREVIEW = 20

/** Format, columns and first rows. @throws orders.importKind, orders.importUnreadable, kernel.notFound */
export async function openImport(ctx: Ctx, fileId: string): Promise<ImportFile> {
  const file = await fileContent(ctx, fileId)
  return describeImport(file.name, file.open)
}

export async function describeImport(name: string, content: SheetSource): Promise<ImportFile> {
  const kind = guessKind(name)
  if (!kind) throw importFail('importKind')
  const rows: SheetLine[] = []
  try {
    for await (const row of readRows(content, kind)) if (rows.push(row) >= PREVIEW) break
  } catch (error) {
    throw importFail('importUnreadable', { params: { reason: error instanceof Error && /[\u4e00-\u9fff]/.test(error.message) ? error.message : '格式不正确' } })
  }
  return { name, kind, content, columns: [...new Set(rows.flatMap((r) => Object.keys(r.values)))], rows }
}

/** The mapping as sent, or guessed; columns that the file does not have and a mapping without any text are refused. */
export function mappingFor(file: Pick<ImportFile, 'columns'>, sent: ImportMapping | undefined): ImportMapping {
  const mapping = sent ?? guessMapping(file.columns)
  const unknown = Object.entries(mapping).filter(([, column]) => column !== undefined && !file.columns.includes(column))
  if (unknown.length > 0) throw importFail('importMapping', { fields: unknown.map(([field, column]) => ({ path: `mapping.${field}`, message: `${importFieldNames[field as keyof ImportMapping]}：文件中没有“${column}”列` })) })
  if (!mapping.title && !mapping.content) throw importFail('importMapping', { fields: [{ path: 'mapping.content', message: '请选择标题或内容所在的列' }] })
  return mapping
}

/** The file's name without its endings. */
export const sourceOfName = (name: string): string => name.replace(/(?:\.(?:gz|csv|txt|tsv|xlsx|jsonl|ndjson|json))+$/i, '').slice(0, 80) || name.slice(0, 80)
