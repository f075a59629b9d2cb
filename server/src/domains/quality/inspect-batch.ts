// The machine's part of a batch: rules over every object, a score with every deduction, then who goes on to a person.
import { sql } from 'kysely'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { defineJob } from '../../kernel/jobs/job.ts'
import { newId } from '../../kernel/runtime.ts'
import { notify, setting } from '../platform/index.ts'
import { rulesAt, sheetById, type Sheet } from './catalogue.ts'
import { subjectsOf } from './objects.ts'
import type { PlanRow } from './plan-row.ts'
import { db } from './quality.queries.ts'
import { inspect, isHighRisk, type Finding, type Subject } from './rule.ts'
import { drawFrom } from './sampling.ts'
import { highRiskKinds } from './settings.ts'
import { gradeOf, itemsOf, pointsOf, type ObjectKind } from './sheet.ts'
import type { TaskRow } from './tasks.ts'
import { toPersons } from './to-persons.ts'

const STEP = 400

export const inspectBatch = defineJob<{ tenantId: string; batchId: string }>({
  name: 'quality.inspectBatch',
  schema: z.object({ tenantId: z.string(), batchId: z.string() }),
  maxAttempts: 5,
  async run(begin, { tenantId, batchId }) {
    while (await begin((ctx) => inspectSome(inTenant(ctx, tenantId), batchId)));
    await begin((ctx) => settleBatch(inTenant(ctx, tenantId), batchId))
  },
})

/** A machine's sheet: what each rule takes from which item; a fatal finding alone is worth nothing. */
export function machineScore(sheet: Sheet, findings: readonly Finding[]): { points: number; fatal: string[]; deductions: { item_code: string; points: number; finding: Finding }[] } {
  const items = new Map(itemsOf(sheet.definition).map((one) => [one.code, one]))
  const fatal = [...new Set(findings.filter((one) => one.rule.definition.severity === 'fatal' && items.get(one.rule.definition.item)?.fatal).map((one) => one.rule.definition.item))]
  const deductions = findings.flatMap((finding) => (items.has(finding.rule.definition.item) ? [{ item_code: finding.rule.definition.item, points: finding.rule.definition.points, finding }] : []))
  return { points: pointsOf(sheet.definition, { deductions, fatal }), fatal, deductions }
}

const uncheckedReason = (kind: ObjectKind, subject: Subject | undefined): string | null => (!subject ? 'gone' : kind !== 'order' && subject.sentences.length === 0 ? (kind === 'call' ? 'noTranscript' : 'noMessages') : null)

/** The next tasks of the batch; false when none is left. */
async function inspectSome(ctx: Ctx, batchId: string): Promise<boolean> {
  const tasks = await db(ctx).selectFrom('quality_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('batch_id', '=', batchId).where('state', '=', 'machine').where('machine_points', 'is', null).where('unchecked_reason', 'is', null).orderBy('id').limit(STEP).execute()
  if (tasks.length === 0) return false
  await examine(ctx, tasks)
  return true
}

/** Rules over these tasks of one plan: the machine's sheet of each, or why there is none. */
export async function examine(ctx: Ctx, tasks: readonly TaskRow[]): Promise<void> {
  const first = tasks[0]
  if (!first) return
  const kind = first.object_kind as ObjectKind
  const plan = await db(ctx).selectFrom('quality_plan').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', first.plan_id).executeTakeFirstOrThrow()
  const sheet = await sheetById(ctx, first.sheet_id, first.sheet_version)
  const [rules, subjects] = [await rulesAt(ctx, { kind, groups: plan.rule_groups, at: ctx.clock.now() }), await subjectsOf(ctx, kind, tasks.map((one) => one.object_id))]
  const now = ts(ctx.clock.now())
  const scored = itemsOf(sheet.definition).map((one) => one.code)
  const risky = await riskyOf(ctx, tasks.map((one) => one.id))
  const kinds = await setting(ctx, highRiskKinds)
  const done: { id: string; points: number | null; risk: boolean; violation: boolean; unchecked: string | null }[] = []
  const scores = []
  const deductions = []
  for (const task of tasks) {
    const subject = subjects.get(task.object_id)
    const unchecked = uncheckedReason(kind, subject)
    if (unchecked !== null || !subject) {
      done.push({ id: task.id, points: null, risk: false, violation: false, unchecked })
      continue
    }
    const findings = inspect(subject, rules)
    const score = machineScore(sheet, findings)
    const scoreId = newId()
    scores.push({ tenant_id: ctx.tenantId, id: scoreId, task_id: task.id, stage: 'machine', state: 'done', by_id: null, by_name: '机检', at: now, points: score.points, scored, fatal: score.fatal, choices: json({}) })
    deductions.push(...score.deductions.map(({ finding: f, ...one }) => ({
      tenant_id: ctx.tenantId, id: newId(), score_id: scoreId, ...one, origin: 'machine', rule_id: f.rule.id, rule_version: f.rule.version, rule_name: f.rule.name, severity: f.rule.definition.severity, sentence_id: f.sentence?.id ?? null, speaker: f.sentence?.speaker ?? null, at_ms: f.atMs, field: f.field, quote: f.quote, note: f.note,
    })))
    done.push({ id: task.id, points: score.points, risk: risky.has(task.id) || (kinds.includes('serious') && isHighRisk(findings)), violation: findings.some((one) => one.rule.definition.severity !== 'light' && one.rule.definition.points + score.fatal.length > 0), unchecked: null })
  }
  if (scores.length > 0) await db(ctx).insertInto('quality_score').values(scores).execute()
  for (let from = 0; from < deductions.length; from += 1000) await db(ctx).insertInto('quality_deduction').values(deductions.slice(from, from + 1000)).execute()
  await sql`update quality_task t set machine_points = d.points, high_risk = d.risk, violation = d.violation, unchecked_reason = d.unchecked from jsonb_to_recordset(${JSON.stringify(done)}::jsonb) as d(id uuid, points int, risk boolean, violation boolean, unchecked text) where t.tenant_id = ${ctx.tenantId} and t.id = d.id`.execute(ctx.db())
}

/** Tasks that a person must see for what they are about: a complaint, a dispute, a call that raised a serious alert. */
async function riskyOf(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const kinds = await setting(ctx, highRiskKinds)
  const signs = [
    ...(kinds.includes('complaint') ? [sql`o.appeal_type = 'complaint'`] : []), ...(kinds.includes('dispute') ? [sql`'disputed' = any(o.flags)`] : []),
    ...(kinds.includes('serious') ? [sql`exists (select 1 from quality_alert a where a.tenant_id = t.tenant_id and a.call_id = t.object_id and a.grade = 'serious')`] : []),
  ]
  if (signs.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select t.id from quality_task t left join quality_order_view o on o.tenant_id = t.tenant_id and o.id = t.order_id where t.tenant_id = ${ctx.tenantId} and t.id = any(${[...ids]}::uuid[]) and (${sql.join(signs, sql` or `)})`.execute(ctx.db())
  return new Set(rows.map((one) => one.id))
}

/** Who goes on to a person, and whose result stands. */
async function settleBatch(ctx: Ctx, batchId: string): Promise<void> {
  const batch = await db(ctx).selectFrom('quality_batch').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', batchId).forUpdate().executeTakeFirst()
  if (!batch || batch.state !== 'running') return
  const plan = await db(ctx).selectFrom('quality_plan').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', batch.plan_id).executeTakeFirstOrThrow()
  const tasks = await db(ctx).selectFrom('quality_task').select(['id', 'agent_id as agentId', 'machine_points as points', 'high_risk as risk', 'unchecked_reason as unchecked', 'sheet_id as sheetId', 'sheet_version as sheetVersion']).where('tenant_id', '=', ctx.tenantId).where('batch_id', '=', batchId).where('state', '=', 'machine').orderBy('id').execute()
  const first = tasks[0]
  if (first) {
    const sheet = await sheetById(ctx, first.sheetId, first.sheetVersion)
    const passed = (points: number | null): boolean => (points ?? 0) >= sheet.definition.passScore
    const [unchecked, checked] = [tasks.filter((one) => one.unchecked !== null), tasks.filter((one) => one.unchecked === null)]
    if (plan.mode === 'machineOnly') {
      await conclude(ctx, sheet, checked)
      await setUnchecked(ctx, unchecked)
    } else if (plan.mode === 'parallel') {
      await toPersons(ctx, plan, checked, 'mode')
      await toPersons(ctx, plan, unchecked, 'unchecked')
    } else await machineFirst(ctx, plan, sheet, batch.seed, { unchecked, risky: checked.filter((one) => one.risk), failed: checked.filter((one) => !one.risk && !passed(one.points)), good: checked.filter((one) => !one.risk && passed(one.points)) })
  }
  await db(ctx).updateTable('quality_batch').set({ state: 'done' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', batchId).execute()
  ctx.signal('quality.tasks')
}

type Task = { id: string; agentId: string | null; points: number | null }

async function machineFirst(ctx: Ctx, plan: PlanRow, sheet: Sheet, seed: string, part: Record<'unchecked' | 'risky' | 'failed' | 'good', Task[]>): Promise<void> {
  const verified = drawFrom(part.good, seed, Math.round((part.good.length * plan.verify_ratio) / 100))
  const chosen = new Set(verified.map((one) => one.id))
  await toPersons(ctx, plan, part.risky, 'highRisk')
  await toPersons(ctx, plan, part.failed, 'failed')
  await toPersons(ctx, plan, part.unchecked, 'unchecked')
  await toPersons(ctx, plan, verified, 'sampled')
  await conclude(ctx, sheet, part.good.filter((one) => !chosen.has(one.id)))
}

async function setUnchecked(ctx: Ctx, tasks: readonly Task[]): Promise<void> {
  if (tasks.length > 0) await db(ctx).updateTable('quality_task').set({ state: 'unchecked' }).where('tenant_id', '=', ctx.tenantId).where('id', 'in', tasks.map((one) => one.id)).execute()
}

/** The machine's result stands. */
async function conclude(ctx: Ctx, sheet: Sheet, tasks: readonly Task[]): Promise<void> {
  if (tasks.length === 0) return
  const now = ts(ctx.clock.now())
  const results = tasks.map((one) => ({ id: one.id, grade: gradeOf(sheet.definition, one.points ?? 0), passed: (one.points ?? 0) >= sheet.definition.passScore, change: newId() }))
  const rows = sql`jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as d(id uuid, grade text, passed boolean, change uuid)`
  await sql`update quality_task t set state = 'concluded', points = t.machine_points, grade = d.grade, passed = d.passed, concluded_at = ${now}, version = version + 1 from ${rows} where t.tenant_id = ${ctx.tenantId} and t.id = d.id`.execute(ctx.db())
  for (const [agentId, own] of Map.groupBy(tasks, (one) => one.agentId)) {
    if (agentId === null) continue
    const points = own.map((one) => one.points ?? 0)
    await notify(ctx, { type: 'quality.result', to: { userIds: [agentId] }, title: own.length === 1 ? `机检结果：${points[0]} 分` : `机检结果 ${own.length} 件，最低 ${Math.min(...points)} 分`, link: own.length === 1 ? `/quality/inspect/${own[0]?.id}` : '/quality/mine', level: 'P4' })
  }
  await sql`insert into quality_change (tenant_id, id, task_id, at, by_name, what, old_points, new_points) select t.tenant_id, d.change, t.id, ${now}, '机检', 'machine', null, t.points from quality_task t join ${rows} on t.id = d.id where t.tenant_id = ${ctx.tenantId}`.execute(ctx.db())
}
