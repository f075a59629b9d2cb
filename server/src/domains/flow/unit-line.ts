// The units that may decide about a subject, and who sits in them.
import { sql } from 'kysely'
import { can, scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { usersOf } from '../platform/index.ts'
import { isCentre, type ActorRule, type Graph, type Step, type UnitLine } from './graph.ts'

/** One statement: the subject's unit and all above it, the tenant's centre, and the fixed units of the graph. */
export async function unitLine(ctx: Ctx, subjectUnitId: string, graph: Graph): Promise<UnitLine> {
  const fixed = graph.nodes.flatMap((node) => (node.actor?.unitId ? [node.actor.unitId] : []))
  const { rows } = await sql<{ id: string; name: string; kind: string; depth: number; path: string[]; state: string }>`
    select id, name, kind, cardinality(path) as depth, path, state from platform_unit_view
    where tenant_id = ${ctx.tenantId} and (kind = 'centre' or id = any(${fixed}::uuid[])
      or id = any(select unnest(path) from platform_unit_view where tenant_id = ${ctx.tenantId} and id = ${subjectUnitId}))`.execute(ctx.db())
  const path = rows.find((row) => row.id === subjectUnitId)?.path
  const centre = rows.filter((row) => row.kind === 'centre' && row.state === 'active').toSorted((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1))[0]
  if (!path || !centre) throw kernelErrors('notFound')
  // Within the centre (its sections) there is no level below it.
  const below = path.includes(centre.id) ? path.slice(path.indexOf(centre.id) + 1) : path
  const inCentre = rows.find((row) => row.id === subjectUnitId)?.kind === 'centre'
  const places = below.toReversed().flatMap((id) => rows.filter((row) => row.id === id))
  return { below: inCentre ? [] : places.map(({ id, name }) => ({ id, name })), centre: { id: centre.id, name: centre.name }, fixed: new Map(rows.map((row) => [row.id, row.name])) }
}

/** People who could decide a step; at the centre the holders of the right in the whole tenant. */
export async function decidersOf(ctx: Ctx, step: Step, line: UnitLine): Promise<{ id: string; name: string }[]> {
  const { permission, role } = step.node.actor ?? {}
  return usersOf(ctx, { ...(isCentre(line, step.unit.id) ? {} : { unitId: step.unit.id }), ...(permission ? { permission } : {}), ...(role ? { role } : {}) })
}

export type OpenToken = { id: string; nodeKey: string; nodeName: string; unitId: string; atCentre: boolean; permission: string | null; role: string | null; assigneeId: string | null }

/** Whether the actor may decide a waiting step. At the centre the right must reach over the tenant, or the actor sits in the centre itself. */
export async function mayDecide(ctx: Ctx, token: OpenToken): Promise<boolean> {
  const { actor } = ctx
  if (actor.kind === 'system') return true
  if (actor.kind !== 'user' || actor.id === null) return false
  if (token.assigneeId !== null) return token.assigneeId === actor.id
  const inUnit = actor.unitIds.includes(token.unitId)
  if (token.permission) {
    if (!can(ctx, token.permission)) return false
    return inUnit || (token.atCentre && reachesTenant(ctx, token.permission))
  }
  if (!token.role || (!inUnit && !token.atCentre)) return false
  const holders = await usersOf(ctx, { role: token.role, ...(token.atCentre ? {} : { unitId: token.unitId }) })
  return holders.some((user) => user.id === actor.id)
}

export const reachesTenant = (ctx: Ctx, permission: string): boolean => scopesOf(ctx, permission).some((scope) => scope === 'tenant' || scope === 'tenantsBelow')

export const rightOf = (rule: ActorRule | null | undefined): { permission: string | null; role: string | null } => ({ permission: rule?.permission ?? null, role: rule?.role ?? null })
