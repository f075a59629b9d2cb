// The register of applications: what runs how, with its live figures; changed with a reason, every change kept.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { touchStamp } from '../../platform/index.ts'
import { aiFail } from '../ai.errors.ts'
import { applicationOf, applicationsOf, db } from '../ai.queries.ts'
import type * as contract from '../contract.ts'
import { themes } from './shipped.zh-CN.ts'

type Live = { application: string; shown: number; decided: number; first: number; any: number; p95: number | null }

/** Of the last 90 days. */
async function liveFigures(ctx: Ctx): Promise<Map<string, Live>> {
  const { rows } = await sql<Live>`select application, count(*)::int as shown, count(outcome)::int as decided, count(*) filter (where outcome in ('acceptedFirst', 'auto'))::int as first, count(*) filter (where outcome in ('acceptedFirst', 'acceptedOther', 'auto'))::int as any,
    percentile_disc(0.95) within group (order by took_ms) as p95 from ai_suggestion where tenant_id = ${ctx.tenantId} and at >= ${ts(plus(ctx.clock.now(), -90 * DAY))} group by application`.execute(ctx.db())
  return new Map(rows.map((row) => [row.application, row]))
}

export async function listApplications(ctx: Ctx): Promise<Output<typeof contract.listApplications>> {
  authorize(ctx, 'ai.read')
  const [all, live, models] = [await applicationsOf(ctx), await liveFigures(ctx), await db(ctx).selectFrom('ai_model').select(['id', 'application', 'number', 'hit1', 'samples']).where('tenant_id', '=', ctx.tenantId).where('state', '=', 'live').execute()]
  return {
    items: all.map((one) => {
      const model = models.find((m) => m.application === one.code)
      const { shown = 0, decided = 0, first = 0, any = 0, p95 = null } = live.get(one.code) ?? {}
      return { ...one, themeName: themes[one.theme], model: model ? { id: model.id, number: model.number, hit1: model.hit1, samples: model.samples } : null, live: { shown, decided, first, any, p95 } }
    }),
  }
}

/** Only dispatch may ever decide by itself; every other application proposes. */
const mayBeAuto = new Set(['dispatch'])

export async function changeApplication(ctx: Ctx, input: Input<typeof contract.changeApplication>): Promise<{ version: number }> {
  authorize(ctx, 'ai.manage')
  const old = await applicationOf(ctx, input.code)
  if (input.version !== old.version) throw kernelErrors('conflict', { current: { version: old.version } })
  if (!old.ready && input.mode !== 'off') throw aiFail('notReady', { params: { name: old.name }, fields: [{ path: 'mode', message: '只能关闭' }] })
  if (input.mode === 'auto' && !mayBeAuto.has(old.code)) throw aiFail('autoUnfit', { params: { name: old.name }, fields: [{ path: 'mode', message: '由人确认' }] })
  const next = { mode: input.mode, candidates: input.candidates, threshold: input.threshold, limitMs: input.limitMs, target: input.target }
  const changes = Object.fromEntries(Object.entries(next).filter(([key, value]) => old[key as keyof typeof next] !== value).map(([key, value]) => [key, { old: old[key as keyof typeof next], new: value }]))
  const at = ts(ctx.clock.now())
  const values = { mode: next.mode, candidates: next.candidates, threshold: next.threshold, limit_ms: next.limitMs, target: next.target, version: old.version + 1, changed_at: at, changed_by_name: ctx.actor.name }
  const done = await db(ctx).insertInto('ai_application').values({ tenant_id: ctx.tenantId, code: old.code, ...values }).onConflict((c) => c.columns(['tenant_id', 'code']).doUpdateSet(values).where('ai_application.version', '=', old.version)).returning('version').executeTakeFirst()
  if (!done) throw kernelErrors('conflict', {})
  await touchStamp(ctx, 'ai')
  await db(ctx).insertInto('ai_application_change').values({ tenant_id: ctx.tenantId, id: newId(), code: old.code, changes: json(changes as never), reason: input.reason, at, by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'ai', act: 'changeAiApplication', objectType: 'key:parameter', objectId: old.code, changes: { ...changes, reason: { old: null, new: input.reason } } })
  return { version: done.version }
}

export async function listApplicationChanges(ctx: Ctx, input: { code: string }): Promise<Output<typeof contract.listApplicationChanges>> {
  authorize(ctx, 'ai.read')
  await applicationOf(ctx, input.code)
  const rows = await db(ctx).selectFrom('ai_application_change').selectAll().where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).orderBy('at', 'desc').orderBy('id', 'desc').limit(100).execute()
  return { items: rows.map((row) => ({ id: row.id, reason: row.reason, at: row.at, byName: row.by_name, changes: row.changes as Record<string, { old: unknown; new: unknown }> })) }
}
