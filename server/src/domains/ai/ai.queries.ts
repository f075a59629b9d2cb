import type { Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { underStamp } from '../platform/index.ts'
import { shipped, type Application } from './applications/shipped.zh-CN.ts'
import { aiFail } from './ai.errors.ts'
import type { AiTables } from './tables.gen.ts'

export const db = (ctx: Ctx) => ctx.db<AiTables>()
export type ModelRow = Selectable<AiTables['ai_model']>
export type AppliedApplication = Application & { version: number }

/** All applications as the tenant runs them. */
export const applicationsOf = underStamp('ai', async (ctx): Promise<readonly AppliedApplication[]> => {
  const rows = await db(ctx).selectFrom('ai_application').selectAll().where('tenant_id', '=', ctx.tenantId).execute()
  const own = new Map(rows.map((row) => [row.code, row]))
  return shipped.map((one) => {
    const row = own.get(one.code)
    return row ? { ...one, mode: row.mode as Application['mode'], candidates: row.candidates, threshold: row.threshold, limitMs: row.limit_ms, target: row.target, version: row.version } : { ...one, mode: one.ready ? one.mode : ('off' as const), version: 0 }
  })
})

/** @throws ai.applicationUnknown */
export async function applicationOf(ctx: Ctx, code: string): Promise<AppliedApplication> {
  const found = (await applicationsOf(ctx)).find((one) => one.code === code)
  if (!found) throw aiFail('applicationUnknown')
  return found
}

const LEAST_HELD_BACK = 30

/** Whether a model may fill in or decide: measured on enough held-back texts and at its target. Until then its values are only shown. */
export function isProven(application: Application, model: Pick<ModelRow, 'hit1' | 'card'>): boolean {
  const held = (model.card as { heldBack?: number } | null)?.heldBack ?? 0
  return held >= LEAST_HELD_BACK && model.hit1 !== null && model.hit1 >= (application.target ?? 0)
}

export const liveModel = (ctx: Ctx, application: string): Promise<ModelRow | undefined> =>
  db(ctx).selectFrom('ai_model').selectAll().where('tenant_id', '=', ctx.tenantId).where('application', '=', application).where('state', '=', 'live').executeTakeFirst()
