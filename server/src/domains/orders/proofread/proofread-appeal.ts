// Runs the rules, and whatever engines later domains add; an engine that fails or is late leaves the rules' findings.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { definePort } from '../../../kernel/port.ts'
import { findMatter } from '../../matters/index.ts'
import { areaName, areaPrefix, tenantById } from '../../platform/index.ts'
import { elementsOfType } from '../elements/index.ts'
import type { OrderRow } from '../orders.queries.ts'
import { pointInArea } from '../places/index.ts'
import { record } from '../timeline.ts'
import type * as contract from './proofread-contract.ts'
import type { ProofreadChoices } from './proofread-contract.ts'
import { ownFindings } from './own-rules.ts'
import { activeRules } from './proofread-rules.ts'
import { proofread, type Area, type Fields, type Finding } from './proofread.ts'

export const proofreadEngines = definePort<(ctx: Ctx, fields: Fields) => Promise<Finding[]>>('orders.proofreadEngines')

const blank = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

export async function proofreadAppeal(ctx: Ctx, input: Input<typeof contract.proofreadRoute>): Promise<{ findings: Finding[] }> {
  authorize(ctx, 'orders.register')
  const [tenant, matter] = await Promise.all([tenantById(ctx, ctx.tenantId), input.matterId ? findMatter(ctx, input.matterId) : null])
  const [areas, rules, asked] = await Promise.all([areasOf(ctx, tenant.areaCode), activeRules(ctx), input.appealType ? elementsOfType(ctx, input.appealType) : []])
  const ofMatter = matter?.elements ?? []
  const elements = [...ofMatter, ...asked.filter((e) => !ofMatter.some((m) => m.code === e.code))]
  const fields: Fields = {
    title: input.title, content: input.content, address: input.address, areaCode: input.areaCode ?? null, areaName: input.areaCode ? await areaName(ctx, input.areaCode) : null, phone: input.phone, matterName: matter?.name ?? null, matterCategory: matter ? await usualCategory(ctx, matter.id) : null, categoryId: input.categoryId ?? null,
    missing: elements.filter((e) => e.required && e.type !== 'file' && blank(input.elements[e.code])).map((e) => ({ code: e.code, name: e.name })),
  }
  const findings = [...proofread(fields, areas), ...ownFindings({ ...input, address: input.address }, rules.own)]
  if (input.lon !== undefined && input.lat !== undefined && input.areaCode && (await pointInArea(ctx, { lon: input.lon, lat: input.lat }, input.areaCode)) === false)
    findings.push({ field: 'lon', rule: 'pointOutside', message: '地图点位不在所选区划内', found: fields.areaName ?? '', proposed: null, value: null, confidence: 0.95 })
  for (const engine of proofreadEngines.all()) findings.push(...(await engine(ctx, fields).catch(() => [])))
  return { findings: findings.filter((f) => !rules.off.has(f.rule)) }
}

/** Areas that the text may name: those of the tenant, full names. */
export async function areasOf(ctx: Ctx, areaCode: string): Promise<Area[]> {
  return (await sql<Area>`select code, name from platform_area where code like ${`${areaPrefix(areaCode)}%`} and length(name) >= 2 limit 5000`.execute(ctx.acrossTenants('areas have no tenant'))).rows
}

/** The category under which most orders of a matter were filed: proposed only where it is clear. */
async function usualCategory(ctx: Ctx, matterId: string): Promise<string | null> {
  const { rows } = await sql<{ category_id: string; n: number; total: number }>`select category_id, count(*)::int as n, (sum(count(*)) over ())::int as total from (
    select category_id from order_order where tenant_id = ${ctx.tenantId} and matter_id = ${matterId} and category_id is not null order by registered_at desc limit 200) as recent group by category_id order by n desc limit 1`.execute(ctx.db())
  const [most] = rows
  return most && most.total >= USUAL_LEAST && most.n / most.total >= USUAL_SHARE ? most.category_id : null
}
const USUAL_LEAST = 5
const USUAL_SHARE = 0.8

/** Kept with the order: both values and the choice of each deviation that was shown. */
export async function keepProofreading(ctx: Ctx, order: OrderRow, choices: ProofreadChoices): Promise<void> {
  if (choices.length === 0) return
  const changes = Object.fromEntries(choices.filter((c) => c.choice === 'accepted' && c.proposed !== null).map((c) => [c.field, { old: c.found || null, new: c.proposed }]))
  await record(ctx, order, { act: 'proofread', text: `校对 ${choices.length} 处，采用 ${choices.filter((c) => c.choice === 'accepted').length} 处`, visibility: 'internal', changes, data: { choices } })
}
