// The next half hour of every queue: what is expected, who is needed, who is there, and what to do about the difference.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, HOUR, instant, MINUTE, plus, startOfDay, type LocalDate } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { queueShape } from '../queues/queue.queries.ts'
import { forecastSurge, serviceLevel, staffingRule } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import { staffing, type Staffing } from './erlang.ts'
import type * as contract from './forecast-contract.ts'
import { pastOf, presence, SLOT, slotOf, type Past } from './history.ts'
import { backtest, bent, expectDay, type Backtest } from './volume.ts'

export type Foreseen = Output<typeof contract.forecastNow>['items'][number]
const BACKTEST_DAYS = 14
const DAYS_AHEAD = 7
const one = (n: number): number => Math.round(n * 10) / 10

async function needs(ctx: Ctx): Promise<(calls: number, handleSeconds: number) => Staffing> {
  const [level, rule] = await Promise.all([setting(ctx, serviceLevel), setting(ctx, staffingRule)])
  return (calls, handleSeconds) => staffing({ calls, slotSeconds: SLOT / 1000, handleSeconds, ...level, share: Math.min(99, level.share), ...rule })
}

const expectedToday = (past: Past): { plain: number[]; now: number[] } => {
  const plain = expectDay(past.days.filter((d) => d.date !== past.today), past.kindOf(past.today))
  return { plain, now: bent(plain, past.days.find((d) => d.date === past.today)?.counts ?? []) }
}

export async function foresee(ctx: Ctx): Promise<Foreseen[]> {
  const now = ctx.clock.now()
  const [surge, need, rows, skills] = await Promise.all([
    setting(ctx, forecastSurge), needs(ctx), db(ctx).selectFrom('telephony_queue').selectAll().where('tenant_id', '=', ctx.tenantId).where('open', '=', true).orderBy('code').execute(), db(ctx).selectFrom('telephony_skill').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).execute(),
  ])
  const members = new Map((await sql<{ queue_id: string; n: number }>`select queue_id, count(*)::int as n from telephony_queue_member where tenant_id = ${ctx.tenantId} group by 1`.execute(ctx.db())).rows.map((r) => [r.queue_id, r.n]))
  const recent = new Map((await sql<{ queue_id: string; n: number }>`select queue_id, count(*)::int as n from telephony_call where tenant_id = ${ctx.tenantId} and direction = 'inbound' and queue_id is not null and started_at >= ${ts(plus(now, -surge.minutes * MINUTE))} group by 1`.execute(ctx.db())).rows.map((r) => [r.queue_id, r.n]))
  const found: Foreseen[] = []
  for (const row of rows) {
    const past = await pastOf(ctx, row.id)
    const { plain, now: bentToday } = expectedToday(past)
    const slot = Math.floor((now - startOfDay(past.today, past.timeZone)) / SLOT)
    const usual = ((plain[slot] ?? 0) * surge.minutes * MINUTE) / SLOT
    const arrived = recent.get(row.id) ?? 0
    const surging = arrived >= surge.least && arrived >= usual * (1 + surge.percent / 100)
    // A surge that has just begun is not yet in the half hours behind: what comes next is at least what comes now.
    const expected = Math.max(bentToday[slot + 1] ?? plain[0] ?? 0, surging ? (arrived * SLOT) / (surge.minutes * MINUTE) : 0)
    const { seats } = need(expected, past.handleSeconds)
    const here = presence(ctx, row.id)
    const missing = Math.max(0, seats - here.present)
    const wanted = queueShape(row).skills.flatMap((s) => skills.find((k) => k.id === s.skillId)?.name ?? [])
    found.push({
      id: row.id, name: row.name, skills: wanted, next: { at: instant(slotOf(now) + SLOT), expected: one(expected), needed: seats }, last: { minutes: surge.minutes, arrived, usual: one(usual) }, surge: surging, members: members.get(row.id) ?? 0, ...here, handleSeconds: past.handleSeconds, missing,
      advice: missing === 0 ? null : `未来半小时约 ${Math.round(expected)} 通，需 ${seats} 席，现签入 ${here.present} 席，建议增加 ${missing} 席${wanted.length > 0 ? `（技能：${wanted.join('、')}）` : ''}`,
    })
  }
  return found
}

export async function forecastNow(ctx: Ctx): Promise<Output<typeof contract.forecastNow>> {
  authorize(ctx, 'telephony.monitor')
  const [target, surge] = await Promise.all([setting(ctx, serviceLevel), setting(ctx, forecastSurge)])
  return { at: ctx.clock.now(), items: await foresee(ctx), target, surgePercent: surge.percent }
}

async function knownQueue(ctx: Ctx, id: string): Promise<void> {
  if (!(await db(ctx).selectFrom('telephony_queue').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst())) throw telephonyFail('notFound')
}

export async function forecastDay(ctx: Ctx, input: Input<typeof contract.forecastDay>): Promise<Output<typeof contract.forecastDay>> {
  authorize(ctx, 'telephony.monitor')
  await knownQueue(ctx, input.queueId)
  const [past, need] = [await pastOf(ctx, input.queueId), await needs(ctx)]
  const day = input.day ?? past.today
  const begin = startOfDay(day, past.timeZone)
  const rows = await db(ctx).selectFrom('telephony_volume').select(['at', 'arrived', 'expected', 'expected_day', 'naive', 'present']).where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', input.queueId).where('at', '>=', ts(begin)).where('at', '<', ts(startOfDay(addDays(day, 1), past.timeZone))).execute()
  const held = new Map(rows.map((r) => [Number(r.at), r]))
  const whole = past.days.filter((d) => d.date < day && d.date !== past.today)
  const told = day === past.today ? expectedToday(past).now : expectDay(whole, past.kindOf(day))
  const weekBefore = past.days.find((d) => d.date === addDays(day, -7))?.counts ?? []
  const over = (i: number): boolean => begin + (i + 1) * SLOT <= ctx.clock.now()
  const slots = told.map((fresh, i) => {
    const row = held.get(begin + i * SLOT)
    // What was told then, where it was; else what would have been.
    const expected = one(Number((over(i) ? (row?.expected ?? row?.expected_day) : null) ?? fresh))
    return { at: instant(begin + i * SLOT), expected, naive: Number(row?.naive ?? weekBefore[i] ?? 0), arrived: over(i) ? (row?.arrived ?? 0) : null, needed: need(expected, past.handleSeconds).seats, present: row?.present ?? null }
  })
  const days = Array.from({ length: 14 + DAYS_AHEAD }, (_, i) => addDays(past.today, i - 13)).flatMap((date) => dayOf(past, date, need))
  return { day, today: past.today, historyDays: past.days.length, slots, days, error: { ...backtest(past.days.filter((d) => d.date !== past.today), BACKTEST_DAYS), kept: await errorOfTold(ctx, input.queueId) } }
}

function dayOf(past: Past, date: LocalDate, need: Awaited<ReturnType<typeof needs>>): Output<typeof contract.forecastDay>['days'] {
  const kind = past.kindOf(date)
  const happened = past.days.find((d) => d.date === date)
  if (!happened && date < past.today) return []
  const told = expectDay(past.days.filter((d) => d.date < date && d.date !== past.today), kind)
  return [{ day: date, work: kind.work, expected: Math.round(told.reduce((a, b) => a + b, 0)), arrived: happened && date !== past.today ? happened.counts.reduce((a, b) => a + b, 0) : null, peak: Math.max(...told.map((n) => need(n, past.handleSeconds).seats)) }]
}

/** Of what was told half an hour before, over four weeks. */
async function errorOfTold(ctx: Ctx, queueId: string): Promise<Backtest> {
  const { rows: [r] } = await sql<{ slots: number; calls: number; off: number; naive: number }>`select count(*)::int as slots, coalesce(sum(arrived), 0)::int as calls, coalesce(sum(abs(arrived - expected)), 0)::float8 as off, coalesce(sum(abs(arrived - coalesce(naive, 0))), 0)::float8 as naive
    from telephony_volume where tenant_id = ${ctx.tenantId} and queue_id = ${queueId} and arrived is not null and expected is not null and at >= ${ts(plus(ctx.clock.now(), -28 * 24 * HOUR))}`.execute(ctx.db())
  return { slots: r?.slots ?? 0, calls: r?.calls ?? 0, error: r?.calls ? one((r.off / r.calls) * 100) : null, naive: r?.calls ? one((r.naive / r.calls) * 100) : null }
}

export async function queueCurve(ctx: Ctx, input: Input<typeof contract.queueCurve>): Promise<Output<typeof contract.queueCurve>> {
  authorize(ctx, 'telephony.monitor')
  await knownQueue(ctx, input.id)
  const points = await db(ctx).selectFrom('telephony_queue_snapshot').select(['at', 'waiting', 'longest_ms as longestMs', 'ready', 'talking']).where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', input.id).where('at', '>=', ts(plus(ctx.clock.now(), -input.hours * HOUR))).orderBy('at').execute()
  return { points }
}
