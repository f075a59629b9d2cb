// Stages of a task that stand still: the person the rule names is reminded once when the stage's limit has passed (SUP-14).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { notify } from '../../platform/index.ts'
import { peopleFinder, unique, type PeopleFinder, type Person } from '../recipients.ts'
import type { Definition } from '../rules/definition.ts'
import { db } from '../supervision.queries.ts'
import { step } from './open-task.ts'
import { stageLate, stageNames } from './task-texts.zh-CN.ts'

const BATCH = 200
type Stage = Definition['stages'][number]
type Late = { id: string; unit_id: string | null; supervisor_id: string | null; supervisor_name: string | null; title: string; stage: Stage['stage']; hours: number; person: Stage['person'] }

export async function sweepStages(ctx: Ctx): Promise<void> {
  const now = ts(ctx.clock.now())
  // Signing counts from the opening, the answer from the signing, the decision from the answer; each only while the task stands there.
  const { rows } = await sql<Late>`
    select t.id, t.unit_id, t.supervisor_id, t.supervisor_name, o.title, s.stage, s.hours, s.person
    from supervision_task t join order_view o on o.tenant_id = t.tenant_id and o.id = t.order_id
      cross join lateral jsonb_to_recordset(t.stages) as s(stage text, hours int, person text)
      cross join lateral (select case s.stage when 'acknowledge' then case when t.state = 'open' and t.acknowledged_at is null then t.opened_at end
        when 'reply' then case when t.state = 'open' then t.acknowledged_at end when 'close' then case when t.state = 'replied' then t.replied_at end end as since) b
    where t.tenant_id = ${ctx.tenantId} and t.state <> 'closed' and t.stages <> '[]'::jsonb and not (s.stage = any(t.stages_told)) and b.since + make_interval(hours => s.hours) <= ${now}::timestamptz
    order by t.id limit ${BATCH}`.execute(db(ctx))
  const people = peopleFinder(ctx)
  for (const late of rows) {
    const words = stageLate(stageNames[late.stage] ?? late.stage, late.hours)
    await db(ctx).updateTable('supervision_task').set({ stages_told: sql`array_append(stages_told, ${late.stage}::text)` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', late.id).execute()
    await step(ctx, late.id, 'reminded', words)
    const told = await toldOf(late, people)
    if (told.length > 0) await notify(ctx, { type: 'supervision.stage', to: { userIds: told.map((p) => p.id) }, level: 'P2', title: `${words}：${late.title}`, link: `/supervision/tasks/${late.id}`, objectType: 'supervisionTask', objectId: late.id })
  }
}

async function toldOf(late: Late, people: PeopleFinder): Promise<Person[]> {
  if (late.person === 'supervisor' && late.supervisor_id) return [{ id: late.supervisor_id, name: late.supervisor_name ?? '' }]
  if (late.person === 'handlers' && late.unit_id) return people.ofUnit(late.unit_id, null, false)
  if (late.person === 'unitLeaders' && late.unit_id) return people.inUnit(late.unit_id, 'orders.approve')
  return unique(await people.desk('supervision.assign'))
}
