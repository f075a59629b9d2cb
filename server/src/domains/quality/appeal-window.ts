// Who may appeal against which result, until when; and what became of earlier appeals.
import type { Ctx } from '../../kernel/ctx.ts'
import { can } from '../../kernel/access.ts'
import type { ActState } from '../../kernel/http/codec.ts'
import { addDuration, toIso } from '../../kernel/time/index.ts'
import { calendarOf, setting } from '../platform/index.ts'
import { jointRuns } from './joint/joint-runs.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import { appealMost, appealWindow } from './settings.ts'
import { concerns, type TaskRow } from './tasks.ts'
import { appealStateNames } from './texts.zh-CN.ts'

export const stateName = (state: string): string => appealStateNames[state as keyof typeof appealStateNames] ?? state

export async function appealsOf(ctx: Ctx, taskId: string) {
  const rows = await db(ctx).selectFrom('quality_appeal').selectAll().where('tenant_id', '=', ctx.tenantId).where('task_id', '=', taskId).orderBy('at').execute()
  return rows.map((one) => ({ id: one.id, state: one.state, stateName: stateName(one.state), reason: one.reason, at: one.at, byName: one.by_name, outcome: one.outcome }))
}

async function windowEnd(ctx: Ctx, task: TaskRow) {
  return addDuration(await calendarOf(ctx), task.concluded_at ?? ctx.clock.now(), { amount: await setting(ctx, appealWindow), unit: 'workingDays' })
}

/** Whether the inspected person may appeal now, and until when. */
export async function mayAppeal(ctx: Ctx, task: TaskRow): Promise<ActState> {
  const act = { act: 'appeal', label: '申诉' }
  const until = await windowEnd(ctx, task)
  if (!can(ctx, 'quality.own') || !concerns(ctx, task)) return { ...act, enabled: false, reason: '只有被检人或被检单位可以申诉' }
  const before = (await appealsOf(ctx, task.id)).length
  if (before >= (await setting(ctx, appealMost))) return { ...act, enabled: false, rule: appealMost.key, reason: qualityFail('appealedBefore').title }
  if (ctx.clock.now() > until) return { ...act, enabled: false, rule: appealWindow.key, reason: qualityFail('appealLate').title, until: toIso(until) }
  if (await jointRuns(ctx, task.id)) return { ...act, enabled: false, rule: 'quality.jointRuns', reason: qualityFail('jointRuns').title, until: toIso(until) }
  return { ...act, enabled: true, until: toIso(until) }
}
