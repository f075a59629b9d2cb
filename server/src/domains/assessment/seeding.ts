// What the demo city needs of assessment: the same use-cases as people.
import type { Ctx } from '../../kernel/ctx.ts'
import { addDays } from '../../kernel/time/index.ts'
import { setting } from '../platform/index.ts'
import { db, lockPeriod } from './assessment.queries.ts'
import { createModel, todayOf } from './keep-models.ts'
import { addUnits, createLevel } from './keep-objects.ts'
import { takeLive } from './live.ts'
import { periodHolding } from './periods.ts'
import { reviewPeriod } from './publish.ts'
import { openPeriod } from './read-periods.ts'
import { calculatePeriod, startRun } from './run-period.ts'
import { monthStartDay } from './settings.ts'
import { modelTemplates } from './shipped.zh-CN.ts'

/** Last month's result of the departments, published, and this month's running figures. Units without orders stand out of it. */
export async function seedAssessment(ctx: Ctx): Promise<void> {
  const startDay = await setting(ctx, monthStartDay)
  const now = periodHolding('month', await todayOf(ctx), startDay)
  const last = periodHolding('month', addDays(now.from, -1), startDay)
  const before = periodHolding('month', addDays(last.from, -1), startDay)
  const template = modelTemplates.find((m) => m.code === 'monthlyScore')
  const units = await db(ctx).selectFrom('callback_pub_result_view as r').innerJoin('platform_unit_view as u', (j) => j.onRef('u.tenant_id', '=', 'r.tenant_id').onRef('u.id', '=', 'r.unit_id')).select('u.id').distinct().where('r.tenant_id', '=', ctx.tenantId).where('u.kind', '=', 'handling').execute()
  if (!template || units.length === 0) return
  const level = await createLevel(ctx, { code: 'bureau', name: '委办局', goal: '三率稳中有升，超期清零', scope: '承办工单的市级部门', standard: '按月核算，次月五日前发布' })
  await addUnits(ctx, { id: level.id, unitIds: units.map((u) => u.id), peer: '', fromDay: before.from })
  const model = await createModel(ctx, { ...template, levelId: level.id, fromDay: before.from, reason: '试行' })
  for (const { from } of [before, last]) {
    const period = await openPeriod(ctx, { modelId: model.id, kind: 'month', day: from })
    await startRun(ctx, { id: period.id, reason: '月度核算' })
    const run = await calculatePeriod(ctx, period.id, '月度核算', { id: null, name: '系统' })
    if (run) await reviewPeriod(ctx, { id: period.id, runId: run.id, outcome: 'publish', opinion: '同意发布' })
  }
  const open = await openPeriod(ctx, { modelId: model.id, kind: 'month', day: now.from })
  await takeLive(ctx, await lockPeriod(ctx, open.id))
}
