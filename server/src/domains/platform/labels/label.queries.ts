// Reading the label library: for pages, for pickers, for modules that mark their objects.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage } from '../lists/keyset.ts'
import { likeText } from '../reach.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'

export type LabelState = 'proposed' | 'enabled' | 'disabled' | 'merged' | 'retired'
/** A label as other modules show it; `id` is that of the survivor where it was merged. */
export type LabelBrief = { id: string; classCode: string; code: string; name: string; colour: string; state: LabelState; mergedInto: string | null }
type Listed = Output<typeof contract.getLabel>

export const labels = (ctx: Ctx) => ctx.db<PlatformTables>().selectFrom('platform_label as l').where('l.tenant_id', '=', ctx.tenantId)

const listed = (ctx: Ctx) =>
  labels(ctx)
    .innerJoin('platform_label_class as c', (join) => join.onRef('c.tenant_id', '=', 'l.tenant_id').onRef('c.code', '=', 'l.class_code'))
    .leftJoin('platform_label as p', (join) => join.onRef('p.tenant_id', '=', 'l.tenant_id').onRef('p.id', '=', 'l.parent_id'))
    .leftJoin('platform_label as m', (join) => join.onRef('m.tenant_id', '=', 'l.tenant_id').onRef('m.id', '=', 'l.merged_into'))

const columns = [
  'l.id', 'l.class_code as classCode', 'c.name as className', 'l.code', 'l.name', 'l.definition', 'l.usage_rule as usageRule', 'l.scene', 'l.parent_id as parentId', 'p.name as parentName', 'l.synonyms',
  'l.owner_name as ownerName', 'l.colour', 'l.valid_from as validFrom', 'l.valid_to as validTo', 'l.state', 'l.merged_into', 'm.name as mergedName', 'l.reason', 'l.version', 'l.changed_at as changedAt', 'l.changed_by as changedBy',
] as const

type Row = Omit<Listed, 'mergedInto' | 'colour' | 'state'> & { merged_into: string | null; mergedName: string | null; colour: string; state: string }
const shown = ({ merged_into, mergedName, ...row }: Row): Listed => ({ ...row, colour: row.colour as Listed['colour'], state: row.state as LabelState, mergedInto: merged_into ? { id: merged_into, name: mergedName ?? '' } : null }) // both are checked when written

/** Enabled, of a class in use, and valid today: what a person or a rule may put on an object. */
export const offeredNow = (ctx: Ctx) => sql<boolean>`l.state = 'enabled' and coalesce(l.valid_from <= ${localDate(ctx.clock.now())}::date, true) and coalesce(l.valid_to >= ${localDate(ctx.clock.now())}::date, true)
  and exists (select 1 from platform_label_class k where k.tenant_id = l.tenant_id and k.code = l.class_code and k.state = 'active')`

export async function listLabels(ctx: Ctx, input: Input<typeof contract.listLabels>): Promise<Output<typeof contract.listLabels>> {
  let query = listed(ctx)
  const { classCode, state } = input
  if (classCode) query = query.where('l.class_code', '=', classCode)
  if (state) query = query.where('l.state', '=', state)
  if (input.offered) query = query.where(offeredNow(ctx))
  if (input.query) {
    const part = `%${likeText(input.query)}%`
    query = query.where(sql<boolean>`(l.name ilike ${part} or l.code ilike ${part} or array_to_string(l.synonyms, ' ') ilike ${part})`)
  }
  const rows = await query.select(columns).where(afterCursor(input.cursor, 'l.changed_at', 'l.id')).orderBy('l.changed_at', 'desc').orderBy('l.id', 'desc').limit(input.limit + 1).execute()
  return { ...nextPage(rows.map(shown), input.limit, (row) => row.changedAt), count: await boundCount(ctx, query) }
}

export async function getLabel(ctx: Ctx, input: { id: string }): Promise<Listed> {
  const row = await listed(ctx).select(columns).where('l.id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return shown(row)
}

const brief = (ctx: Ctx) => labels(ctx).select((eb) => ['l.id', 'l.class_code as classCode', 'l.code', 'l.name', 'l.colour', eb.ref('l.state').$castTo<LabelState>().as('state'), 'l.merged_into as mergedInto'])

/** Labels by id, merged and retired ones too, under their own names: marks of the past keep the name of their time. */
export async function labelsByIds(ctx: Ctx, ids: readonly string[]): Promise<Map<string, LabelBrief>> {
  if (ids.length === 0) return new Map()
  const rows = await brief(ctx).where('l.id', 'in', [...new Set(ids)]).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Labels that may be put on an object now; without `ids` all of them (bounded by 2,000), with `ids` those among them. */
export async function offeredLabels(ctx: Ctx, which: { classCodes?: string[]; ids?: string[] } = {}): Promise<LabelBrief[]> {
  let query = brief(ctx).where(offeredNow(ctx))
  if (which.classCodes) query = query.where('l.class_code', 'in', which.classCodes)
  if (which.ids) {
    if (which.ids.length === 0) return []
    query = query.where('l.id', 'in', which.ids)
  }
  return query.orderBy('l.class_code').orderBy('l.name').limit(2000).execute()
}

/** Synonyms and names of what is offered, for modules that propose labels from a text. */
export async function labelWords(ctx: Ctx): Promise<{ id: string; classCode: string; name: string; words: string[] }[]> {
  const rows = await labels(ctx).select(['l.id', 'l.class_code as classCode', 'l.name', 'l.synonyms']).where(offeredNow(ctx)).limit(5000).execute()
  return rows.map(({ synonyms, ...row }) => ({ ...row, words: [row.name, ...synonyms] }))
}

/** For filters and counts: for each label asked for, itself and everything merged into it, through any depth. */
export async function labelsCountedUnder(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { id: string; name: string }[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ root: string; id: string; name: string }>`with recursive down(root, id, name) as (
      select l.id, l.id, l.name from platform_label l where l.tenant_id = ${ctx.tenantId} and l.id = any(${[...ids]}::uuid[])
      union select d.root, l.id, l.name from down d join platform_label l on l.tenant_id = ${ctx.tenantId} and l.merged_into = d.id)
    select root, id, name from down`.execute(ctx.db())
  return Map.groupBy(rows, (row) => row.root)
}

/** The living label of a class by its name, proposed ones too. */
export async function labelNamed(ctx: Ctx, classCode: string, name: string): Promise<{ id: string; state: LabelState } | undefined> {
  return labels(ctx).select((eb) => ['l.id', eb.ref('l.state').$castTo<LabelState>().as('state')]).where('l.class_code', '=', classCode).where('l.name', '=', name).where('l.state', 'in', ['proposed', 'enabled', 'disabled']).executeTakeFirst()
}
