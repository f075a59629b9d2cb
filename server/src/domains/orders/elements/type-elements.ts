// Element labels by type of appeal: the agent chooses a type, never a form; the matter's elements of the same code stand before them.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors, type FieldError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { appealTypes, type MatterElement } from '../../matters/index.ts'
import { db } from '../orders.queries.ts'
import type * as contract from './element-contract.ts'

type Labels = Output<typeof contract.setTypeElementsRoute>

/** What is asked of every appeal of a type; empty where nobody has said anything. */
export async function elementsOfType(ctx: Ctx, appealType: string): Promise<MatterElement[]> {
  const row = await db(ctx).selectFrom('order_type_element').select('elements').where('tenant_id', '=', ctx.tenantId).where('appeal_type', '=', appealType).executeTakeFirst()
  return (row?.elements ?? []) as unknown as MatterElement[] // written by setTypeElements only, in this shape
}

export async function typeElements(ctx: Ctx, input: Input<typeof contract.typeElementsRoute>) {
  authorize(ctx, 'orders.register')
  return { elements: await elementsOfType(ctx, input.appealType) }
}

async function all(ctx: Ctx): Promise<Labels[]> {
  const [types, rows] = await Promise.all([appealTypes(ctx), db(ctx).selectFrom('order_type_element').selectAll().where('tenant_id', '=', ctx.tenantId).execute()])
  return types.map((type) => {
    const row = rows.find((r) => r.appeal_type === type.id)
    return { appealType: type.id, name: type.name, elements: (row?.elements ?? []) as unknown as MatterElement[], version: row?.version ?? 0, changedAt: row?.changed_at ?? null, changedByName: row?.changed_by_name ?? null }
  })
}

export async function listTypeElements(ctx: Ctx) {
  authorize(ctx, 'orders.manageRegistrationRules')
  return { items: await all(ctx) }
}

/** What stands against a list of elements: codes twice, choices without options, conditions on what is not there. Pure. */
export function elementFaults(elements: readonly MatterElement[]): FieldError[] {
  const codes = elements.map((e) => e.code)
  return elements.flatMap((e, i): FieldError[] => {
    if (codes.indexOf(e.code) < i) return [{ path: `elements.${i}.code`, message: `编码“${e.code}”重复` }]
    if ((e.type === 'choice' || e.type === 'multiple') && !e.options?.length) return [{ path: `elements.${i}.options`, message: `“${e.name}”没有选项` }]
    if (e.dependsOn && (e.dependsOn.code === e.code || !codes.includes(e.dependsOn.code))) return [{ path: `elements.${i}.dependsOn`, message: `“${e.name}”的条件指向不存在的要素` }]
    return []
  })
}

export async function setTypeElements(ctx: Ctx, input: Input<typeof contract.setTypeElementsRoute>): Promise<Labels> {
  authorize(ctx, 'orders.manageRegistrationRules')
  const held = (await all(ctx)).find((t) => t.appealType === input.appealType)
  if (!held) throw kernelErrors('notFound')
  const fields = elementFaults(input.elements)
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  const values = { elements: json(input.elements as never), changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  const conflict = () => kernelErrors('conflict', { current: { version: held.version, changedBy: held.changedByName, changedAt: held.changedAt } })
  if (held.version !== input.version) throw conflict()
  const done = held.version === 0
    ? await db(ctx).insertInto('order_type_element').values({ tenant_id: ctx.tenantId, appeal_type: input.appealType, ...values }).onConflict((c) => c.doNothing()).returning('version').executeTakeFirst()
    : await db(ctx).updateTable('order_type_element').set((eb) => ({ ...values, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('appeal_type', '=', input.appealType).where('version', '=', input.version).returning('version').executeTakeFirst()
  if (!done) throw conflict()
  ctx.audit({ module: 'orders', act: 'setTypeElements', objectType: 'key:parameter', objectId: input.appealType, changes: { elements: { old: held.elements.map((e) => e.name), new: input.elements.map((e) => e.name) } } })
  return (await all(ctx)).find((t) => t.appealType === input.appealType) ?? held
}
