// Rules of proofreading as administrators keep them: those that ship are switched, own ones are written, tried, then switched on.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { appealTypes, urgencyLevels } from '../../matters/index.ts'
import { setting } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import { definitionFault, ownFindings, ruleFields, type OwnDefinition, type OwnRule } from './own-rules.ts'
import { proofreadFail } from './proofread.errors.ts'
import { ruleFieldNames, shippedRuleNames } from './proofread-texts.zh-CN.ts'
import { shippedRules } from './proofread.ts'
import type * as contract from './rule-contract.ts'

type Own = Output<typeof contract.createProofreadRuleRoute>
const MANAGE = 'orders.manageRegistrationRules'
const USE_DAYS = 90
/** A trial reads the newest orders of its days, this many at most. */
const TRIED = 5000
/** A rule that would speak on more of the orders says nothing any more. */
const WIDEST = 80
const LEAST = 10

const rows = (ctx: Ctx) => db(ctx).selectFrom('order_proofread_rule').selectAll().where('tenant_id', '=', ctx.tenantId)
const definitionOf = (value: unknown): OwnDefinition => value as OwnDefinition // written by create and change only, in this shape

/** What runs at registration: own rules that are on, and shipped ones that were switched off. */
export async function activeRules(ctx: Ctx): Promise<{ own: OwnRule[]; off: Set<string> }> {
  const kept = await rows(ctx).limit(500).execute()
  return { own: kept.flatMap((r) => (r.code === null && r.enabled ? [{ id: r.id, name: r.name, definition: definitionOf(r.definition) }] : [])), off: new Set(kept.flatMap((r) => (r.code !== null && !r.enabled ? [r.code] : []))) }
}

type Use = { shown: number; accepted: number; rejected: number }
async function uses(ctx: Ctx): Promise<(rule: string) => Use> {
  const found = await sql<{ rule: string } & Use>`
    select c->>'rule' as rule, count(*)::int as shown, count(*) filter (where c->>'choice' = 'accepted')::int as accepted, count(*) filter (where c->>'choice' = 'rejected')::int as rejected
    from order_timeline t cross join lateral jsonb_array_elements(t.data->'choices') c
    where t.tenant_id = ${ctx.tenantId} and t.act = 'proofread' and t.at >= ${ts(plus(ctx.clock.now(), -USE_DAYS * DAY))} group by 1`.execute(ctx.db())
  const by = new Map(found.rows.map((r) => [r.rule, { shown: r.shown, accepted: r.accepted, rejected: r.rejected }]))
  return (rule) => by.get(rule) ?? { shown: 0, accepted: 0, rejected: 0 }
}

async function own(ctx: Ctx): Promise<Own[]> {
  const [kept, use] = [await rows(ctx).where('code', 'is', null).orderBy('enabled', 'desc').orderBy('name').limit(300).execute(), await uses(ctx)]
  return kept.map((r) => ({ id: r.id, name: r.name, definition: definitionOf(r.definition), enabled: r.enabled, triedAt: r.tried_at, triedShare: r.tried_share, version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name, ...use(`own:${r.id}`) }))
}
async function one(ctx: Ctx, id: string): Promise<Own> {
  const found = (await own(ctx)).find((r) => r.id === id)
  if (!found) throw proofreadFail('proofRuleNotFound')
  return found
}

export async function listProofreadRules(ctx: Ctx): Promise<Output<typeof contract.listProofreadRulesRoute>> {
  authorize(ctx, MANAGE)
  const [{ off }, use, list, types, levels] = [await activeRules(ctx), await uses(ctx), await own(ctx), await appealTypes(ctx), await setting(ctx, urgencyLevels)]
  const choices: Partial<Record<(typeof ruleFields)[number], { value: string; label: string }[]>> = { appealType: types.map((t) => ({ value: t.id, label: t.name })), urgency: levels.map((l) => ({ value: l.code, label: l.name })) }
  return { shipped: shippedRules.map((code) => ({ code, ...shippedRuleNames[code], enabled: !off.has(code), ...use(code) })), own: list, fields: ruleFields.map((value) => ({ value, label: ruleFieldNames[value], choices: choices[value] ?? [] })) }
}

const stamp = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

export async function switchProofreadRule(ctx: Ctx, input: Input<typeof contract.switchShippedRuleRoute>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  await db(ctx).insertInto('order_proofread_rule').values({ tenant_id: ctx.tenantId, id: newId(), code: input.code, name: shippedRuleNames[input.code].name, definition: null, enabled: input.enabled, ...stamp(ctx) })
    .onConflict((c) => c.columns(['tenant_id', 'code']).where('code', 'is not', null).doUpdateSet((eb) => ({ enabled: input.enabled, ...stamp(ctx), version: eb('order_proofread_rule.version', '+', 1) }))).execute()
  ctx.audit({ module: 'orders', act: 'switchProofreadRule', objectType: 'key:parameter', objectId: input.code, changes: { enabled: { old: null, new: input.enabled } } })
  return {}
}

async function check(ctx: Ctx, input: { name?: string | undefined; definition?: OwnDefinition | undefined }, except: string): Promise<void> {
  const fault = input.definition ? definitionFault(input.definition) : null
  if (fault) throw kernelErrors('invalid', { fields: [fault] })
  if (input.name && (await rows(ctx).where('code', 'is', null).where('name', '=', input.name).where('id', '<>', except).executeTakeFirst())) throw proofreadFail('proofRuleTaken', { params: { name: input.name }, fields: [{ path: 'name', message: '已有同名规则' }] })
}

export async function createProofreadRule(ctx: Ctx, input: Input<typeof contract.createProofreadRuleRoute>): Promise<Own> {
  authorize(ctx, MANAGE)
  const id = newId()
  await check(ctx, input, id)
  await db(ctx).insertInto('order_proofread_rule').values({ tenant_id: ctx.tenantId, id, code: null, name: input.name, definition: json(input.definition as never), ...stamp(ctx) }).execute()
  ctx.audit({ module: 'orders', act: 'createProofreadRule', objectType: 'key:parameter', objectId: id, changes: { rule: { old: null, new: { name: input.name, definition: input.definition } } } })
  return one(ctx, id)
}

export async function changeProofreadRule(ctx: Ctx, input: Input<typeof contract.changeProofreadRuleRoute>): Promise<Own> {
  authorize(ctx, MANAGE)
  const row = await rows(ctx).where('code', 'is', null).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw proofreadFail('proofRuleNotFound')
  if (row.version !== input.version) throw proofreadFail('proofRuleChanged', { params: { by: row.changed_by_name }, current: { version: row.version } })
  await check(ctx, input, row.id)
  const { name, definition, enabled } = input
  if (enabled === true && (definition !== undefined || row.tried_at === null)) throw proofreadFail('proofRuleUntried')
  if (enabled === true && (row.tried_share ?? 0) > WIDEST) throw proofreadFail('proofRuleTooWide', { params: { share: String(row.tried_share) } })
  // A changed definition is off until it was tried again.
  await db(ctx).updateTable('order_proofread_rule').set((eb) => ({ ...(name === undefined ? {} : { name }), ...(enabled === undefined ? {} : { enabled }), ...(definition === undefined ? {} : { definition: json(definition as never), enabled: false, tried_at: null, tried_share: null }), ...stamp(ctx), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'orders', act: 'changeProofreadRule', objectType: 'key:parameter', objectId: row.id, changes: { rule: { old: { name: row.name, definition: row.definition, enabled: row.enabled }, new: { name, definition, enabled } } } })
  return one(ctx, row.id)
}

export async function removeProofreadRule(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const gone = await db(ctx).deleteFrom('order_proofread_rule').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('code', 'is', null).returning('name').executeTakeFirst()
  if (!gone) throw proofreadFail('proofRuleNotFound')
  ctx.audit({ module: 'orders', act: 'removeProofreadRule', objectType: 'key:parameter', objectId: input.id, changes: { rule: { old: gone.name, new: null } } })
  return {}
}

type Past = { id: string; number: string; title: string; content: string; appeal_type: string; urgency: string; category_id: string | null; matter_id: string | null; area_code: string | null; address: string | null; registered_at: Instant }

/** What an own rule would have said about the orders of the last days. Telephones are not read. Keeps that it was tried, changes no order. */
export async function tryProofreadRule(ctx: Ctx, input: Input<typeof contract.tryProofreadRuleRoute>): Promise<Output<typeof contract.tryProofreadRuleRoute>> {
  authorize(ctx, MANAGE)
  const rule = await one(ctx, input.id)
  const { rows: past } = await sql<Past>`
    select id, number, title, content, appeal_type, urgency, category_id, matter_id, area_code, address, registered_at from order_order
    where tenant_id = ${ctx.tenantId} and not confidential and registered_at >= ${ts(plus(ctx.clock.now(), -input.days * DAY))} order by registered_at desc limit ${TRIED}`.execute(ctx.db())
  const hits = past.flatMap((o) => ownFindings({ title: o.title, content: o.content, appealType: o.appeal_type, urgency: o.urgency, categoryId: o.category_id, matterId: o.matter_id, areaCode: o.area_code, address: o.address, phone: rule.definition.field === 'phone' ? '–' : null }, [rule]).map((f) => ({ id: o.id, number: o.number, title: o.title, found: f.found, registeredAt: o.registered_at })))
  const share = past.length === 0 ? 0 : Math.round((hits.length / past.length) * 100)
  await db(ctx).updateTable('order_proofread_rule').set((eb) => ({ tried_at: ts(ctx.clock.now()), tried_share: past.length < LEAST ? 0 : share, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', rule.id).execute()
  return { examined: past.length, count: hits.length, share, sample: hits.slice(0, 20), rule: await one(ctx, rule.id) }
}
