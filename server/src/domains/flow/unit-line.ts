// The units that may decide about a subject, and who sits in them.
import { sql } from 'kysely'
import { can, scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { usersOf } from '../platform/index.ts'
import type { ActorRule, Graph, Variables } from './graph.ts'
import { isCentre, namedUnits, type UnitLine, type UnitPlace } from './places.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value)

/** One statement: the subject's unit and all above it, the tenant's centre, and the units that the graph or its variables name. */
export async function unitLine(ctx: Ctx, subjectUnitId: string, graph: Graph, variables: Variables = {}): Promise<UnitLine> {
  const named = graph.nodes.flatMap((node) => [...namedUnits(node.actor), ...(node.actor?.unit === 'variable' ? [variables[node.actor.variable ?? '']].filter(isId) : [])])
  const { rows } = await sql<{ id: string; name: string; kind: string; depth: number; path: string[]; state: string }>`
    select id, name, kind, cardinality(path) as depth, path, state from platform_unit_view
    where tenant_id = ${ctx.tenantId} and (kind = 'centre' or id = any(${named}::uuid[])
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

/** Holders of a rule's right in a unit; at the centre the holders in the whole tenant. */
export async function holdersOf(ctx: Ctx, rule: ActorRule | null | undefined, unit: UnitPlace, line: UnitLine): Promise<{ id: string; name: string }[]> {
  const { permission, role } = rule ?? {}
  return usersOf(ctx, { ...(isCentre(line, unit.id) ? {} : { unitId: unit.id }), ...(permission ? { permission } : {}), ...(role ? { role } : {}) })
}

/** A token that waits, of any kind. */
export type OpenToken = {
  id: string
  kind: 'task' | 'call' | 'join'
  visitId: string
  nodeKey: string
  nodeName: string
  unitId: string
  atCentre: boolean
  permission: string | null
  role: string | null
  assigneeId: string | null
  candidates: string[] | null
  must: boolean
  own: boolean
  resumeUnitId: string | null
  edge: number | null
}
export type Desk = Pick<OpenToken, 'kind' | 'unitId' | 'atCentre' | 'permission' | 'role' | 'assigneeId' | 'candidates' | 'own'>

/** Whether the actor may decide a waiting step. At the centre the right must reach over the tenant, or the actor sits in the centre itself. */
export async function mayDecide(ctx: Ctx, token: Desk): Promise<boolean> {
  const { actor } = ctx
  if (token.kind !== 'task') return false
  if (actor.kind === 'system') return true
  if (actor.kind !== 'user' || actor.id === null) return false
  if (token.assigneeId !== null) return token.assigneeId === actor.id
  if (token.candidates !== null) return token.candidates.includes(actor.id)
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
