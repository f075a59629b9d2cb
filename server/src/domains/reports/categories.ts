// Categories of reports: a tree with a kind and an owner. Those that templates name stand there without anybody making them.
import { sql } from 'kysely'
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { unitsByIds } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { reportsFail } from './reports.errors.ts'
import { db } from './reports.queries.ts'
import { allTemplates } from './templates.ts'
import { kindNames } from './texts.zh-CN.ts'

type Category = Output<typeof contract.categoriesRoute>['items'][number]
const FIRST_SORT = 100

async function all(ctx: Ctx): Promise<Map<string, Category>> {
  const rows = await db(ctx).selectFrom('reports_category').select(['name', 'kind', 'parent', 'department_id as departmentId', 'sort', 'state', 'edit']).where('tenant_id', '=', ctx.tenantId).limit(500).execute()
  const units = await unitsByIds(ctx, rows.flatMap((r) => r.departmentId ?? []))
  const counts = new Map((await sql<{ category: string; n: number }>`select category, count(*)::int as n from reports_report where tenant_id = ${ctx.tenantId} and state <> 'withdrawn' group by 1`.execute(db(ctx))).rows.map((r) => [r.category, r.n]))
  const templates = [...(await allTemplates(ctx)).values()].flatMap((h) => { const one = h.shown ?? h.draft; return one && h.state !== 'withdrawn' ? [one] : [] })
  const found = new Map<string, Category>(rows.map((r): [string, Category] => {
    const kind = r.kind === 'thematic' ? 'thematic' as const : 'periodic' as const // held by a check of the table
    return [r.name, { ...r, kind, kindName: kindNames[kind], state: r.state === 'withdrawn' ? 'withdrawn' : 'published', departmentName: units.get(r.departmentId ?? '')?.name ?? '', templates: 0, reports: counts.get(r.name) ?? 0 }]
  }))
  for (const { category: name, kind } of templates) {
    const held = found.get(name) ?? { name, kind, kindName: kindNames[kind], parent: null, departmentId: null, departmentName: '', sort: FIRST_SORT, state: 'published' as const, edit: 0, templates: 0, reports: counts.get(name) ?? 0 }
    held.templates += 1
    found.set(name, held)
  }
  return found
}

/** @throws reports.categoryWithdrawn */
export async function openCategory(ctx: Ctx, name: string): Promise<void> {
  const row = await db(ctx).selectFrom('reports_category').select('state').where('tenant_id', '=', ctx.tenantId).where('name', '=', name).executeTakeFirst()
  if (row?.state === 'withdrawn') throw reportsFail('categoryWithdrawn', { params: { name } })
}

export async function listCategories(ctx: Ctx): Promise<Output<typeof contract.categoriesRoute>> {
  authorize(ctx, 'reports.read')
  const mayManage = can(ctx, 'reports.manage')
  return { items: [...(await all(ctx)).values()].filter((c) => mayManage || c.state === 'published').toSorted((a, b) => a.sort - b.sort || a.name.localeCompare(b.name)), mayManage }
}

/** Written first where it stood in templates only; held against a second editor. */
async function lock(ctx: Ctx, name: string, known: ReadonlyMap<string, Category>): Promise<Category | undefined> {
  const held = known.get(name)
  if (held && held.edit === 0) await db(ctx).insertInto('reports_category').values({ tenant_id: ctx.tenantId, name, kind: held.kind, edit: 0, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).onConflict((c) => c.columns(['tenant_id', 'name']).doNothing()).execute()
  const row = await db(ctx).selectFrom('reports_category').select(['edit', 'changed_by_name']).where('tenant_id', '=', ctx.tenantId).where('name', '=', name).forUpdate().executeTakeFirst()
  return row && held ? { ...held, edit: row.edit } : undefined
}

/** New, or changed as read. @throws reports.changed, reports.categoryRound */
export async function saveCategory(ctx: Ctx, input: Input<typeof contract.saveCategoryRoute>): Promise<Output<typeof contract.categoriesRoute>> {
  authorize(ctx, 'reports.manage')
  const known = await all(ctx)
  if (input.parent !== null && !known.has(input.parent)) throw reportsFail('unknownCategory')
  for (let at = input.parent; at !== null; at = known.get(at)?.parent ?? null) if (at === input.name) throw reportsFail('categoryRound', { fields: [{ path: 'parent', message: '上级不能是自己或自己的下级' }] })
  if (input.departmentId !== null && !(await unitsByIds(ctx, [input.departmentId])).has(input.departmentId)) throw reportsFail('unknownCategory')
  if (input.parent !== null) await lock(ctx, input.parent, known)
  const held = await lock(ctx, input.name, known)
  if ((held?.edit ?? 0) !== input.edit) throw reportsFail('changed', { params: { by: '他人' } })
  const set = { kind: input.kind, parent: input.parent, department_id: input.departmentId, sort: input.sort, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, edit: input.edit + 1 }
  await db(ctx).insertInto('reports_category').values({ tenant_id: ctx.tenantId, name: input.name, ...set }).onConflict((c) => c.columns(['tenant_id', 'name']).doUpdateSet(set)).execute()
  return listCategories(ctx)
}

/** A category withdrawn takes its reports along; restored, it can be reported in again, the old reports stay withdrawn. */
export async function changeCategoryState(ctx: Ctx, input: Input<typeof contract.categoryStateRoute>): Promise<Output<typeof contract.categoriesRoute>> {
  authorize(ctx, 'reports.manage')
  const known = await all(ctx)
  const held = await lock(ctx, input.name, known)
  if (!held) throw reportsFail('unknownCategory')
  const below = [...known.values()].find((c) => c.parent === input.name && c.state === 'published')
  if (input.act === 'withdraw' && below) throw reportsFail('categoryParent', { params: { name: below.name } })
  const by = { changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  if (input.act === 'withdraw') {
    await db(ctx).updateTable('reports_report').set({ state: 'withdrawn', ...by }).where('tenant_id', '=', ctx.tenantId).where('category', '=', input.name).where('state', '<>', 'withdrawn').execute()
    ctx.signal('reports')
  }
  await db(ctx).updateTable('reports_category').set({ state: input.act === 'withdraw' ? 'withdrawn' : 'published', edit: held.edit + 1, ...by }).where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).execute()
  return listCategories(ctx)
}
