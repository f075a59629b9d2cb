// What callbacks are counted by besides units: a key for an answer, and for a task that was given up.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { tenantById } from '../platform/index.ts'
import type { breakdowns } from './contract.ts'
import { mannerNames, outcomeNames, sourceNames } from './texts.zh-CN.ts'

export type Breakdown = (typeof breakdowns)[number]
type Key = RawBuilder<string>

export const zone = async (ctx: Ctx): Promise<string> => (await tenantById(ctx, ctx.tenantId)).timeZone

const planned = (alias: 'r' | 't'): RawBuilder<boolean> => (alias === 't' ? sql<boolean>`t.cause = 'plan'` : sql<boolean>`exists (select 1 from callback_task p where p.tenant_id = r.tenant_id and p.id = r.task_id and p.cause = 'plan')`)
/** Asked again after the end by a plan: kept beside the order, which does not move. */
export const recheck = planned('r')

/** Of an answer `r`. */
export const answerKey = (by: Breakdown, timeZone: string): Key => ({
  seat: sql<string>`r.actor_name`, manner: sql<string>`r.by_kind`, outcome: sql<string>`r.outcome`, month: sql<string>`to_char(r.at at time zone ${timeZone}, 'YYYY-MM')`, source: sql<string>`case when ${planned('r')} then 'plan' else 'owed' end`,
  attempts: sql<string>`(select case when p.attempts >= 9 then '9' else p.attempts::text end from callback_task p where p.tenant_id = r.tenant_id and p.id = r.task_id)`,
})[by]

/** Of a task `t` that was given up. */
export const taskKey = (by: Breakdown, timeZone: string): Key => ({
  seat: sql<string>`coalesce(t.finished_by_name, '')`, manner: sql<string>`t.manner`, outcome: sql<string>`'notReached'`, month: sql<string>`to_char(t.finished_at at time zone ${timeZone}, 'YYYY-MM')`, source: sql<string>`case when ${planned('t')} then 'plan' else 'owed' end`,
  attempts: sql<string>`case when t.attempts >= 9 then '9' else t.attempts::text end`,
})[by]

export function keyName(by: Breakdown, key: string): string {
  if (by === 'manner') return mannerNames[key] ?? key
  if (by === 'outcome') return outcomeNames[key as keyof typeof outcomeNames] ?? key
  if (by === 'source') return sourceNames[key] ?? key
  if (by === 'attempts') return key === '9' ? '未接通 9 次及以上' : `未接通 ${key} 次`
  return key === '' ? '系统' : key
}
