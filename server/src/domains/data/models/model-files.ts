// A run as a file, of the very cells the page shows: Excel and CSV by the platform's export, PDF, Word and the chart's picture here.
import { authorize } from '../../../kernel/access.ts'
import { sm3 } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { chartPicture, documentTypes, writeDocument, type Chart, type DocumentContent } from '../../../kernel/documents/index.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import { setting, tenantById, type ExportCell, type ExportSource } from '../../platform/index.ts'
import { dataFail } from '../data.errors.ts'
import { queryRows } from '../settings.ts'
import * as contract from './model-contract.ts'
import { isList, type ModelDefinition } from './model.ts'
import { modelWords as w } from './models.zh-CN.ts'
import { runModel, type Result } from './run-model.ts'

type Ask = Pick<Input<typeof contract.modelFileRoute>, 'definition' | 'values' | 'keys'>
/** Pages of a document somebody still reads. */
const MOST_PRINTED = 2000
const MOST_AXIS = 40
const MOST_SERIES = 8

/** All rows, or a refusal that says how many are too many. Details of orders are taken out only with the right to export them. */
async function whole(ctx: Ctx, ask: Ask, most: number): Promise<Result> {
  if (isList(ask.definition) && ask.definition.base !== 'call' && ask.definition.base !== 'seat') authorize(ctx, 'orders.export')
  const result = await runModel(ctx, { ...ask, offset: 0, limit: most })
  if (result.more || result.next !== null) throw dataFail('tooManyRows', { params: { most } })
  return result
}

const number = (value: string | null | undefined): number | null => (value === null || value === undefined ? null : Number(value))

/** What the page draws; null for a list or a table without groups. */
export function chartOf({ look, groups }: Pick<ModelDefinition, 'look' | 'groups'>, { rows, columns }: Result): Chart | null {
  if (look === 'list' || groups.length === 0 || rows.length === 0) return null
  const kind = look === 'table' ? 'bar' : look
  const axis = [...new Set(rows.map((r) => r.keys[0]?.name ?? ''))].slice(0, MOST_AXIS)
  const at = new Map(rows.map((r) => [r.keys.map((k) => k.name).join('\0'), r]))
  const series = groups.length > 1
    ? [...new Set(rows.map((r) => r.keys[1]?.name ?? ''))].slice(0, MOST_SERIES).map((name) => ({ name, values: axis.map((a) => number(at.get(`${a}\0${name}`)?.cells[0])) }))
    : columns.slice(groups.length).slice(0, kind === 'pie' ? 1 : MOST_SERIES).map((c, i) => ({ name: c.label, values: axis.map((a) => number(at.get(a)?.cells[i])) }))
  return { kind, categories: axis, series }
}

/** Lines as the page has them, the total last. */
function linesOf({ rows, total, columns }: Result): string[][] {
  const heads = total ? columns.length - total.length : 0
  const shown = (cells: readonly (string | null)[]): string[] => cells.map((cell) => cell ?? '–')
  return [...rows.map((r) => [...r.keys.map((k) => k.name), ...shown(r.cells)]), ...(total ? [[...Array.from({ length: heads }, (_, i) => (i === 0 ? w.total : '')), ...shown(total)]] : [])]
}

export async function downloadModel(ctx: Ctx, input: Input<typeof contract.modelFileRoute>, { reply }: RawExchange): Promise<Record<string, never>> {
  authorize(ctx, 'data.read')
  const { definition: d, format, title } = input
  const result = await whole(ctx, input, MOST_PRINTED)
  const { name, timeZone } = await tenantById(ctx, ctx.tenantId)
  const chart = chartOf(d, result)
  if (format === 'png' && !chart) throw dataFail('noChart')
  const at = formatFull(result.asOf, timeZone).replace(/ \(.*\)$/, '')
  const content: DocumentContent = {
    title, subtitle: w.count(result.count, at), landscape: result.columns.length > 6, footer: `${name} · ${ctx.actor.name} · ${at}`, watermark: ctx.actor.name, ...(input.password ? { password: input.password } : {}),
    blocks: [...(chart && d.look !== 'table' ? [{ kind: 'chart' as const, chart, height: 220 }] : []), { kind: 'table', columns: result.columns.map((c) => ({ label: c.label, width: c.end ? 8 : 14, align: c.end ? 'end' as const : 'start' as const })), rows: linesOf(result), totals: result.total ? 1 : 0, empty: w.nothing }],
  }
  const bytes = format === 'png' && chart ? await chartPicture(chart, { width: 880, height: 420 }) : await writeDocument(content, format === 'docx' ? 'docx' : 'pdf')
  ctx.audit({ module: 'data', act: 'downloadModel', objectType: 'queryModel', objectId: 'run', text: title, changes: { export: { old: null, new: { definition: d, values: input.values, format, rows: result.rows.length, checksum: sm3(bytes) } } } })
  await reply.headers({ 'content-type': format === 'png' ? 'image/png' : documentTypes[format], 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${title}.${format}`).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`, 'x-content-type-options': 'nosniff' }).send(bytes)
  return {}
}

const asked = (filter: Record<string, unknown>): Ask => contract.ask.parse(filter)
const sheet: ExportSource = {
  page: 'models', title: w.sheet, permission: 'data.read', columns: [],
  async columnsFor(ctx, filter) {
    return (await all(ctx, filter)).columns.map((c) => ({ key: c.key, label: c.label, width: c.end ? 12 : 22 }))
  },
  async count(ctx, filter) {
    return (await all(ctx, filter)).rows.length
  },
  async *rows(ctx, filter) {
    const result = await all(ctx, filter)
    // Numbers stay numbers in a sheet; what has no value stays empty.
    const cell = (text: string | undefined, end: boolean): ExportCell => (text === undefined || text === '–' ? null : end && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)
    yield linesOf(result).map((line) => Object.fromEntries(result.columns.map((c, i) => [c.key, cell(line[i], c.end)])))
  },
}
const all = async (ctx: Ctx, filter: Record<string, unknown>): Promise<Result> => whole(ctx, asked(filter), await setting(ctx, queryRows))

export const modelExports = (): ExportSource[] => [sheet]
