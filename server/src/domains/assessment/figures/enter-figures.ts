// Figures come in by sheets: entered in a grid or read from a file, each with evidence; nothing of it counts before somebody else approved it.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { guessKind, readRows, writeCsv, writeXlsx } from '../../../kernel/sheets/index.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { attachFiles, fileContent, notify, setting } from '../../platform/index.ts'
import { assessmentFail } from '../assessment.errors.ts'
import { db, lockPeriod, modelById, periodById, step, versionFor, type Period, type PinnedObject } from '../assessment.queries.ts'
import { objectsOf } from '../compute-run.ts'
import type { FigureInput } from '../rules.ts'
import { ownReview } from '../settings.ts'
import { decimalText } from './figure-contract.ts'
import type * as contract from './figure-contract.ts'
import { objectColumn, reasonColumn } from './figures.zh-CN.ts'
import { approvedFigures } from './freeze.ts'
import { sheetView } from './read-figures.ts'

type Sheet = Output<typeof contract.enterFiguresRoute>
type Cell = { objectId: string; code: string; value: string | null; reason: string }
type Asked = { inputs: FigureInput[]; objects: PinnedObject[] }

/** What the rules of a period ask people for, and of whom. */
export async function askedFor(ctx: Ctx, period: Period): Promise<Asked> {
  const model = await modelById(ctx, period.model_id)
  const { definition } = await versionFor(ctx, model, period.from_day)
  return { inputs: definition.inputs, objects: await objectsOf(ctx, model.level_id, period) }
}

/** A result that is final takes no more figures; a published one takes them for its next version. */
export const mayEnter = (period: Pick<Period, 'state'>): boolean => period.state !== 'frozen' && period.state !== 'calculating'

/** Why a cell cannot be taken; null: it can. */
function faultOf(input: FigureInput, { value, reason }: Pick<Cell, 'value' | 'reason'>): string | null {
  if (value === null) return reason === '' ? '没有数据的，请写明原因' : null
  if ((value.split('.')[1] ?? '').length > input.scale) return `最多 ${input.scale} 位小数`
  const n = Number(value)
  if (input.least !== undefined && n < input.least) return `不能小于 ${input.least}`
  return input.most !== undefined && n > input.most ? `不能大于 ${input.most}` : null
}

export async function enterFigures(ctx: Ctx, input: Input<typeof contract.enterFiguresRoute>): Promise<Sheet> {
  authorize(ctx, 'assessment.manage')
  const period = await lockPeriod(ctx, input.id)
  const { inputs, objects } = await askedFor(ctx, period)
  const fields = input.rows.flatMap((row, i) => {
    const one = inputs.find((x) => x.code === row.code && x.source === 'entered')
    const fault = !one ? '评分规则没有这个录入项' : !objects.some((o) => o.id === row.objectId) ? '不是本期的考核对象' : input.rows.findIndex((r) => r.objectId === row.objectId && r.code === row.code) !== i ? '同一项填了两次' : faultOf(one, row)
    return fault ? [{ path: `rows.${i}.value`, message: fault }] : []
  })
  if (fields.length > 0) throw assessmentFail('figureFaults', { params: { n: fields.length }, fields: fields.slice(0, 100) })
  return keepSheet(ctx, period, 'entered', input.rows, input)
}

async function keepSheet(ctx: Ctx, period: Period, source: 'entered' | 'imported', cells: readonly Cell[], said: { note: string; fileIds: string[]; fileId?: string }): Promise<Sheet> {
  if (!mayEnter(period)) throw assessmentFail('figureClosed', { rule: 'assessment.figures' })
  const fileIds = [...new Set([...(said.fileId ? [said.fileId] : []), ...said.fileIds])]
  if (fileIds.length === 0) throw assessmentFail('figureEvidence', { fields: [{ path: 'fileIds', message: '请上传数据依据' }] })
  const { rows: waiting } = await sql<{ objectId: string; code: string }>`select f.object_id as "objectId", f.code from assessment_figure f join assessment_figure_sheet s on s.tenant_id = f.tenant_id and s.id = f.sheet_id where f.tenant_id = ${ctx.tenantId} and s.period_id = ${period.id} and s.state = 'pending'`.execute(db(ctx))
  const open = new Set(waiting.map((w) => `${w.objectId} ${w.code}`))
  const twice = cells.filter((c) => open.has(`${c.objectId} ${c.code}`)).length
  if (twice > 0) throw assessmentFail('figurePending', { params: { n: twice } })
  const before = new Map((await approvedFigures(ctx, period.id)).map((f) => [`${f.objectId} ${f.code}`, f.value]))
  const id = newId()
  await db(ctx).insertInto('assessment_figure_sheet').values({ tenant_id: ctx.tenantId, id, period_id: period.id, source, state: 'pending', note: said.note, entered_at: ts(ctx.clock.now()), entered_by_id: ctx.actor.id, entered_by_name: ctx.actor.name }).execute()
  for (let i = 0; i < cells.length; i += 1000) await db(ctx).insertInto('assessment_figure').values(cells.slice(i, i + 1000).map((c) => ({ tenant_id: ctx.tenantId, id: newId(), sheet_id: id, object_id: c.objectId, code: c.code, value: c.value, before: before.get(`${c.objectId} ${c.code}`) ?? null, reason: c.reason }))).execute()
  if (said.fileId) await attachFiles(ctx, { fileIds: [said.fileId], place: 'import', objectType: 'assessmentFigure', objectId: id, audience: 'staff' })
  await attachFiles(ctx, { fileIds: said.fileIds.filter((f) => f !== said.fileId), place: 'order', objectType: 'assessmentFigure', objectId: id, audience: 'staff' })
  await notify(ctx, { type: 'assessment.figures', to: { permission: 'assessment.publish' }, title: `${period.name}考核数据待审核：${cells.length} 项`, text: said.note, link: `/assessment/${period.id}/figures`, objectType: 'assessmentFigure', objectId: id, level: 'P3' })
  ctx.signal('assessment', period.id)
  return sheetView(ctx, id)
}

async function lockSheet(ctx: Ctx, id: string) {
  const found = await db(ctx).selectFrom('assessment_figure_sheet').select('period_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw assessmentFail('notFound')
  const period = await lockPeriod(ctx, found.period_id)
  const sheet = await db(ctx).selectFrom('assessment_figure_sheet').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirstOrThrow()
  if (sheet.state !== 'pending') throw assessmentFail('figureDecided')
  return { period, sheet }
}

const end = async (ctx: Ctx, id: string, state: string, opinion: string | null): Promise<void> => {
  await db(ctx).updateTable('assessment_figure_sheet').set({ state, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name, opinion }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

/** Somebody else than who entered looks at evidence and figures. Approved, they count from the next computation on. */
export async function decideFigures(ctx: Ctx, input: Input<typeof contract.decideFiguresRoute>): Promise<Sheet> {
  authorize(ctx, 'assessment.publish')
  const { period, sheet } = await lockSheet(ctx, input.id)
  if (sheet.entered_by_id !== null && sheet.entered_by_id === ctx.actor.id && !(await setting(ctx, ownReview))) throw assessmentFail('ownWork', { rule: 'assessment.ownReview' })
  if (input.outcome === 'return' && input.opinion === '') throw assessmentFail('figureOpinion', { fields: [{ path: 'opinion', message: '退回请写明意见' }] })
  if (input.outcome === 'approve' && !mayEnter(period)) throw assessmentFail('figureClosed', { rule: 'assessment.figures' })
  await end(ctx, sheet.id, input.outcome === 'approve' ? 'approved' : 'returned', input.opinion || null)
  if (input.outcome === 'approve') {
    // Running figures are taken anew at the next refresh.
    await db(ctx).updateTable('assessment_run').set({ computed_at: ts(plus(ctx.clock.now(), -DAY)) }).where('tenant_id', '=', ctx.tenantId).where('period_id', '=', period.id).where('state', '=', 'live').execute()
    await step(ctx, period, null, 'figures', sheet.note)
  }
  if (sheet.entered_by_id) await notify(ctx, { type: 'assessment.figuresDecided', to: { userIds: [sheet.entered_by_id] }, title: `${period.name}考核数据${input.outcome === 'approve' ? '已通过审核' : '被退回'}`, text: input.opinion, link: `/assessment/${period.id}/figures`, objectType: 'assessmentFigure', objectId: sheet.id, level: 'P3' })
  ctx.signal('assessment', period.id)
  return sheetView(ctx, sheet.id)
}

export async function withdrawFigures(ctx: Ctx, input: { id: string }): Promise<Sheet> {
  authorize(ctx, 'assessment.manage')
  const { period, sheet } = await lockSheet(ctx, input.id)
  if (sheet.entered_by_id !== ctx.actor.id) throw assessmentFail('figureNotOwn')
  await end(ctx, sheet.id, 'withdrawn', null)
  ctx.signal('assessment', period.id)
  return sheetView(ctx, sheet.id)
}

const MOST_ROWS = 2000
const entered = (inputs: readonly FigureInput[]): FigureInput[] => inputs.filter((i) => i.source === 'entered')

/** One line an object, one column an input; with what stands now. */
export async function downloadFigureTemplate(ctx: Ctx, input: Input<typeof contract.figureTemplateRoute>, { reply }: RawExchange): Promise<Record<string, never>> {
  const period = await periodById(ctx, input.id)
  const { inputs, objects } = await askedFor(ctx, period)
  const now = new Map((await approvedFigures(ctx, period.id)).map((f) => [`${f.objectId} ${f.code}`, f.value]))
  const columns = [{ key: 'object', label: objectColumn, width: 24 }, ...entered(inputs).map((i) => ({ key: i.code, label: i.name, width: 16 })), { key: 'reason', label: reasonColumn, width: 24 }]
  const rows = objects.map((o) => ({ object: o.name, reason: '', ...Object.fromEntries(entered(inputs).map((i) => [i.code, now.get(`${o.id} ${i.code}`) ?? ''])) }))
  const content = { title: '考核数据', columns, rows }
  const type = input.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`考核数据 ${period.name}.${input.format}`)}`, 'x-content-type-options': 'nosniff' }).send(input.format === 'csv' ? writeCsv(content) : writeXlsx(content))
  return {}
}

/** Taken whole or not at all: every fault with its line. Empty cells are left as they are, unless the line says why there is nothing. */
export async function importFigures(ctx: Ctx, input: Input<typeof contract.importFiguresRoute>): Promise<Sheet> {
  authorize(ctx, 'assessment.manage')
  const period = await lockPeriod(ctx, input.id)
  const { inputs, objects } = await askedFor(ctx, period)
  const file = await fileContent(ctx, input.fileId)
  const kind = guessKind(file.name)
  if (!kind) throw assessmentFail('upperKind')
  const cells: Cell[] = []
  const faults: { line: number; message: string }[] = []
  const seen = new Map<string, number>()
  try {
    for await (const { line, values, error } of readRows(file.open, kind)) {
      if (seen.size + faults.length > MOST_ROWS) break
      const name = (values[objectColumn] ?? '').trim()
      const found = objects.filter((o) => o.name === name)
      const [object] = found
      const first = seen.get(name)
      if (error !== undefined || !object || found.length > 1 || first !== undefined) {
        faults.push({ line, message: error ?? (name === '' ? `没有“${objectColumn}”` : !object ? `“${name}”不是本期的考核对象` : found.length > 1 ? `有 ${found.length} 个对象都叫“${name}”，请逐项录入` : `与第 ${first} 行是同一对象`) })
        continue
      }
      seen.set(name, line)
      const reason = (values[reasonColumn] ?? '').trim().slice(0, 200)
      for (const one of entered(inputs)) {
        const said = (values[one.name] ?? '').trim().replace(/%$/, '')
        if (said === '' && (reason === '' || !(one.name in values))) continue
        const cell = { objectId: object.id, code: one.code, value: said === '' ? null : said, reason: said === '' ? reason : '' }
        const fault = cell.value !== null && !decimalText.safeParse(cell.value).success ? `“${said.slice(0, 20)}”不是数字` : faultOf(one, cell)
        if (fault) faults.push({ line, message: `${one.name}：${fault}` })
        else cells.push(cell)
      }
    }
  } catch (error) {
    throw assessmentFail('upperUnreadable', { params: { reason: error instanceof Error && /[\u4E00-\u9FFF]/.test(error.message) ? error.message : '格式不正确' } })
  }
  if (faults.length > 0) throw assessmentFail('figureFaults', { params: { n: faults.length }, fields: faults.slice(0, 100).map((f) => ({ path: `line.${f.line}`, message: `第 ${f.line} 行：${f.message}` })) })
  if (cells.length === 0) throw assessmentFail('figureNothing')
  return keepSheet(ctx, period, 'imported', cells, input)
}
