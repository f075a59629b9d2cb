// Alerts while a call is running: each new sentence against the rules about words; light ones to the agent, serious ones to the shift leaders too.
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { authorize } from '../../kernel/access.ts'
import { afterCursor, boundCount, nextPage, notify, setting } from '../platform/index.ts'
import { rulesAt } from './catalogue.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import type * as contract from './report-contract.ts'
import { inspect } from './rule.ts'
import { alertGrades, liveAlerts } from './settings.ts'
import { sql } from 'kysely'

export type HeardSentence = { callId: string; sentenceId: string; speaker: string; startMs: number; endMs: number; text: string }
const atOnce = ['forbidden', 'sensitive', 'lexicon', 'rate']

/** Told by telephony as a sentence is understood, in the transaction that keeps it. */
export async function alertOn(ctx: Ctx, heard: HeardSentence): Promise<void> {
  if (!(await setting(ctx, liveAlerts))) return
  const rules = (await rulesAt(ctx, { kind: 'call', groups: [], at: ctx.clock.now() })).filter((one) => atOnce.includes(one.definition.condition.kind))
  const found = inspect({ sentences: [{ id: heard.sentenceId, speaker: heard.speaker === 'agent' ? 'agent' : 'citizen', startMs: heard.startMs, endMs: heard.endMs, text: heard.text }], talkMs: null, fields: {}, lateClocks: [], returns: 0 }, rules)
  if (found.length === 0) return
  const grades = await setting(ctx, alertGrades)
  const { rows } = await sql<{ agent_id: string | null; agent_name: string | null }>`select agent_id, agent_name from telephony_pub_call_view where tenant_id = ${ctx.tenantId} and id = ${heard.callId} limit 1`.execute(ctx.db())
  for (const one of found) {
    const serious = one.rule.definition.severity !== 'light'
    if (!grades.includes(serious ? 'serious' : 'light')) continue
    const kept = await db(ctx).insertInto('quality_alert').values({
      tenant_id: ctx.tenantId, id: newId(), call_id: heard.callId, at: ts(ctx.clock.now()), grade: serious ? 'serious' : 'light', rule_id: one.rule.id, rule_name: one.rule.name, sentence_id: heard.sentenceId, speaker: heard.speaker, at_ms: Math.round(heard.startMs), text: heard.text.slice(0, 300), note: one.note, agent_id: rows[0]?.agent_id ?? null, agent_name: rows[0]?.agent_name ?? null, state: 'open',
    }).onConflict((c) => c.columns(['tenant_id', 'call_id', 'rule_id', 'sentence_id']).doNothing()).returning('id').executeTakeFirst()
    if (!kept) continue
    const notice = { type: 'quality.alert', title: `通话预警：${one.rule.name}`, text: `${one.note}。${one.rule.definition.standard}`, objectType: 'qualityAlert', objectId: kept.id }
    if (rows[0]?.agent_id) await notify(ctx, { ...notice, to: { userIds: [rows[0].agent_id] }, level: serious ? 'P2' : 'P3' })
    if (serious) await notify(ctx, { ...notice, title: `${rows[0]?.agent_name ?? '座席'} 通话预警：${one.rule.name}`, to: { permission: 'quality.alerts' }, link: '/quality/alerts', level: 'P1' })
    ctx.signal('quality.alerts', heard.callId)
  }
}

export async function listAlerts(ctx: Ctx, input: Input<typeof contract.alertsRoute>): Promise<Output<typeof contract.alertsRoute>> {
  authorize(ctx, 'quality.alerts')
  let q = db(ctx).selectFrom('quality_alert as a').where('a.tenant_id', '=', ctx.tenantId)
  if (input.state) q = q.where('a.state', '=', input.state)
  if (input.grade) q = q.where('a.grade', '=', input.grade)
  if (input.agentId) q = q.where('a.agent_id', '=', input.agentId)
  const rows = await q.leftJoin('telephony_pub_call_view as c', (j) => j.onRef('c.tenant_id', '=', 'a.tenant_id').onRef('c.id', '=', 'a.call_id')).selectAll('a').select('c.ended_at as endedAt').where(afterCursor(input.cursor, 'a.at', 'a.id')).orderBy('a.at', 'desc').orderBy('a.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (one) => one.at)
  return {
    items: page.items.map((a) => ({ id: a.id, callId: a.call_id, at: a.at, grade: a.grade as 'light' | 'serious', gradeName: a.grade === 'serious' ? '严重' : '轻微', ruleName: a.rule_name, speakerName: a.speaker === 'agent' ? '座席' : '诉求人', atMs: a.at_ms, text: a.text, note: a.note, agentName: a.agent_name, running: a.endedAt === null, state: a.state as 'open' | 'handled', handledBy: a.handled_by, handledAt: a.handled_at, handling: a.handling })),
    next: page.next, count: await boundCount(ctx, q),
  }
}

export async function handleAlert(ctx: Ctx, input: Input<typeof contract.handleAlertRoute>): Promise<Record<string, never>> {
  authorize(ctx, 'quality.alerts')
  const done = await db(ctx).updateTable('quality_alert').set({ state: 'handled', handled_by: ctx.actor.name, handled_at: ts(ctx.clock.now()), handling: input.handling }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('state', '=', 'open').returning('id').executeTakeFirst()
  if (!done) throw qualityFail('alertNotFound')
  ctx.signal('quality.alerts')
  return {}
}
