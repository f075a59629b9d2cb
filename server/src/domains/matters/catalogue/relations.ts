// Relations of elements, and the graph that is drawn from them.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { findMatter } from '../matter/matter-by-id.ts'
import { mattersErrors } from '../matters.errors.ts'
import type { MattersTables } from '../tables.gen.ts'
import type * as contract from './catalogue-contract.ts'
import { relationNames } from './catalogue-texts.zh-CN.ts'
import { elementsOf } from './elements.ts'

type Kind = Input<typeof contract.relateElements>['kind']
const db = (ctx: Ctx) => ctx.db<MattersTables>()

/** An association has no direction and may close a circle; a hierarchy or a dependency may not. */
export async function relateElements(ctx: Ctx, input: Input<typeof contract.relateElements>): Promise<{ relations: number }> {
  authorize(ctx, 'matters.edit')
  if (input.remove) {
    const gone = await db(ctx).deleteFrom('matter_element_relation').where('tenant_id', '=', ctx.tenantId).where('from_id', '=', input.fromId).where('to_id', '=', input.toId).where('kind', '=', input.kind).returning('from_id').executeTakeFirst()
    if (!gone) throw kernelErrors('notFound')
    return { relations: await count(ctx) }
  }
  // One after the other: two halves of a circle must not be laid at the same time.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`matters.relations:${ctx.tenantId}`}, 0))`.execute(db(ctx))
  const ends = await db(ctx).selectFrom('matter_element').select(['id', 'name', 'retired_at']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', [input.fromId, input.toId]).execute()
  if (ends.length < 2) throw input.fromId === input.toId ? mattersErrors('elementCircle', { params: { path: ends[0]?.name ?? '' } }) : kernelErrors('notFound')
  if (ends.some((e) => e.retired_at !== null)) throw kernelErrors('invalid', { fields: [{ path: 'toId', message: '要素已停用' }] })
  if (input.kind !== 'association') await refuseCircle(ctx, input)
  await db(ctx).insertInto('matter_element_relation').values({ tenant_id: ctx.tenantId, from_id: input.fromId, to_id: input.toId, kind: input.kind, by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'from_id', 'to_id', 'kind']).doNothing()).execute()
  return { relations: await count(ctx) }
}

const count = async (ctx: Ctx): Promise<number> => (await db(ctx).selectFrom('matter_element_relation').select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).executeTakeFirstOrThrow()).n

async function refuseCircle(ctx: Ctx, { fromId, toId, kind }: { fromId: string; toId: string; kind: Kind }): Promise<void> {
  const { rows } = await sql<{ names: string[] }>`
    with recursive walk as (
      select r.to_id, array[${toId}::uuid, r.to_id] as path from matter_element_relation r where r.tenant_id = ${ctx.tenantId} and r.kind = ${kind} and r.from_id = ${toId}
      union all
      select r.to_id, w.path || r.to_id from walk w join matter_element_relation r on r.tenant_id = ${ctx.tenantId} and r.kind = ${kind} and r.from_id = w.to_id where not r.to_id = any(w.path))
    select (select array_agg(e.name order by array_position(w.path, e.id)) from matter_element e where e.tenant_id = ${ctx.tenantId} and e.id = any(w.path)) as names from walk w where w.to_id = ${fromId} limit 1`.execute(db(ctx))
  const [found] = rows
  if (found) throw mattersErrors('elementCircle', { rule: 'matters.elements.circle', params: { path: found.names.join(' → ') } })
}

export async function elementGraph(ctx: Ctx, input: Input<typeof contract.elementGraph>): Promise<Output<typeof contract.elementGraph>> {
  authorize(ctx, 'matters.read')
  let nodes = await elementsOf(ctx, { family: input.family })
  if (input.matterId) {
    const matter = await findMatter(ctx, input.matterId)
    if (!matter) throw kernelErrors('notFound')
    const codes = new Set(matter.elements.map((e) => e.code))
    nodes = nodes.filter((n) => codes.has(n.code))
  }
  let query = db(ctx).selectFrom('matter_element_relation').select(['from_id as fromId', 'to_id as toId', 'kind']).where('tenant_id', '=', ctx.tenantId)
  if (input.kind) query = query.where('kind', '=', input.kind)
  let relations = await query.orderBy('from_id').orderBy('to_id').limit(5000).execute()
  if (input.around) {
    relations = relations.filter((r) => r.fromId === input.around || r.toId === input.around)
    const near = new Set([input.around, ...relations.flatMap((r) => [r.fromId, r.toId])])
    nodes = nodes.filter((n) => near.has(n.id))
  }
  const shown = new Set(nodes.map((n) => n.id))
  return {
    nodes: nodes.map(({ id, family, familyName, code, name, category, matters }) => ({ id, family, familyName, code, name, category, matters })),
    relations: relations.filter((r) => shown.has(r.fromId) && shown.has(r.toId)).map((r) => ({ ...r, kind: r.kind as Kind, kindName: relationNames[r.kind as Kind] })),
  }
}
