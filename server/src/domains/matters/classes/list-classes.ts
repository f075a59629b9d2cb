import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { calendarOf, setting, unitsByIds } from '../../platform/index.ts'
import { categoryMinLevel, industryRequired, urgencyLevels } from '../matters.settings.ts'
import { getStandard, listStandard, type StandardItem } from '../standard/read-standard.ts'
import { searchKey, searchPatterns } from '../standard/search-key.ts'
import { actsOf, stateNames } from '../standard/standard-state.ts'
import { forgetPart, touchStandard } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { can } from '../../../kernel/access.ts'
import { appealTypes } from './appeal-types.ts'
import type * as contract from './class-contract.ts'
import { effectiveNodes, schemeNodeById } from './scheme-nodes.ts'
import { schemes } from './schemes.ts'

type NodeItem = Output<typeof contract.listNodes>['items'][number]
type TypeItem = Output<typeof contract.listAppealTypes>['items'][number]

/** Types in force; `all` adds retired ones and the tenant's drafts. */
export async function listAppealTypes(ctx: Ctx, input: Input<typeof contract.listAppealTypes>): Promise<Output<typeof contract.listAppealTypes>> {
  authorize(ctx, 'matters.read')
  const own = new Map((await listStandard(ctx, 'appealType', { where: [sql<boolean>`tenant_id = ${ctx.tenantId}`], sort: 'code', limit: 200 })).items.map((item) => [item.id, item]))
  const known = await appealTypes(ctx, { retired: input.all === true })
  const viewer = { id: ctx.actor.id, may: (permission: string) => can(ctx, permission) }
  const items = known.map((type): TypeItem => {
    const row = own.get(type.id)
    // A shipped type can be changed like an own one: the first change makes it the tenant's own.
    const acts = row?.acts ?? actsOf({ state: type.state, pending: false, submittedBy: null, own: true }, viewer)
    return { ...type, stateName: stateNames[type.state], revision: row?.revision ?? 1, pendingChangeId: row?.pendingChangeId ?? null, acts }
  })
  const drafts = input.all === true ? [...own.values()].filter((row) => !known.some((type) => type.id === row.id)) : []
  return { items: [...items, ...drafts.map((row): TypeItem => ({ ...row, origin: 'own' }))] }
}

export async function listSchemes(ctx: Ctx): Promise<Output<typeof contract.listSchemes>> {
  authorize(ctx, 'matters.read')
  return { items: await schemes(ctx) }
}

/** Creates a scheme of the tenant or changes where one is used; how a scheme is used is no reviewed content. */
export async function saveScheme(ctx: Ctx, input: Input<typeof contract.saveScheme>): Promise<Output<typeof contract.saveScheme>> {
  authorize(ctx, 'matters.edit')
  await touchStandard(ctx)
  const before = (await schemes(ctx)).find((scheme) => scheme.code === input.code)
  const revision = before?.origin === 'own' ? before.revision : 0
  if (input.revision !== revision) throw kernelErrors('conflict', { current: { revision } })
  const values = { name: input.name, description: input.description, used_in: json(input.usedIn), revision: revision + 1, updated_at: ts(ctx.clock.now()) }
  await ctx.db<MattersTables>().insertInto('matter_scheme').values({ tenant_id: ctx.tenantId, code: input.code, ...values })
    .onConflict((oc) => oc.columns(['tenant_id', 'code']).doUpdateSet(values)).execute()
  forgetPart(ctx, 'schemes')
  ctx.signal('matters.standard', input.code)
  return { code: input.code, name: input.name, description: input.description, usedIn: input.usedIn, revision: revision + 1, origin: 'own' }
}

/** Nodes in force today; with a query those that match and the nodes above them, so that the tree opens on the hits. */
export async function schemeTree(ctx: Ctx, input: Input<typeof contract.schemeTree>): Promise<Output<typeof contract.schemeTree>> {
  authorize(ctx, 'matters.read')
  const today = localDate(ctx.clock.now(), (await calendarOf(ctx)).timeZone)
  const nodes = await effectiveNodes(ctx, input.code, today)
  const words = searchPatterns(input.query ?? '').map((pattern) => pattern.slice(1, -1))
  if (words.length === 0) return { items: nodes }
  const hits = nodes.filter((node) => words.every((word) => searchKey(node.code, node.name).includes(word)))
  const wanted = new Set(hits.flatMap((node) => node.path))
  return { items: nodes.filter((node) => wanted.has(node.id)) }
}

export async function listNodes(ctx: Ctx, input: Input<typeof contract.listNodes>): Promise<Output<typeof contract.listNodes>> {
  authorize(ctx, 'matters.read')
  const where = [sql<boolean>`scheme = ${input.scheme}`, ...searchPatterns(input.query ?? '').map((pattern) => sql<boolean>`search_key like ${pattern}`)]
  if (input.state?.length) where.push(sql`state = any(${input.state})`)
  if (input.under) where.push(sql`path @> array[${input.under}]::uuid[]`)
  if (input.level?.length) where.push(sql`level = any(${input.level.map(Number).filter(Number.isInteger)}::int[])`)
  const page = await listStandard(ctx, 'schemeNode', { where, sort: 'code', cursor: input.cursor, limit: input.limit })
  return { ...page, items: await withPath(ctx, page.items) }
}

export async function getNode(ctx: Ctx, input: Input<typeof contract.getNode>): Promise<Output<typeof contract.getNode>> {
  authorize(ctx, 'matters.read')
  const [item] = await withPath(ctx, [await getStandard(ctx, 'schemeNode', input.id)])
  return item as NodeItem // one in, one out
}

async function withPath(ctx: Ctx, items: StandardItem<'schemeNode'>[]): Promise<NodeItem[]> {
  const units = await unitsByIds(ctx, items.flatMap((item) => item.ownerUnitId ?? []))
  return Promise.all(
    items.map(async (item) => {
      const above = item.parentId ? await schemeNodeById(ctx, item.parentId) : null
      return { ...item, pathNames: [...(above?.pathNames ?? []), item.name], ownerUnitName: units.get(item.ownerUnitId ?? '')?.name ?? null }
    }),
  )
}

/** Everything a registration form needs to offer besides matters. */
export async function options(ctx: Ctx): Promise<Output<typeof contract.options>> {
  authorize(ctx, 'matters.read')
  return {
    appealTypes: await appealTypes(ctx),
    urgencyLevels: await setting(ctx, urgencyLevels),
    schemes: await schemes(ctx),
    categoryMinLevel: await setting(ctx, categoryMinLevel),
    industryRequired: await setting(ctx, industryRequired),
  }
}
