// Reports made by the clock: due times, runs, and the job that makes one with its owner's rights, whole or not at all.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize, userId } from '../../kernel/access.ts'
import { inTenant, type Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { defineJob } from '../../kernel/jobs/job.ts'
import { newId } from '../../kernel/runtime.ts'
import { addDays, atLocalTime, localDate, type Instant } from '../../kernel/time/index.ts'
import { actAs, notify, setting, tenantById } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { askReview, published, tellReaders } from './life.ts'
import { lastPeriod, nextDue, periodOf } from './periods.ts'
import { personalIn } from './personal.ts'
import { contentOf, makeReport } from './reports.ts'
import { reportsFail } from './reports.errors.ts'
import { db, noteStep, reportById, type Readers } from './reports.queries.ts'
import { scheduledState } from './settings.ts'
import type { Cycle } from './template.ts'
import { allTemplates } from './templates.ts'
import { cycleNames, noticeTexts, runStateNames } from './texts.zh-CN.ts'

type View = Output<typeof contract.schedulesRoute>['items'][number]
const ATTEMPTS = 3

const timeZoneOf = async (ctx: Ctx): Promise<string> => (await tenantById(ctx, ctx.tenantId)).timeZone

async function rowsOf(ctx: Ctx, id?: string) {
  let query = db(ctx).selectFrom('reports_schedule').select(['id', 'name', 'template_code', 'cycle', 'at_day', 'at_time', 'of_period', sql<string>`from_day::text`.as('from_day'), sql<string | null>`to_day::text`.as('to_day'), 'readers', 'publish', 'owner_id', 'owner_name', 'enabled', 'next_at', 'version']).where('tenant_id', '=', ctx.tenantId)
  if (id !== undefined) query = query.where('id', '=', id)
  return query.orderBy('name').orderBy('id').limit(500).execute()
}

async function views(ctx: Ctx, id?: string): Promise<View[]> {
  const rows = await rowsOf(ctx, id)
  const templates = await allTemplates(ctx)
  const runs = (await sql<{ id: string; schedule_id: string; state: 'running' | 'done' | 'failed'; from_day: string; to_day: string; report_id: string | null; problem: string | null; attempts: number; at: Instant; took_ms: number | null }>`select id, schedule_id, state, from_day::text, to_day::text, report_id, problem, attempts, at, took_ms from (select r.*, row_number() over (partition by schedule_id order by at desc, id desc) as place from reports_run r where tenant_id = ${ctx.tenantId}) r where place <= 10 order by at desc, id desc`.execute(db(ctx))).rows
  return rows.map((r) => ({
    id: r.id, name: r.name, templateCode: r.template_code, templateName: templates.get(r.template_code)?.shown?.name ?? r.template_code, cycle: r.cycle as Cycle, cycleName: cycleNames[r.cycle as Cycle], atDay: r.at_day, atTime: r.at_time, ofPeriod: r.of_period as View['ofPeriod'], fromDay: r.from_day, toDay: r.to_day, readers: r.readers as Readers, publish: r.publish as View['publish'], enabled: r.enabled, ownerName: r.owner_name, nextAt: r.next_at, version: r.version, // held by checks of the table
    runs: runs.filter((x) => x.schedule_id === r.id).map((x) => ({ id: x.id, state: x.state, stateName: runStateNames[x.state], fromDay: x.from_day, toDay: x.to_day, reportId: x.report_id, problem: x.problem, attempts: x.attempts, at: x.at, tookMs: x.took_ms })),
  }))
}

const oneView = async (ctx: Ctx, id: string): Promise<View> => {
  const found = (await views(ctx, id))[0]
  if (!found) throw reportsFail('unknownSchedule')
  return found
}

export async function listSchedules(ctx: Ctx): Promise<Output<typeof contract.schedulesRoute>> {
  authorize(ctx, 'reports.manage')
  return { items: await views(ctx) }
}

type Body = Input<typeof contract.createScheduleRoute>

/** The next moment after now within the task's days; null when there is none. */
async function nextAt(ctx: Ctx, body: Pick<Body, 'cycle' | 'atDay' | 'atTime' | 'fromDay' | 'toDay' | 'enabled'>): Promise<Instant | null> {
  if (!body.enabled) return null
  const zone = await timeZoneOf(ctx)
  const now = ctx.clock.now()
  let day = nextDue(body.cycle, addDays(localDate(now, zone) < body.fromDay ? body.fromDay : localDate(now, zone), -1), body.atDay)
  if (atLocalTime(day, body.atTime, zone) <= now) day = nextDue(body.cycle, day, body.atDay)
  return body.toDay !== null && day > body.toDay ? null : atLocalTime(day, body.atTime, zone)
}

async function columnsOf(ctx: Ctx, body: Body) {
  const template = (await allTemplates(ctx)).get(body.templateCode)
  if (!template || template.state !== 'published') throw reportsFail('unknownTemplate')
  const next = await nextAt(ctx, body)
  return { name: body.name, template_code: body.templateCode, cycle: body.cycle, at_day: body.atDay, at_time: body.atTime, of_period: body.ofPeriod, from_day: body.fromDay, to_day: body.toDay, readers: json(body.readers), publish: body.publish, enabled: body.enabled, next_at: next === null ? null : ts(next), owner_id: userId(ctx), owner_name: ctx.actor.name }
}

export async function createSchedule(ctx: Ctx, input: Body): Promise<View> {
  authorize(ctx, 'reports.manage')
  const id = newId()
  await db(ctx).insertInto('reports_schedule').values({ tenant_id: ctx.tenantId, id, ...(await columnsOf(ctx, input)) }).execute()
  return oneView(ctx, id)
}

export async function changeSchedule(ctx: Ctx, input: Input<typeof contract.changeScheduleRoute>): Promise<View> {
  authorize(ctx, 'reports.manage')
  const held = await db(ctx).selectFrom('reports_schedule').select(['version', 'owner_name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!held) throw reportsFail('unknownSchedule')
  if (held.version !== input.version) throw reportsFail('changed', { params: { by: held.owner_name } })
  await db(ctx).updateTable('reports_schedule').set({ ...(await columnsOf(ctx, input)), version: held.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return oneView(ctx, input.id)
}

/** Queued for the task's business period as of now. */
async function startRun(ctx: Ctx, s: Awaited<ReturnType<typeof rowsOf>>[number]): Promise<void> {
  const today = localDate(ctx.clock.now(), await timeZoneOf(ctx))
  const cycle = s.cycle as Cycle // held by a check of the table
  const period = s.of_period === 'running' ? periodOf(cycle, today) : lastPeriod(cycle, today)
  const id = newId()
  await db(ctx).insertInto('reports_run').values({ tenant_id: ctx.tenantId, id, schedule_id: s.id, state: 'running', from_day: period.from, to_day: period.to > today ? today : period.to, at: ts(ctx.clock.now()) }).execute()
  ctx.enqueue(makeScheduled, { tenantId: ctx.tenantId, runId: id })
}

export async function runSchedule(ctx: Ctx, input: Input<typeof contract.runScheduleRoute>): Promise<View> {
  authorize(ctx, 'reports.manage')
  const s = (await rowsOf(ctx, input.id))[0]
  if (!s) throw reportsFail('unknownSchedule')
  await startRun(ctx, s)
  return oneView(ctx, input.id)
}

/** Tasks whose time has come. */
export async function runDueSchedules(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('reports_schedule').select('id').where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).where('next_at', '<=', ts(ctx.clock.now())).limit(20).forUpdate().skipLocked().execute()
  for (const { id } of due) {
    const s = (await rowsOf(ctx, id))[0]
    if (!s) continue
    await startRun(ctx, s)
    const next = await nextAt(ctx, { cycle: s.cycle as Cycle, atDay: s.at_day, atTime: s.at_time, fromDay: s.from_day, toDay: s.to_day, enabled: true })
    await db(ctx).updateTable('reports_schedule').set({ next_at: next === null ? null : ts(next) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  }
}

/** The report and its end in one transaction: a failed try leaves nothing, the last one tells the owner. */
export const makeScheduled = defineJob<{ tenantId: string; runId: string }>({
  name: 'reports.make',
  schema: z.object({ tenantId: z.string(), runId: z.string() }),
  maxAttempts: ATTEMPTS,
  async run(begin, { tenantId, runId }, info) {
    const began = performance.now()
    try {
      await begin((system) => make(inTenant(system, tenantId), runId, info.attempt, began))
    } catch (error) {
      await begin((system) => failed(inTenant(system, tenantId), runId, info.attempt, error, info.attempt >= info.maxAttempts))
      if (info.attempt < info.maxAttempts) throw error
    }
  },
})

async function make(system: Ctx, runId: string, attempt: number, began: number): Promise<void> {
  const run = await db(system).selectFrom('reports_run').select(['schedule_id', 'state', sql<string>`from_day::text`.as('from'), sql<string>`to_day::text`.as('to')]).where('tenant_id', '=', system.tenantId).where('id', '=', runId).forUpdate().executeTakeFirst()
  if (!run || run.state === 'done') return
  const s = (await rowsOf(system, run.schedule_id))[0]
  if (!s) return
  const ctx = await actAs(system, s.owner_id, system.tenantId)
  const id = await makeReport(ctx, { template: s.template_code, from: run.from, to: run.to, name: '', readers: s.readers as Readers, scheduleId: s.id })
  const state = s.publish === 'setting' ? await setting(ctx, scheduledState) : s.publish
  // Read as the system: an owner who only keeps tasks does not see drafts.
  const made = state === 'published' ? await reportById(system, id) : null
  if (made && personalIn(made.name, contentOf(made)).length > 0) {
    // The clock decides nothing about personal data: the report waits for a person.
    await db(system).updateTable('reports_report').set({ state: 'inReview' }).where('tenant_id', '=', system.tenantId).where('id', '=', id).execute()
    await noteStep(ctx, id, 'submit')
    await askReview(ctx, made)
  } else if (made) {
    await db(system).updateTable('reports_report').set({ state: 'published', ...published(ctx) }).where('tenant_id', '=', system.tenantId).where('id', '=', id).execute()
    await noteStep(ctx, id, 'publish')
    await tellReaders(ctx, made)
  }
  await db(system).updateTable('reports_run').set({ state: 'done', report_id: id, attempts: attempt, problem: null, took_ms: Math.round(performance.now() - began) }).where('tenant_id', '=', system.tenantId).where('id', '=', runId).execute()
}

async function failed(ctx: Ctx, runId: string, attempt: number, error: unknown, last: boolean): Promise<void> {
  const problem = error instanceof Error ? error.message.slice(0, 300) : String(error).slice(0, 300)
  await db(ctx).updateTable('reports_run').set({ attempts: attempt, problem, ...(last ? { state: 'failed' } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', runId).execute()
  if (!last) return
  const s = await db(ctx).selectFrom('reports_run as r').innerJoin('reports_schedule as s', (j) => j.onRef('s.tenant_id', '=', 'r.tenant_id').onRef('s.id', '=', 'r.schedule_id')).select(['s.name', 's.owner_id']).where('r.tenant_id', '=', ctx.tenantId).where('r.id', '=', runId).executeTakeFirst()
  if (s) await notify(ctx, { type: 'report.failed', to: { userIds: [s.owner_id] }, title: noticeTexts.failed(s.name), text: problem, link: '/analytics/reports/schedules', level: 'P2' })
}
