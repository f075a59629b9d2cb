// An order as its requester may see it: public state and words, the unit in charge, promised date and reply; never an internal opinion,
// a label, a name of staff or another requester.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { areaName, filesOf, type FileInfo } from '../../platform/index.ts'
import { isOpen, publicState, type PublicState } from '../order.ts'
import { publicReply } from '../case-profiles/index.ts'
import { db, type OrderRow } from '../orders.queries.ts'
import { appealTypeNames, channelNames, publicStateNames } from '../texts.zh-CN.ts'
import { citationsOf } from '../../knowledge/index.ts'

export type PublicStep = { state: PublicState; name: string; text: string; at: Instant | null; done: boolean; current: boolean }
type Possible = { allowed: true } | { allowed: false; reason: string }

/** Line of a requester's list. */
export type PublicLine = {
  id: string; number: string; title: string; appealType: string; appealTypeName: string; state: PublicState; stateName: string; registeredAt: Instant; unitName: string | null
  /** When the unit in charge has promised a result; null before dispatch and after the end. */
  promisedAt: Instant | null
  closedAt: Instant | null
  /** Being handled again after a dissatisfied answer. */
  again: boolean
  /** End of the rating period; null while there is nothing to rate. */
  rateUntil: Instant | null
}

export type PublicOrder = PublicLine & {
  content: string; matterName: string | null; place: string | null; channelName: string; confidential: boolean
  steps: PublicStep[]
  /** Only while the order is done in public: a redo hides the reply that did not help. */
  reply: string | null
  withdrawReason: string | null
  /** Progress that a unit meant for the public. */
  reports: { at: Instant; unitName: string; text: string }[]
  /** Work that stands still with the approval of the centre: why, and until when at the latest. */
  paused: { since: Instant; reason: string; until: Instant; promisedAt: Instant | null } | null
  /** A lasting demand: how often its unit reports, when next, and when it is planned to be finished. */
  tracking: { everyDays: number; nextAt: Instant; plannedAt: Instant; reports: number } | null
  /** What the requester may know of the way so far, beside the three steps. */
  notes: { at: Instant; text: string; unitName: string | null }[]
  supplements: { id: string; content: string; at: Instant; own: boolean; files: FileInfo[] }[]
  files: FileInfo[]
  replyFiles: FileInfo[]
  /** Public knowledge that the reply quotes, in the words and version of then. */
  citations: { itemId: string; version: number; citation: string }[]
  urges: number
  may: { supplement: Possible; urge: Possible; withdraw: Possible; rate: Possible }
}

/** Exactly the public fields of one order. The caller has checked that the asker is its requester, or holds its enquiry code. */
export async function publicOrder(ctx: Ctx, own: OrderRow): Promise<PublicOrder> {
  const [row = own] = await followLeads(ctx, [own])
  const [line] = await publicLines(ctx, [row])
  const area = row.area_code ? await areaName(ctx, row.area_code) : null
  const supplements = await db(ctx).selectFrom('order_supplement').select(['id', 'content', 'source', 'created_at']).where('tenant_id', '=', row.tenant_id).where('order_id', '=', row.id).orderBy('created_at').execute()
  const feedback = await db(ctx).selectFrom('order_feedback').select(['id', 'kind', 'unit_name', 'result', 'submitted_at'])
    .where('tenant_id', '=', row.tenant_id).where('order_id', '=', row.id).where('visibility', '=', 'public').where('state', '!=', 'sentBack').orderBy('submitted_at').execute()
  const standing = isOpen(row.state) && row.flags.some((f) => f === 'suspended' || f === 'tracking')
  const pause = standing && row.flags.includes('suspended') ? await db(ctx).selectFrom('order_pause').select(['started_at', 'condition_name', 'permitted_until_at', 'promised_at']).where('tenant_id', '=', row.tenant_id).where('order_id', '=', row.id).where('state', '=', 'active').orderBy('permitted_until_at', 'desc').executeTakeFirst() : undefined
  const tracked = standing && row.flags.includes('tracking') ? await db(ctx).selectFrom('order_tracking').select(['interval_days', 'next_report_at', 'until_at', 'reports']).where('tenant_id', '=', row.tenant_id).where('order_id', '=', row.id).where('state', '=', 'active').orderBy('next_report_at').executeTakeFirst() : undefined
  const said = await db(ctx).selectFrom('order_timeline').select(['at', 'text', 'unit_name']).where('tenant_id', '=', row.tenant_id).where('order_id', '=', row.id).where('visibility', '=', 'public').where('act', 'in', publicNotes).where('text', 'is not', null).orderBy('at').limit(50).execute()
  const files = new Map([...(await filesOf(ctx, 'order', [row.id])), ...(await filesOf(ctx, 'supplement', supplements.map((s) => s.id))), ...(await filesOf(ctx, 'feedback', feedback.map((f) => f.id)))])
  const open = (id: string): FileInfo[] => (files.get(id) ?? []).filter((f) => f.audience === 'public')
  const ended = publicState(row.state) === 'done'
  return {
    ...(line ?? lineOf(row, null)),
    content: row.content, matterName: row.matter_name, place: [area, row.address].filter(Boolean).join(' ') || null, channelName: channelNames[row.channel] ?? row.channel, confidential: row.confidential,
    steps: stepsOf(row), reply: ended ? await publicReply(ctx, row) : null, withdrawReason: row.state === 'withdrawn' ? row.withdraw_reason : null,
    reports: feedback.filter((f) => f.kind === 'progress').map((f) => ({ at: f.submitted_at, unitName: f.unit_name, text: f.result })),
    paused: pause ? { since: pause.started_at, reason: pause.condition_name, until: pause.permitted_until_at, promisedAt: pause.promised_at } : null,
    tracking: tracked ? { everyDays: tracked.interval_days, nextAt: tracked.next_report_at, plannedAt: tracked.until_at, reports: tracked.reports } : null,
    notes: said.map((n) => ({ at: n.at, text: n.text ?? '', unitName: n.unit_name })),
    supplements: supplements.map((s) => ({ id: s.id, content: s.content, at: s.created_at, own: s.source === 'requester', files: open(s.id) })),
    files: open(row.id), citations: ended ? (await citationsOf(ctx, 'order', row.id, { onlyPublic: true })).map(({ itemId, version, citation }) => ({ itemId, version, citation })) : [], replyFiles: ended ? feedback.filter((f) => f.kind === 'result').flatMap((f) => open(f.id)) : [], urges: row.urge_count, may: own.state === 'merged' ? mayOfMerged : mayOf(row),
  }
}

/** Entries written for the requester; feedback and supplements have places of their own. */
const publicNotes = ['suspended', 'resumedWork', 'tracked', 'jointResult']

/** A merged order shows the leading order's state, unit and reply under its own number and words (ORD-63). */
async function followLeads(ctx: Ctx, rows: OrderRow[]): Promise<OrderRow[]> {
  const merged = rows.filter((r) => r.state === 'merged')
  if (merged.length === 0) return rows
  const leads = await db(ctx).selectFrom('order_link as l').innerJoin('order_order as o', (j) => j.onRef('o.tenant_id', '=', 'l.tenant_id').onRef('o.id', '=', 'l.to_id'))
    .select(['l.from_id', 'o.state', 'o.lead_unit_name', 'o.dispatched_at', 'o.closed_at', 'o.round', 'o.stage_since_at', 'o.reply', 'o.withdraw_reason'])
    .where('l.tenant_id', 'in', [...new Set(merged.map((r) => r.tenant_id))]).where('l.kind', '=', 'merged').where('l.from_id', 'in', merged.map((r) => r.id)).execute()
  return rows.map((row) => {
    const found = row.state === 'merged' ? leads.find((l) => l.from_id === row.id) : undefined
    if (!found) return row
    const { from_id: _from, state, ...lead } = found
    return { ...row, ...lead, reply: lead.reply ?? row.reply, state: state as OrderRow['state'], archive_due_at: null }
  })
}

const mergedReason = { allowed: false, reason: '已与相同诉求合并办理，如有新情况请拨打12345补充' } as const
const mayOfMerged: PublicOrder['may'] = { supplement: mergedReason, urge: mergedReason, withdraw: mergedReason, rate: mergedReason }

/** Lines of a list, one query for all promised dates. */
export async function publicLines(ctx: Ctx, all: OrderRow[]): Promise<PublicLine[]> {
  const rows = await followLeads(ctx, all)
  const handled = rows.filter((r) => publicState(r.state) === 'handling')
  const due = new Map<string, Instant>()
  if (handled.length > 0) {
    const clocks = await db(ctx).selectFrom('order_clock').select(['order_id', 'due_at']).where('tenant_id', 'in', [...new Set(handled.map((r) => r.tenant_id))]).where('order_id', 'in', handled.map((r) => r.id))
      .where('kind', '=', 'handling').where('state', '=', 'running').orderBy('due_at').execute()
    // The latest of them is when the whole is promised; lower units have earlier ones.
    for (const c of clocks) due.set(c.order_id, c.due_at)
  }
  return rows.map((row) => lineOf(row, due.get(row.id) ?? null))
}

function lineOf(row: OrderRow, promisedAt: Instant | null): PublicLine {
  const state = publicState(row.state)
  return {
    id: row.id, number: row.number, title: row.title, appealType: row.appeal_type, appealTypeName: appealTypeNames[row.appeal_type] ?? row.appeal_type, state, stateName: publicStateNames[state], registeredAt: row.registered_at,
    unitName: state === 'accepted' ? null : row.lead_unit_name, promisedAt, closedAt: state === 'done' ? row.closed_at : null, again: row.round > 1 && state === 'handling', rateUntil: row.state === 'closed' ? row.archive_due_at : null,
  }
}

/** 待受理, 处置中, 已办结 (or 已撤单) as a line, each in words for the requester. */
export function stepsOf(row: Pick<OrderRow, 'state' | 'registered_at' | 'dispatched_at' | 'closed_at' | 'lead_unit_name' | 'round' | 'stage_since_at'>): PublicStep[] {
  const now = publicState(row.state)
  const step = (state: PublicState, text: string, at: Instant | null, done: boolean): PublicStep => ({ state, name: publicStateNames[state], text, at, done, current: state === now })
  const accepted = step('accepted', now === 'accepted' ? '已收到您的诉求，工作人员正在受理' : '已受理您的诉求', row.registered_at, now !== 'accepted')
  if (now === 'withdrawn') return [accepted, step('withdrawn', '诉求已撤销', row.stage_since_at, true)]
  const unit = row.lead_unit_name
  const reached = now !== 'accepted'
  const handling = step('handling', reached && unit ? `${row.round > 1 ? '已转回' : '已转交'}${unit}办理` : '转交责任单位办理', reached ? row.dispatched_at : null, now === 'done')
  const done = step('done', now === 'done' ? '诉求已办结，请查看答复' : '办理完成后在此答复', now === 'done' ? row.closed_at : null, now === 'done')
  // A direct answer never went to a unit.
  return now === 'done' && row.dispatched_at === null ? [accepted, done] : [accepted, handling, done]
}

/** Public acts follow the public state (domain.md). */
export function mayOf(row: Pick<OrderRow, 'state' | 'flags'>): PublicOrder['may'] {
  const state = publicState(row.state)
  const when = (allowed: boolean, reason: string): Possible => (allowed ? { allowed } : { allowed, reason })
  const over = state === 'withdrawn' ? '诉求已撤销' : '诉求已办结，如有新情况请另行提交'
  return {
    supplement: when(state !== 'done' && state !== 'withdrawn' && isOpen(row.state), over),
    urge: when(state === 'handling', state === 'accepted' ? '正在受理，转交办理后可以催办' : over),
    withdraw: when(state === 'accepted' || state === 'handling', over),
    rate: row.flags.includes('reexamine') ? when(false, '您的评价正在复查') : when(row.state === 'closed' || row.state === 'pendingCallback', state === 'done' ? '评价期已过' : '办结后可以评价'),
  }
}
