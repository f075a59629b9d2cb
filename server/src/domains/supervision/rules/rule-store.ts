// Reading rules and loading the shipped ones: versions never change once effective, running tasks keep theirs.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { definition as definitionSchema, type Definition, type RuleEffect } from './definition.ts'
import { shippedRules } from './shipped-rules.zh-CN.ts'
import { db } from '../supervision.queries.ts'

export type EffectiveRule = { id: string; key: string | null; name: string; effect: RuleEffect; number: number; definition: Definition }

export async function effectiveRules(ctx: Ctx, effects: readonly RuleEffect[]): Promise<EffectiveRule[]> {
  const rows = await db(ctx)
    .selectFrom('supervision_rule as r')
    .innerJoin('supervision_rule_version as v', (join) => join.onRef('v.tenant_id', '=', 'r.tenant_id').onRef('v.rule_id', '=', 'r.id').onRef('v.number', '=', 'r.effective_number'))
    .select(['r.id', 'r.key', 'r.name', 'r.effect', 'v.number', 'v.definition'])
    .where('r.tenant_id', '=', ctx.tenantId).where('r.state', '=', 'effective').where('r.effect', 'in', [...effects])
    .orderBy('r.created_at').orderBy('r.id')
    .execute()
  return rows.map((r) => ({ ...r, effect: r.effect as RuleEffect, definition: definitionSchema.parse(r.definition) }))
}

/** Shipped rules that the tenant has never had; what it changed or stopped stays as it is. Repeatable. */
export async function ensureShippedRules(ctx: Ctx): Promise<void> {
  const held = new Set((await db(ctx).selectFrom('supervision_rule').select('key').where('tenant_id', '=', ctx.tenantId).where('key', 'is not', null).execute()).map((r) => r.key))
  const missing = shippedRules.filter((r) => !held.has(r.key))
  if (missing.length === 0) return
  const now = ts(ctx.clock.now())
  for (const rule of missing) {
    const id = newId()
    const made = await db(ctx)
      .insertInto('supervision_rule')
      .values({ tenant_id: ctx.tenantId, id, key: rule.key, effect: rule.effect, name: rule.name, template: rule.template ?? false, state: rule.template ? 'draft' : 'effective', effective_number: rule.template ? null : 1, created_by_name: '系统', created_at: now, updated_at: now })
      .onConflict((c) => c.columns(['tenant_id', 'key']).where('key', 'is not', null).doNothing())
      .returning('id').executeTakeFirst()
    if (made) await db(ctx).insertInto('supervision_rule_version').values({ tenant_id: ctx.tenantId, rule_id: id, number: 1, definition: json(definitionSchema.parse(rule.definition)), state: rule.template ? 'draft' : 'effective', created_by_name: '系统', created_at: now, effective_at: rule.template ? null : now, retired_at: null }).execute()
  }
}

export async function latestVersion(ctx: Ctx, ruleId: string) {
  const row = await db(ctx).selectFrom('supervision_rule_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', ruleId).orderBy('number', 'desc').limit(1).executeTakeFirstOrThrow()
  return { ...row, definition: definitionSchema.parse(row.definition) }
}

export const setVersionState = async (ctx: Ctx, ruleId: string, number: number, state: 'draft' | 'passed' | 'failed'): Promise<void> =>
  void (await db(ctx).updateTable('supervision_rule_version').set({ state }).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', ruleId).where('number', '=', number).where('state', 'in', ['draft', 'passed', 'failed']).execute())

/** A version passes when its latest test of each kind passed; one that was never tried on past orders has not. */
export async function judgeVersion(ctx: Ctx, ruleId: string, number: number): Promise<void> {
  const { rows } = await sql<{ kind: string; passed: boolean }>`select distinct on (kind) kind, passed from supervision_rule_test where tenant_id = ${ctx.tenantId} and rule_id = ${ruleId} and number = ${number} order by kind, at desc, id desc`.execute(db(ctx))
  const failed = rows.some((r) => !r.passed)
  await setVersionState(ctx, ruleId, number, failed ? 'failed' : rows.length === 2 ? 'passed' : 'draft')
}
