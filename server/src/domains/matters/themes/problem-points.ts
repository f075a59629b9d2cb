// The tree of a theme's problem points (MAT-14). Orders are asked of those who keep them.
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { definePort } from '../../../kernel/port.ts'
import { newId } from '../../../kernel/runtime.ts'
import { labelsByIds } from '../../platform/index.ts'
import { nodesUnder, schemeNodeById } from '../classes/scheme-nodes.ts'
import { mattersByIds } from '../matter/matter-by-id.ts'
import { mattersErrors } from '../matters.errors.ts'
import type { MattersTables } from '../tables.gen.ts'
import { bindings as bindingsSchema, type Bindings } from './theme-contract.ts'
import type * as contract from './theme-contract.ts'
import { pointActNames } from './theme-texts.zh-CN.ts'

type Page = { limit: number; cursor?: string | undefined }
/** Orders within the reader's scope that meet any of the bindings, newest first; `limit` 0 only counts. */
export type BoundOrders = (ctx: Ctx, bound: Bindings, page: Page) => Promise<Output<typeof contract.pointOrders>>
export const boundOrders = definePort<BoundOrders>('matters.boundOrders')

const db = (ctx: Ctx) => ctx.db<MattersTables>()
const points = (ctx: Ctx) => db(ctx).selectFrom('matter_problem_point').selectAll().where('tenant_id', '=', ctx.tenantId)
type Point = Awaited<ReturnType<ReturnType<typeof points>['execute']>>[number]
const live = async (ctx: Ctx, theme?: string): Promise<Point[]> => {
  const query = points(ctx).where('removed_at', 'is', null)
  return (theme ? query.where('theme', '=', theme) : query).orderBy('theme').orderBy('path').execute()
}
const bound = (p: Pick<Point, 'bindings'>): Bindings => bindingsSchema.parse(p.bindings)
const union = (list: Bindings[]): Bindings => ({ categoryIds: all(list, 'categoryIds'), matterIds: all(list, 'matterIds'), labelIds: all(list, 'labelIds'), words: all(list, 'words') })
const all = (list: Bindings[], key: keyof Bindings): string[] => [...new Set(list.flatMap((b) => b[key]))]
const isEmpty = (b: Bindings): boolean => Object.values(b).every((list) => list.length === 0)

/** A category means everything below it. */
const widened = async (ctx: Ctx, b: Bindings): Promise<Bindings> => ({ ...b, categoryIds: [...new Set((await Promise.all(b.categoryIds.map((id) => nodesUnder(ctx, id)))).flat())] })
const below = (list: readonly Point[], id: string): Bindings => union(list.filter((p) => p.path.includes(id)).map(bound))

async function askOrders(ctx: Ctx, b: Bindings, page: Page): Promise<Output<typeof contract.pointOrders> | null> {
  const [ask] = boundOrders.all()
  return ask && !isEmpty(b) ? ask(ctx, await widened(ctx, b), page) : null
}

export async function listPoints(ctx: Ctx, input: Input<typeof contract.listPoints>): Promise<Output<typeof contract.listPoints>> {
  authorize(ctx, 'matters.read')
  const everything = await live(ctx)
  const themes = [...new Set(everything.map((p) => p.theme))]
  const list = everything.filter((p) => p.theme === (input.theme ?? themes[0]))
  const counts = can(ctx, 'orders.read')
  const items: Output<typeof contract.listPoints>['items'] = []
  for (const p of list) items.push({ id: p.id, theme: p.theme, parentId: p.parent_id, name: p.name, bindings: bound(p), bindingNames: await namesOf(ctx, bound(p)), orders: counts ? ((await askOrders(ctx, below(list, p.id), { limit: 0 }))?.count ?? null) : null, version: p.version })
  return { themes, items }
}

async function namesOf(ctx: Ctx, b: Bindings): Promise<string[]> {
  const classes = await Promise.all(b.categoryIds.map(async (id) => (await schemeNodeById(ctx, id))?.name ?? id))
  const matters = await mattersByIds(ctx, b.matterIds)
  const labels = await labelsByIds(ctx, b.labelIds)
  return [...classes, ...b.matterIds.map((id) => matters.get(id)?.name ?? id), ...b.labelIds.map((id) => labels.get(id)?.name ?? id), ...b.words.map((word) => `“${word}”`)]
}

async function checkBindings(ctx: Ctx, b: Bindings): Promise<void> {
  const matters = await mattersByIds(ctx, b.matterIds)
  const labels = await labelsByIds(ctx, b.labelIds)
  const faults = []
  for (const id of b.categoryIds) if (!(await schemeNodeById(ctx, id))) faults.push({ path: 'bindings.categoryIds', message: '分类不存在' })
  if (b.matterIds.some((id) => !matters.has(id))) faults.push({ path: 'bindings.matterIds', message: '事项不存在' })
  if (b.labelIds.some((id) => !labels.has(id))) faults.push({ path: 'bindings.labelIds', message: '标签不存在' })
  if (faults.length > 0) throw kernelErrors('invalid', { fields: faults })
}

async function held(ctx: Ctx, id: string): Promise<Point> {
  const row = await points(ctx).where('id', '=', id).where('removed_at', 'is', null).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

async function log(ctx: Ctx, pointId: string, act: 'create' | 'change' | 'move' | 'merge' | 'remove', before: Record<string, unknown> | null, after: Record<string, unknown> | null): Promise<void> {
  const plain = (value: Record<string, unknown> | null) => (value === null ? null : json(JSON.parse(JSON.stringify(value))))
  await db(ctx).insertInto('matter_problem_log').values({ tenant_id: ctx.tenantId, id: newId(), point_id: pointId, act, before: plain(before), after: plain(after), by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
}

async function parentPath(ctx: Ctx, theme: string, parentId: string | null): Promise<string[]> {
  if (parentId === null) return []
  const parent = await held(ctx, parentId)
  if (parent.theme !== theme) throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '上级问题点不在同一专题' }] })
  return parent.path
}

export async function createPoint(ctx: Ctx, input: Input<typeof contract.createPoint>): Promise<{ id: string }> {
  authorize(ctx, 'matters.edit')
  await checkBindings(ctx, input.bindings)
  await refuseTwin(ctx, input.theme, input.parentId, input.name)
  const id = newId()
  await db(ctx).insertInto('matter_problem_point').values({ tenant_id: ctx.tenantId, id, theme: input.theme, parent_id: input.parentId, name: input.name, path: [...(await parentPath(ctx, input.theme, input.parentId)), id], bindings: json(input.bindings), changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()) }).execute()
  await log(ctx, id, 'create', null, { name: input.name, bindings: input.bindings })
  return { id }
}

async function refuseTwin(ctx: Ctx, theme: string, parentId: string | null, name: string, id?: string): Promise<void> {
  if ((await live(ctx, theme)).some((p) => p.parent_id === parentId && p.name === name && p.id !== id)) throw mattersErrors('duplicateName', { params: { name }, fields: [{ path: 'name', message: '同一上级下已有同名问题点' }] })
}

export async function changePoint(ctx: Ctx, input: Input<typeof contract.changePoint>): Promise<{ id: string }> {
  authorize(ctx, 'matters.edit')
  const row = await held(ctx, input.id)
  if (row.version !== input.version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.changed_by_name } })
  if (input.bindings) await checkBindings(ctx, input.bindings)
  const parentId = input.parentId === undefined ? row.parent_id : input.parentId
  await refuseTwin(ctx, row.theme, parentId, input.name ?? row.name, row.id)
  const stamp = { version: row.version + 1, changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()) }
  await db(ctx).updateTable('matter_problem_point').set({ ...stamp, ...(input.name ? { name: input.name } : {}), ...(input.bindings ? { bindings: json(input.bindings) } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  if (input.name || input.bindings) await log(ctx, row.id, 'change', { name: row.name, bindings: bound(row) }, { name: input.name ?? row.name, bindings: input.bindings ?? bound(row) })
  if (parentId !== row.parent_id) {
    const above = await parentPath(ctx, row.theme, parentId)
    if (above.includes(row.id)) throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '不能移到自己下面' }] })
    for (const p of (await live(ctx, row.theme)).filter((one) => one.path.includes(row.id))) await db(ctx).updateTable('matter_problem_point').set({ path: [...above, ...p.path.slice(p.path.indexOf(row.id))], ...(p.id === row.id ? { parent_id: parentId } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', p.id).execute()
    await log(ctx, row.id, 'move', { parentId: row.parent_id }, { parentId })
  }
  return { id: row.id }
}

/** The other point takes over the bindings and what stands below; this one's history stays and is told with the other's. */
export async function mergePoint(ctx: Ctx, input: Input<typeof contract.mergePoint>): Promise<{ id: string }> {
  authorize(ctx, 'matters.edit')
  const [from, into] = [await held(ctx, input.id), await held(ctx, input.intoId)]
  if (from.theme !== into.theme || into.path.includes(from.id)) throw kernelErrors('invalid', { fields: [{ path: 'intoId', message: '请选择同一专题中不在其下级的问题点' }] })
  const stamp = { changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()) }
  for (const p of (await live(ctx, from.theme)).filter((one) => one.path.includes(from.id) && one.id !== from.id)) await db(ctx).updateTable('matter_problem_point').set({ path: [...into.path, ...p.path.slice(p.path.indexOf(from.id) + 1)], ...(p.parent_id === from.id ? { parent_id: into.id } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', p.id).execute()
  await db(ctx).updateTable('matter_problem_point').set({ ...stamp, bindings: json(union([bound(into), bound(from)])), version: into.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', into.id).execute()
  await db(ctx).updateTable('matter_problem_point').set({ ...stamp, merged_into: into.id, removed_at: ts(ctx.clock.now()), version: from.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', from.id).execute()
  await log(ctx, from.id, 'merge', { name: from.name, bindings: bound(from) }, { into: into.id, name: into.name })
  return { id: into.id }
}

export async function removePoint(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'matters.edit')
  const row = await held(ctx, input.id)
  const children = (await live(ctx, row.theme)).filter((p) => p.parent_id === row.id).length
  if (children > 0) throw mattersErrors('childrenInUse', { params: { count: children } })
  await db(ctx).updateTable('matter_problem_point').set({ removed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await log(ctx, row.id, 'remove', { name: row.name, bindings: bound(row) }, null)
  return {}
}

export async function pointOrders(ctx: Ctx, input: Input<typeof contract.pointOrders>): Promise<Output<typeof contract.pointOrders>> {
  authorize(ctx, 'matters.read')
  const row = await points(ctx).where('id', '=', input.id).where('removed_at', 'is', null).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return (await askOrders(ctx, below(await live(ctx, row.theme), row.id), input)) ?? { items: [], next: null, count: { value: 0, capped: false } }
}

/** A point's own history and that of the points merged into it. */
export async function pointLog(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.pointLog>> {
  authorize(ctx, 'matters.read')
  const everything = await points(ctx).execute()
  if (!everything.some((p) => p.id === input.id)) throw kernelErrors('notFound')
  const ids = new Set([input.id])
  for (let size = 0; size < ids.size;) {
    size = ids.size
    for (const p of everything) if (p.merged_into && ids.has(p.merged_into)) ids.add(p.id)
  }
  const rows = await db(ctx).selectFrom('matter_problem_log').selectAll().where('tenant_id', '=', ctx.tenantId).where('point_id', 'in', [...ids]).orderBy('at', 'desc').orderBy('id', 'desc').limit(200).execute()
  const name = (id: string): string => everything.find((p) => p.id === id)?.name ?? ''
  return { items: rows.map((r) => ({ id: r.id, act: r.act, actName: pointActNames[r.act] ?? r.act, pointName: name(r.point_id), text: wordsOf(r.after ?? r.before), byName: r.by_name, at: r.at })) }
}
const wordsOf = (value: unknown): string => (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? value.name : '')

/** Which points' words a text contains: bindings to classes and labels need an order. */
export async function testPoints(ctx: Ctx, input: Input<typeof contract.testPoint>): Promise<Output<typeof contract.testPoint>> {
  authorize(ctx, 'matters.read')
  const list = await live(ctx, input.theme)
  const path = (p: Point): string => p.path.map((id) => list.find((one) => one.id === id)?.name ?? '').join(' / ')
  return { points: list.map((p) => ({ id: p.id, path: path(p), words: bound(p).words.filter((word) => input.text.includes(word)) })).filter((p) => p.words.length > 0) }
}
