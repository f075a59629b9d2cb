// Limit rules are changed directly by those who may; every version is kept, only new orders are affected.
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors, type FieldError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatDuration } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { appealTypeById } from '../classes/appeal-types.ts'
import { schemeNodeById } from '../classes/scheme-nodes.ts'
import { findMatter } from '../matter/matter-by-id.ts'
import { mattersErrors } from '../matters.errors.ts'
import { limitRuleChanged } from '../matters.events.ts'
import { urgencyLevels } from '../matters.settings.ts'
import { keepVersion, logChange } from '../standard/changes.ts'
import { forgetPart, touchStandard } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { limitContent, type LimitContent } from './limit-contract.ts'
import type * as contract from './limit-contract.ts'
import { clockNames, scopeNames } from './limit-texts.zh-CN.ts'
import { limitRules } from './limit.queries.ts'
import { limitsConflict } from './match-limit.ts'

/** @throws 422 for fields, 409 limitConflict when an equally specific rule exists */
export async function createLimit(ctx: Ctx, input: Input<typeof contract.createLimit>): Promise<Output<typeof contract.createLimit>> {
  authorize(ctx, 'matters.limits')
  await touchStandard(ctx)
  await check(ctx, input, null)
  const id = newId()
  const now = ts(ctx.clock.now())
  await ctx.db<MattersTables>().insertInto('matter_limit_rule').values({ tenant_id: ctx.tenantId, id, ...columnsOf(input), created_by_name: ctx.actor.name, created_at: now, updated_at: now }).execute()
  await record(ctx, id, { kind: 'create', before: null, after: limitContent.parse(input), version: 1 })
  return { id, version: 1 }
}

export async function editLimit(ctx: Ctx, input: Input<typeof contract.editLimit>): Promise<Output<typeof contract.editLimit>> {
  authorize(ctx, 'matters.limits')
  await touchStandard(ctx)
  const before = await lockRule(ctx, input.id)
  if (before.version !== input.version) throw kernelErrors('conflict', { current: { version: before.version } })
  await check(ctx, input, input.id)
  const version = before.version + 1
  await ctx.db<MattersTables>().updateTable('matter_limit_rule').set({ ...columnsOf(input), version, updated_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  await record(ctx, input.id, { kind: 'modify', before: before.content, after: limitContent.parse(input), version })
  return { id: input.id, version }
}

export async function removeLimit(ctx: Ctx, input: Input<typeof contract.removeLimit>): Promise<Output<typeof contract.removeLimit>> {
  authorize(ctx, 'matters.limits')
  await touchStandard(ctx)
  const before = await lockRule(ctx, input.id)
  const now = ts(ctx.clock.now())
  await ctx.db<MattersTables>().updateTable('matter_limit_rule').set({ removed_at: now, updated_at: now, version: before.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  await record(ctx, input.id, { kind: 'delete', before: before.content, after: null, version: before.version + 1 })
  return { id: input.id }
}

async function lockRule(ctx: Ctx, id: string): Promise<{ version: number; content: LimitContent }> {
  const known = (await limitRules(ctx)).find((rule) => rule.id === id)
  if (known && known.origin !== 'own') throw mattersErrors(known.origin === 'shipped' ? 'shippedRule' : 'inherited')
  if (!/^[0-9a-f-]{36}$/.test(id)) throw kernelErrors('notFound')
  const row = await ctx.db<MattersTables>().selectFrom('matter_limit_rule').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('removed_at', 'is', null).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const content = limitContent.parse({
    scopeKind: row.scope_kind, scopeId: row.scope_id, level: row.level, urgency: row.urgency, unitKind: row.unit_kind, enterpriseGrade: row.enterprise_grade, clock: row.clock, duration: row.duration,
    yellowBefore: row.yellow_before, receivers: row.receivers, validFrom: row.valid_from, validTo: row.valid_to, note: row.note,
  })
  return { version: row.version, content }
}

async function check(ctx: Ctx, input: LimitContent, id: string | null): Promise<void> {
  const fields: FieldError[] = []
  if (!(await scopeExists(ctx, input))) fields.push({ path: 'scopeId', message: `${scopeNames[input.scopeKind]}不存在` })
  if (input.urgency !== null && !(await setting(ctx, urgencyLevels)).some((level) => level.code === input.urgency)) fields.push({ path: 'urgency', message: '紧急程度不存在' })
  if (input.validFrom && input.validTo && input.validFrom > input.validTo) fields.push({ path: 'validTo', message: '止期早于起期' })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  const other = (await limitRules(ctx)).find((rule) => rule.origin === 'own' && rule.id !== id && limitsConflict(rule, input))
  if (other) throw mattersErrors('limitConflict', { rule: 'limitConflict', current: { ruleId: other.id, duration: formatDuration(other.duration) } })
}

async function scopeExists(ctx: Ctx, { scopeKind, scopeId }: LimitContent): Promise<boolean> {
  if (scopeKind === 'tenant') return scopeId === null
  if (scopeId === null) return false
  if (scopeKind === 'appealType') return (await appealTypeById(ctx, scopeId)) !== null
  if (!/^[0-9a-f-]{36}$/.test(scopeId)) return false
  if (scopeKind === 'matter') return (await findMatter(ctx, scopeId)) !== null
  return (await schemeNodeById(ctx, scopeId))?.scheme === scopeKind
}

function columnsOf(input: LimitContent) {
  return {
    scope_kind: input.scopeKind, scope_id: input.scopeId, level: input.level, urgency: input.urgency, unit_kind: input.unitKind, enterprise_grade: input.enterpriseGrade, clock: input.clock,
    duration: json(input.duration), yellow_before: input.yellowBefore ? json(input.yellowBefore) : null, receivers: json(input.receivers), valid_from: input.validFrom, valid_to: input.validTo, note: input.note,
  }
}

async function record(ctx: Ctx, id: string, change: { kind: 'create' | 'modify' | 'delete'; before: LimitContent | null; after: LimitContent | null; version: number }): Promise<void> {
  const shown = change.after ?? change.before
  const title = shown ? `${scopeNames[shown.scopeKind]} ${clockNames[shown.clock]} ${formatDuration(shown.duration)}` : id
  const changeId = await logChange(ctx, { objectKind: 'limitRule', objectId: id, title, kind: change.kind, before: change.before, after: change.after }, change.version)
  await keepVersion(ctx, { objectKind: 'limitRule', objectId: id, version: change.version, snapshot: shown ?? {}, state: change.after ? 'effective' : 'void', changeId, opinion: null })
  forgetPart(ctx, 'limitRules')
  ctx.publish(limitRuleChanged({ id }))
  ctx.signal('matters.standard', id)
}
