// An agent who finds nothing asks whoever is responsible; the answer becomes a draft (KNO-24).
import { sql, type Selectable } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDuration, type Instant } from '../../../kernel/time/index.ts'
import { matterById, mattersByIds, recommendUnits } from '../../matters/index.ts'
import { afterCursorUp, boundCount, calendarOf, centreUnit, nextPage, notify, setting, unitById } from '../../platform/index.ts'
import { content } from '../content.ts'
import { docOf } from '../document.ts'
import { createDraft } from '../items/edit-item.ts'
import { db } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { questionLimit, urgentQuestionLimit } from '../settings.ts'
import { inCharge } from './in-charge.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import type * as contract from './feedback-contract.ts'

type Row = Selectable<KnowledgeTables['knowledge_question']>
type View = Output<typeof contract.listQuestions>['items'][number]

const stateNames = { open: '待答复', refused: '待改派', answered: '已答复', closed: '已关闭' } as const
const isOpen = (row: Row): boolean => row.state === 'open' || row.state === 'refused'

function viewOf(ctx: Ctx, row: Row, matters: Map<string, { name: string }>): View {
  const acts: View['acts'] = []
  if (row.state === 'open' && inCharge(ctx, row.unit_id)) acts.push({ act: 'answer', label: '答复', enabled: true }, { act: 'refuse', label: '不属于本单位', enabled: true })
  if (isOpen(row) && can(ctx, 'knowledge.publish')) acts.push({ act: 'route', label: '改派', enabled: true })
  const state = row.state as View['state'] // held by a check constraint
  return {
    id: row.id, title: row.title, text: row.text, urgent: row.urgent, state, stateName: stateNames[state], unitName: row.unit_name, routedBy: row.routed_by, source: row.source, sourceId: row.source_id, sourceLabel: row.source_label, matterName: row.matter_id ? (matters.get(row.matter_id)?.name ?? null) : null, askedByName: row.asked_by_name, askedAt: row.asked_at, dueAt: row.due_at,
    overdue: isOpen(row) && row.due_at < ctx.clock.now(), answer: row.answer, answeredByName: row.answered_by_name, answeredAt: row.answered_at, refusal: row.refusal, itemId: row.item_id, acts, version: row.version,
  }
}

/** Own questions, those of own units, all for the centre's editors; earliest deadline first, so that overdue ones stand on top. */
export async function listQuestions(ctx: Ctx, input: Input<typeof contract.listQuestions>): Promise<Output<typeof contract.listQuestions>> {
  authorize(ctx, 'knowledge.read')
  let query = db(ctx).selectFrom('knowledge_question').where('tenant_id', '=', ctx.tenantId)
  const mine = sql<boolean>`asked_by = ${ctx.actor.id}`
  const units = sql<boolean>`unit_id = any(${ctx.actor.unitIds}::uuid[])`
  if (input.box === 'mine') query = query.where(mine)
  else if (input.box === 'unit') query = query.where(can(ctx, 'knowledge.edit') ? units : sql<boolean>`false`)
  else if (!can(ctx, 'knowledge.publish')) query = query.where(can(ctx, 'knowledge.edit') ? sql<boolean>`(${mine} or ${units})` : mine)
  if (input.state) query = query.where('state', '=', input.state)
  if (input.overdue) query = query.where('state', 'in', ['open', 'refused']).where('due_at', '<', ts(ctx.clock.now()))
  const rows = await query.selectAll().where(afterCursorUp(input.cursor, 'due_at', 'id')).orderBy('due_at').orderBy('id').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.due_at)
  const matters = await mattersByIds(ctx, page.items.flatMap((row) => row.matter_id ?? []))
  return { items: page.items.map((row) => viewOf(ctx, row, matters)), next: page.next, count: await boundCount(ctx, query) }
}

/** By the duty list of the matter; without one whoever was named; else the centre. */
async function responsible(ctx: Ctx, input: { matterId?: string | undefined; areaCode?: string | undefined; unitId?: string | undefined }): Promise<{ id: string; name: string; by: string }> {
  if (input.unitId) {
    const unit = await unitById(ctx, input.unitId)
    if (unit.tenantId !== ctx.tenantId || unit.state !== 'active') throw kernelErrors('invalid', { fields: [{ path: 'unitId', message: '请选择本热线的在用单位' }] })
    return { id: unit.id, name: unit.name, by: '提问人指定' }
  }
  const centre = await centreUnit(ctx)
  if (!input.matterId) return { id: centre.id, name: centre.name, by: '未选事项，由热线中心分派' }
  await matterById(ctx, input.matterId)
  const lead = (await recommendUnits(ctx, { matterId: input.matterId, areaCode: input.areaCode ?? centre.areaCode })).find((unit) => unit.role === 'lead')
  if (!lead) return { id: centre.id, name: centre.name, by: '职责清单没有主办单位，由热线中心分派' }
  const unit = await unitById(ctx, lead.unitId)
  return { id: unit.id, name: unit.name, by: lead.reason }
}

async function dueOf(ctx: Ctx, urgent: boolean): Promise<Instant> {
  const duration = urgent ? ({ amount: await setting(ctx, urgentQuestionLimit), unit: 'naturalMinutes' } as const) : ({ amount: await setting(ctx, questionLimit), unit: 'workingHours' } as const)
  return addDuration(await calendarOf(ctx), ctx.clock.now(), duration)
}

const tellUnit = (ctx: Ctx, row: { id: string; unit_id: string; title: string; urgent: boolean }) =>
  notify(ctx, { type: 'knowledge.question', to: { unitIds: [row.unit_id], permission: 'knowledge.edit' }, title: `${row.urgent ? '紧急' : ''}知识提问：${row.title}`, link: `/knowledge/questions?row=${row.id}`, objectType: 'knowledgeQuestion', objectId: row.id, level: row.urgent ? 'P2' : 'P3' })

export async function askQuestion(ctx: Ctx, input: Input<typeof contract.askQuestion>): Promise<Output<typeof contract.askQuestion>> {
  authorize(ctx, 'knowledge.read')
  const [unit, due, id] = [await responsible(ctx, input), await dueOf(ctx, input.urgent), newId()]
  await db(ctx).insertInto('knowledge_question').values({
    tenant_id: ctx.tenantId, id, title: input.title, text: input.text, urgent: input.urgent, matter_id: input.matterId ?? null, area_code: input.areaCode ?? null, unit_id: unit.id, unit_name: unit.name, routed_by: unit.by, state: 'open', source: input.source, source_id: input.sourceId ?? null, source_label: input.sourceLabel ?? null,
    asked_by: userId(ctx), asked_by_name: ctx.actor.name, asked_at: ts(ctx.clock.now()), due_at: ts(due),
  }).execute()
  await tellUnit(ctx, { id, unit_id: unit.id, title: input.title, urgent: input.urgent })
  ctx.signal('knowledge.feedback')
  return { id, state: 'open', unitName: unit.name, dueAt: due }
}

async function lockQuestion(ctx: Ctx, id: string, version: number, act: string, states: readonly string[]): Promise<Row> {
  const row = await db(ctx).selectFrom('knowledge_question').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row || !(inCharge(ctx, row.unit_id) || can(ctx, 'knowledge.publish'))) throw kernelErrors('notFound')
  if (row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, state: row.state } })
  if (!states.includes(row.state)) throw knowledgeFail('reportState', { params: { what: '提问', state: stateNames[row.state as View['state']].replace(/^[已待]/, ''), act } })
  return row
}

async function save(ctx: Ctx, row: Row, change: Record<string, unknown>): Promise<void> {
  await db(ctx).updateTable('knowledge_question').set({ ...change, version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.signal('knowledge.feedback')
}

const tellAsker = async (ctx: Ctx, row: Row, title: string, text: string): Promise<void> => {
  if (row.asked_by) await notify(ctx, { type: 'knowledge.answered', to: { userIds: [row.asked_by] }, title, text, link: `/knowledge/questions?box=mine&row=${row.id}`, objectType: 'knowledgeQuestion', objectId: row.id, level: 'P3' })
}

export async function answerQuestion(ctx: Ctx, input: Input<typeof contract.answerQuestion>): Promise<Output<typeof contract.answerQuestion>> {
  authorize(ctx, 'knowledge.edit')
  const row = await lockQuestion(ctx, input.id, input.version, '答复', ['open'])
  if (!inCharge(ctx, row.unit_id)) throw knowledgeFail('notYours', { rule: 'knowledge.edit' })
  const draft = input.toItem ? await draftOf(ctx, row, input) : null
  await save(ctx, row, { state: 'answered', answer: input.answer, answered_by_name: ctx.actor.name, answered_at: ts(ctx.clock.now()), item_id: draft?.itemId ?? null })
  await tellAsker(ctx, row, `提问已答复：${row.title}`, input.answer.slice(0, 300))
  return { id: row.id, state: 'answered', ticketId: draft?.ticketId ?? null }
}

/** Question and answer as a draft of the answering unit; it goes the usual way of review. */
async function draftOf(ctx: Ctx, row: Row, input: { answer: string; directoryId?: string | undefined }): Promise<{ itemId: string; ticketId: string } | null> {
  const directoryId = input.directoryId ?? (await db(ctx).selectFrom('knowledge_directory').select('id').where('tenant_id', '=', ctx.tenantId).orderBy('sort').orderBy('name').executeTakeFirst())?.id
  if (!directoryId) return null
  return createDraft(ctx, content.parse({ typeCode: 'faq', directoryId, ownerUnitId: row.unit_id, title: row.title, wordings: row.text && row.text.length <= 100 ? [row.text] : [], body: docOf(input.answer), matterIds: row.matter_id ? [row.matter_id] : [], areaCode: row.area_code }), { statement: { basis: `知识提问：${row.title}${row.text ? `\n${row.text}` : ''}`.slice(0, 1000), processing: '', openPoints: '' }, origin: { source: 'question', sourceId: row.id } })
}

export async function refuseQuestion(ctx: Ctx, input: Input<typeof contract.refuseQuestion>): Promise<Output<typeof contract.refuseQuestion>> {
  authorize(ctx, 'knowledge.edit')
  const row = await lockQuestion(ctx, input.id, input.version, '退回', ['open'])
  await save(ctx, row, { state: 'refused', refusal: `${row.unit_name}：${input.reason}` })
  await notify(ctx, { type: 'knowledge.refused', to: { permission: 'knowledge.publish' }, title: `知识提问待改派：${row.title}`, text: input.reason, link: `/knowledge/questions?row=${row.id}`, objectType: 'knowledgeQuestion', objectId: row.id, level: 'P3' })
  return { id: row.id, state: 'refused' }
}

export async function routeQuestion(ctx: Ctx, input: Input<typeof contract.routeQuestion>): Promise<Output<typeof contract.routeQuestion>> {
  authorize(ctx, 'knowledge.publish')
  const row = await lockQuestion(ctx, input.id, input.version, '改派', ['open', 'refused'])
  const unit = await responsible(ctx, { unitId: input.unitId })
  await save(ctx, row, { state: 'open', unit_id: unit.id, unit_name: unit.name, routed_by: `${ctx.actor.name} 改派`, due_at: ts(await dueOf(ctx, row.urgent)) })
  await tellUnit(ctx, { ...row, unit_id: unit.id })
  return { id: row.id, state: 'open' }
}
