// Gaps and errors: reported from a search, an item or an order, settled by the centre or forwarded to a unit (KNO-25).
import { sql, type Selectable } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { enquiryCode, keyedHash, normaliseEnquiryCode, sameSecret } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDuration, localDate, MINUTE, yyMMdd, type Instant } from '../../../kernel/time/index.ts'
import { afterCursorUp, boundCount, calendarOf, nextPage, notify, setting, unitById } from '../../platform/index.ts'
import { watcherOf, type Watcher } from '../items/item.policy.ts'
import { db, trail, type ItemRow } from '../items/item.queries.ts'
import { readableItem } from '../items/read-item.ts'
import { publicReportClosed } from '../events.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { correctionLimit } from '../settings.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import type { reportKinds } from './feedback-contract.ts'
import type * as contract from './feedback-contract.ts'
import { inCharge } from './in-charge.ts'

type Row = Selectable<KnowledgeTables['knowledge_report']>
type View = Output<typeof contract.listReports>['items'][number]

const stateNames = { open: '待处理', forwarded: '单位处理中', replied: '待办结', closed: '已办结' } as const
const kindNames = { gap: '内容缺失', wrong: '内容错误', outdated: '内容过时', contact: '电话地址有误', format: '格式问题' } as const
const sourceNames: Record<string, string> = { search: '检索', item: '知识', order: '工单', web: '网站' }
const maintenanceNames = { add: '新增', revise: '修订', revoke: '废止', none: '无需修改' } as const
/** What is replied goes back when the centre's check finds it wanting. */
const forwardNames = { open: '转责任单位', forwarded: '改派', replied: '退回重办' } as const
const nextSteps = { open: '中心转办或直接办结', forwarded: '责任单位修改并答复', replied: '中心核对办结', closed: '' } as const

function viewOf(ctx: Ctx, row: Row): View {
  const acts: View['acts'] = []
  const centre = can(ctx, 'knowledge.publish')
  const add = (act: string, label: string): void => void acts.push({ act, label, enabled: true })
  if (centre && row.state !== 'closed') add('forward', forwardNames[row.state as keyof typeof forwardNames])
  if (row.state === 'forwarded' && inCharge(ctx, row.unit_id)) add('reply', '答复')
  if (centre && row.state !== 'closed') add('close', '办结')
  const [state, kind, maintenance] = [row.state as View['state'], row.kind as View['kind'], row.maintenance as View['maintenance']] // held by check constraints
  const end = row.closed_at ?? ctx.clock.now()
  return {
    id: row.id, number: row.number, kind, kindName: kindNames[kind], text: row.text, itemId: row.item_id, itemTitle: row.item_title, itemVersion: row.item_version, source: row.source, sourceName: sourceNames[row.source] ?? row.source, sourceId: row.source_id, sourceLabel: row.source_label, state, stateName: stateNames[state], unitId: row.unit_id, unitName: row.unit_name, forwardOpinion: row.forward_opinion, reply: row.reply, repliedByName: row.replied_by_name, repliedAt: row.replied_at,
    maintenance, maintenanceName: maintenance ? maintenanceNames[maintenance] : null, reportedByName: row.reported_by_name, reportedAt: row.reported_at, elapsedMinutes: Math.floor((end - row.reported_at) / MINUTE), dueAt: row.due_at, overdue: row.state !== 'closed' && row.due_at < ctx.clock.now(), closedByName: row.closed_by_name, closedAt: row.closed_at, next: nextSteps[state], acts, version: row.version,
  }
}

/** Earliest deadline first: overdue ones stand on top. */
export async function listReports(ctx: Ctx, input: Input<typeof contract.listReports>): Promise<Output<typeof contract.listReports>> {
  authorize(ctx, 'knowledge.read')
  let query = db(ctx).selectFrom('knowledge_report').where('tenant_id', '=', ctx.tenantId)
  const mine = sql<boolean>`reported_by = ${ctx.actor.id}`
  const units = sql<boolean>`unit_id = any(${ctx.actor.unitIds}::uuid[])`
  if (input.box === 'mine') query = query.where(mine)
  else if (input.box === 'unit') query = query.where(can(ctx, 'knowledge.edit') ? units : sql<boolean>`false`)
  else if (!can(ctx, 'knowledge.publish')) query = query.where(can(ctx, 'knowledge.edit') ? sql<boolean>`(${mine} or ${units})` : mine)
  if (input.state) query = query.where('state', '=', input.state)
  else query = query.where('state', '<>', 'closed')
  if (input.kind) query = query.where('kind', '=', input.kind)
  if (input.source) query = query.where('source', '=', input.source)
  if (input.unitId) query = query.where('unit_id', '=', input.unitId)
  if (input.maintenance) query = query.where('maintenance', '=', input.maintenance)
  if (input.q) query = query.where(sql<boolean>`strpos(lower(concat_ws(' ', number, item_title, text)), lower(${input.q})) > 0`)
  if (input.overdue) query = query.where('due_at', '<', ts(ctx.clock.now()))
  const rows = await query.selectAll().where(afterCursorUp(input.cursor, 'due_at', 'id')).orderBy('due_at').orderBy('id').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.due_at)
  return { items: page.items.map((row) => viewOf(ctx, row)), next: page.next, count: await boundCount(ctx, query) }
}

/** `C261122-0001`: day and count of the day. */
async function nextNumber(ctx: Ctx): Promise<string> {
  const { timeZone } = await calendarOf(ctx)
  const day = `C${yyMMdd(localDate(ctx.clock.now(), timeZone))}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${`knowledge.report:${ctx.tenantId}`}, 0))`.execute(ctx.db())
  const { rows } = await sql<{ n: number }>`select count(*)::int + 1 as n from knowledge_report where tenant_id = ${ctx.tenantId} and starts_with(number, ${day})`.execute(ctx.db())
  return `${day}-${String(rows[0]?.n ?? 1).padStart(4, '0')}`
}

export async function addReport(ctx: Ctx, input: Input<typeof contract.addReport>): Promise<Output<typeof contract.addReport>> {
  authorize(ctx, 'knowledge.read')
  const item = input.itemId ? await readableItem(ctx, input.itemId, await watcherOf(ctx)) : null
  return enter(ctx, { ...input, source: item && input.source === 'search' ? 'item' : input.source }, item, { id: userId(ctx), name: ctx.actor.name })
}

/** From the portal: about what everybody may read, or a gap; staff never see the person, `accountId` is told the result. The caller has let it in (captcha, number a day). */
export async function addPublicReport(ctx: Ctx, input: { kind: (typeof reportKinds)[number]; text: string; itemId: string | null; sourceLabel?: string; accountId?: string | null }): Promise<{ number: string; code: string }> {
  const item = input.itemId ? await readableItem(ctx, input.itemId, { ...(await watcherOf(ctx)), outside: true, keeps: 'none', groups: ['person', 'enterprise'] } satisfies Watcher) : null
  const code = enquiryCode()
  const { number } = await enter(ctx, { kind: input.kind, text: input.text, source: 'web', sourceLabel: input.sourceLabel }, item, { id: null, name: '网站访客', accountId: input.accountId, code })
  return { number, code }
}

const codeHash = (ctx: Ctx, code: string): string => keyedHash(ctx.keys, 'knowledge.reportCode', code)

/** What whoever reported from the portal may know of it: the answer only once the centre has closed it. Null for an unknown number and for a wrong code alike. */
export async function publicReportByCode(ctx: Ctx, number: string, code: string): Promise<{ number: string; title: string; state: 'open' | 'working' | 'closed'; reportedAt: Instant; forwardedAt: Instant | null; closedAt: Instant | null; reply: string | null } | null> {
  const row = await db(ctx).selectFrom('knowledge_report').selectAll().where('tenant_id', '=', ctx.tenantId).where('number', '=', number.toUpperCase()).executeTakeFirst()
  const right = sameSecret(row?.code_hash ?? '', codeHash(ctx, normaliseEnquiryCode(code) ?? ' '))
  if (!row || !right) return null
  const closed = row.state === 'closed'
  return { number: row.number, title: `${kindNames[row.kind as View['kind']]}：${row.item_title ?? row.source_label ?? row.text.slice(0, 40)}`, state: closed ? 'closed' : row.state === 'open' ? 'open' : 'working', reportedAt: row.reported_at, forwardedAt: row.forwarded_at, closedAt: row.closed_at, reply: closed ? row.reply : null }
}

type Told = { kind: (typeof reportKinds)[number]; text: string; source: string; sourceId?: string | undefined; sourceLabel?: string | undefined }

async function enter(ctx: Ctx, input: Told, item: ItemRow | null, by: { id: string | null; name: string; accountId?: string | null | undefined; code?: string }): Promise<Output<typeof contract.addReport>> {
  const [id, number, now] = [newId(), await nextNumber(ctx), ctx.clock.now()]
  const due = addDuration(await calendarOf(ctx), now, { amount: await setting(ctx, correctionLimit), unit: 'workingDays' })
  await db(ctx).insertInto('knowledge_report').values({
    tenant_id: ctx.tenantId, id, number, kind: input.kind, text: input.text, item_id: item?.id ?? null, item_title: item?.title ?? null, item_version: item?.version_number ?? null, source: input.source, source_id: input.sourceId ?? null, source_label: input.sourceLabel ?? null, state: 'open',
    reported_by: by.id, reported_by_name: by.name, reported_account: by.accountId ?? null, code_hash: by.code === undefined ? null : codeHash(ctx, by.code), reported_at: ts(now), due_at: ts(due),
  }).execute()
  if (item) await trail(ctx, { itemId: item.id, act: 'report', text: `${kindNames[input.kind]}：${input.text.slice(0, 200)}` })
  await notify(ctx, { type: 'knowledge.report', to: { permission: 'knowledge.publish' }, title: `${kindNames[input.kind]}：${item?.title ?? input.text.slice(0, 40)}`, link: `/knowledge/gaps?row=${id}`, objectType: 'knowledgeReport', objectId: id, level: 'P4' })
  ctx.signal('knowledge.feedback')
  return { id, number, state: 'open' }
}

async function lockReport(ctx: Ctx, id: string, version: number, act: string, states: readonly string[]): Promise<Row> {
  const row = await db(ctx).selectFrom('knowledge_report').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row || !(can(ctx, 'knowledge.publish') || inCharge(ctx, row.unit_id))) throw kernelErrors('notFound')
  if (row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, state: row.state } })
  if (!states.includes(row.state)) throw knowledgeFail('reportState', { params: { what: '纠错', state: stateNames[row.state as View['state']].replace(/^[已待]/, ''), act } })
  return row
}

async function save(ctx: Ctx, row: Row, change: Record<string, unknown>): Promise<void> {
  await db(ctx).updateTable('knowledge_report').set({ ...change, version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.signal('knowledge.feedback')
}

export async function forwardReport(ctx: Ctx, input: Input<typeof contract.forwardReport>): Promise<Output<typeof contract.forwardReport>> {
  authorize(ctx, 'knowledge.publish')
  const row = await lockReport(ctx, input.id, input.version, '转办', ['open', 'forwarded', 'replied'])
  if (row.state === 'replied' && !input.opinion) throw kernelErrors('invalid', { fields: [{ path: 'opinion', message: '退回重办须写明理由' }] })
  const unit = await unitById(ctx, input.unitId)
  if (unit.tenantId !== ctx.tenantId) throw kernelErrors('notFound')
  await save(ctx, row, { state: 'forwarded', unit_id: unit.id, unit_name: unit.name, forward_opinion: input.opinion || null, forwarded_at: ts(ctx.clock.now()) })
  await notify(ctx, { type: 'knowledge.forwarded', to: { unitIds: [unit.id], permission: 'knowledge.edit' }, title: `${row.state === 'replied' ? '知识纠错退回重办' : '知识纠错待处理'}：${row.item_title ?? row.text.slice(0, 40)}`, text: input.opinion, link: `/knowledge/gaps?row=${row.id}`, objectType: 'knowledgeReport', objectId: row.id, level: 'P3' })
  return { id: row.id, state: 'forwarded' }
}

export async function replyReport(ctx: Ctx, input: Input<typeof contract.replyReport>): Promise<Output<typeof contract.replyReport>> {
  authorize(ctx, 'knowledge.edit')
  const row = await lockReport(ctx, input.id, input.version, '答复', ['forwarded'])
  if (!inCharge(ctx, row.unit_id)) throw knowledgeFail('notYours', { rule: 'knowledge.edit' })
  await save(ctx, row, { state: 'replied', reply: input.reply, replied_by_name: ctx.actor.name, replied_at: ts(ctx.clock.now()), maintenance: input.maintenance })
  await notify(ctx, { type: 'knowledge.replied', to: { permission: 'knowledge.publish' }, title: `知识纠错待核对办结：${row.item_title ?? row.text.slice(0, 40)}`, text: input.reply.slice(0, 300), link: `/knowledge/gaps?row=${row.id}`, objectType: 'knowledgeReport', objectId: row.id, level: 'P4' })
  return { id: row.id, state: 'replied' }
}

/** Never without words to whoever reported it; words that were sent back to the unit are none. */
export async function closeReport(ctx: Ctx, input: Input<typeof contract.closeReport>): Promise<Output<typeof contract.closeReport>> {
  authorize(ctx, 'knowledge.publish')
  const row = await lockReport(ctx, input.id, input.version, '办结', ['open', 'forwarded', 'replied'])
  const reply = input.reply || (row.state === 'replied' ? row.reply : null)
  if (!reply) throw knowledgeFail('replyRequired', { fields: [{ path: 'reply', message: '请填写答复' }] })
  await save(ctx, row, { state: 'closed', reply, ...(input.reply ? { replied_by_name: ctx.actor.name, replied_at: ts(ctx.clock.now()) } : {}), maintenance: input.maintenance ?? row.maintenance ?? 'none', closed_by_name: ctx.actor.name, closed_at: ts(ctx.clock.now()) })
  if (row.reported_by) await notify(ctx, { type: 'knowledge.corrected', to: { userIds: [row.reported_by] }, title: `纠错已办结：${row.item_title ?? row.number}`, text: reply.slice(0, 300), link: `/knowledge/gaps?box=mine&state=closed&row=${row.id}`, objectType: 'knowledgeReport', objectId: row.id, level: 'P4' })
  if (row.reported_account) ctx.publish(publicReportClosed({ id: row.id, number: row.number, accountId: row.reported_account, title: row.item_title ?? row.source_label ?? '', reply }))
  return { id: row.id, state: 'closed' }
}
