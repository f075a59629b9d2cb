// Closing templates: general and specific ones, the best first, with the closing of the same matter as a proposal (ORD-52).
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting, unitsByIds } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { readOrder, requireUnit } from '../orders.policy.ts'
import { db, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { holdAssignment } from '../unit-acts.ts'
import type * as contract from './closing-contract.ts'
import { closingFail } from './closing.errors.ts'
import { closingRequired } from './closing.settings.ts'
import { blankParts, compose, fit, layoutFault, type ClosingPart, type ClosingPlace } from './compose.ts'

type Row = Selectable<OrdersTables['order_closing_template']>
type Level = 'any' | 'section' | 'unit' | 'centre'

const partsOf = (row: Pick<Row, 'parts'>): ClosingPart[] => (Array.isArray(row.parts) ? (row.parts as ClosingPart[]) : []) // checked by the contract when written
const view = (r: Row, unitName: string | null) => ({
  id: r.id, name: r.name, level: r.level as Level, unitId: r.unit_id, unitName, appealType: r.appeal_type, categoryId: r.category_id, matterId: r.matter_id, parts: partsOf(r), layout: r.layout, active: r.active, version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name,
})

const templatesOf = (ctx: Ctx, onlyActive: boolean): Promise<Row[]> => {
  let query = db(ctx).selectFrom('order_closing_template').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('name').limit(500)
  if (onlyActive) query = query.where('active', '=', true)
  return query.execute()
}

export async function listClosingTemplates(ctx: Ctx, input: Input<typeof contract.listClosingTemplatesRoute>) {
  authorize(ctx, 'orders.manageRules')
  const rows = await templatesOf(ctx, input.active === true)
  const units = await unitsByIds(ctx, rows.flatMap((r) => r.unit_id ?? []))
  return { items: rows.map((r) => view(r, r.unit_id ? (units.get(r.unit_id)?.name ?? null) : null)) }
}

function columns(ctx: Ctx, body: Input<typeof contract.createClosingTemplateRoute>) {
  const fault = layoutFault(body.parts, body.layout)
  if (fault) throw closingFail('closingLayout', { params: { fault }, fields: [{ path: 'layout', message: fault }] })
  return {
    name: body.name, level: body.level, unit_id: body.unitId ?? null, appeal_type: body.appealType || null, category_id: body.categoryId ?? null, matter_id: body.matterId ?? null, parts: json(body.parts as never), layout: body.layout, active: body.active,
    changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
  }
}

const taken = () => closingFail('closingNameTaken', { fields: [{ path: 'name', message: '已有同名的结案模板' }] })

export async function createClosingTemplate(ctx: Ctx, input: Input<typeof contract.createClosingTemplateRoute>) {
  authorize(ctx, 'orders.manageRules')
  const row = await db(ctx).insertInto('order_closing_template').values({ tenant_id: ctx.tenantId, id: newId(), ...columns(ctx, input) }).onConflict((c) => c.columns(['tenant_id', 'name']).doNothing()).returningAll().executeTakeFirst()
  if (!row) throw taken()
  ctx.audit({ module: 'orders', act: 'createClosingTemplate', objectType: 'key:parameter', objectId: row.id, changes: { name: { old: null, new: row.name } } })
  return view(row, null)
}

export async function changeClosingTemplate(ctx: Ctx, input: Input<typeof contract.changeClosingTemplateRoute>) {
  authorize(ctx, 'orders.manageRules')
  const old = await db(ctx).selectFrom('order_closing_template').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!old) throw orderFail('notFound')
  if (old.version !== input.version) throw closingFail('closingChanged', { params: { by: old.changed_by_name }, current: { version: old.version, changedBy: old.changed_by_name } })
  const twin = await db(ctx).selectFrom('order_closing_template').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).where('id', '<>', input.id).executeTakeFirst()
  if (twin) throw taken()
  const row = await db(ctx).updateTable('order_closing_template').set({ ...columns(ctx, input), version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returningAll().executeTakeFirstOrThrow()
  ctx.audit({ module: 'orders', act: 'changeClosingTemplate', objectType: 'key:parameter', objectId: row.id, changes: { layout: { old: old.layout, new: row.layout }, active: { old: old.active, new: row.active } } })
  return view(row, null)
}

async function ranked(ctx: Ctx, place: ClosingPlace): Promise<Row[]> {
  const rows = await templatesOf(ctx, true)
  return rows
    .flatMap((row) => {
      const score = fit({ level: row.level, unitId: row.unit_id, appealType: row.appeal_type, categoryId: row.category_id, matterId: row.matter_id }, place)
      return score === null ? [] : [{ row, score }]
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ row }) => row)
}

export async function closingForm(ctx: Ctx, input: Input<typeof contract.closingFormRoute>) {
  const { order, assignment } = await holdAssignment(ctx, input.id)
  requireUnit(ctx, assignment, 'orders.handle', '办理反馈')
  return formFor(ctx, order, assignment)
}

export async function centreClosingForm(ctx: Ctx, input: Input<typeof contract.centreClosingFormRoute>) {
  authorize(ctx, 'orders.reviewResult')
  return formFor(ctx, await readOrder(ctx, input.id), null)
}

async function formFor(ctx: Ctx, order: OrderRow, assignment: AssignmentRow | null) {
  const unit = assignment ? (await unitsByIds(ctx, [assignment.unit_id])).get(assignment.unit_id) : undefined
  const place: ClosingPlace = {
    level: assignment === null ? 'centre' : assignment.parent_id === null ? 'unit' : 'section', unitIds: unit ? [unit.id, ...unit.path] : [], appealType: order.appeal_type, categoryId: order.category_id, matterId: order.matter_id,
  }
  const templates = await ranked(ctx, place)
  return {
    templates: templates.slice(0, 20).map((r) => ({ id: r.id, name: r.name, parts: partsOf(r), layout: r.layout })), earlier: await sameMatter(ctx, order, assignment),
    required: assignment ? await setting(ctx, closingRequired, assignment.unit_id) : [],
  }
}

/** The unit's own last accepted closing of this matter; another unit's words are not shown to it. */
async function sameMatter(ctx: Ctx, order: OrderRow, assignment: AssignmentRow | null) {
  if (!order.matter_id) return null
  let query = db(ctx).selectFrom('order_feedback as f').innerJoin('order_order as o', (join) => join.onRef('o.tenant_id', '=', 'f.tenant_id').onRef('o.id', '=', 'f.order_id'))
    .select(['f.result', 'f.basis', 'f.closing', 'o.number']).where('f.tenant_id', '=', ctx.tenantId).where('o.matter_id', '=', order.matter_id).where('o.id', '<>', order.id).where('o.confidential', '=', false).where('f.kind', '=', 'result').where('f.state', '=', 'accepted')
  if (assignment) query = query.where('f.unit_id', '=', assignment.unit_id)
  const row = await query.orderBy('f.submitted_at', 'desc').executeTakeFirst()
  if (!row) return null
  const { templateId, parts } = row.closing !== null && typeof row.closing === 'object' && !Array.isArray(row.closing) ? (row.closing as { templateId?: string; parts?: Record<string, string> }) : {}
  return { orderNumber: row.number, templateId: templateId ?? null, parts: parts ?? {}, result: row.result, basis: row.basis }
}

async function requireTemplate(ctx: Ctx, id: string): Promise<Row> {
  const row = await db(ctx).selectFrom('order_closing_template').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('active', '=', true).executeTakeFirst()
  if (!row) throw closingFail('closingTemplateGone', { fields: [{ path: 'closing.templateId', message: '请重新选择结案模板' }] })
  return row
}

export async function composeClosing(ctx: Ctx, input: Input<typeof contract.composeClosingRoute>) {
  const row = await requireTemplate(ctx, input.id)
  requireParts(row, input.parts)
  return { text: compose(partsOf(row), row.layout, input.parts) }
}

function requireParts(row: Row, values: Record<string, string>): void {
  const blank = blankParts(partsOf(row), values)
  if (blank.length > 0) throw closingFail('closingParts', { rule: 'orders.closingTemplate', fields: blank.map((p) => ({ path: `closing.parts.${p.key}`, message: `请填写“${p.label}”` })) })
}

/** The parts of a feedback are whole; what is kept beside its text. The composed text may have been edited, its mandatory parts not left blank. */
export async function checkClosing(ctx: Ctx, closing: { templateId: string; parts: Record<string, string> } | undefined): Promise<Record<string, unknown> | null> {
  if (!closing) return null
  const row = await requireTemplate(ctx, closing.templateId)
  requireParts(row, closing.parts)
  return { templateId: row.id, name: row.name, parts: closing.parts }
}
