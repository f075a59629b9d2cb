import { sql, type RawBuilder } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { calendarOf, unitsByIds } from '../../platform/index.ts'
import { mergeElements } from '../standard/elements.ts'
import { commonFilters, getStandard, listStandard, type StandardItem } from '../standard/read-standard.ts'
import { searchPatterns } from '../standard/search-key.ts'
import { allDirectories, directoryChain } from './directories.ts'
import type * as contract from './matter-contract.ts'

type MatterItem = Output<typeof contract.listMatters>['items'][number]
type DirectoryItem = Output<typeof contract.listDirectories>['items'][number]

const contains = (column: string, text: string): RawBuilder<boolean> => sql`position(lower(${text}) in lower(${sql.ref(column)})) > 0`
const nameFilters = (input: { query?: string | undefined; name?: string | undefined; code?: string | undefined }): RawBuilder<boolean>[] => [
  ...searchPatterns(input.query ?? '').map((pattern) => sql<boolean>`search_key like ${pattern}`),
  ...(input.name ? [contains('name', input.name)] : []),
  ...(input.code ? [sql<boolean>`starts_with(lower(code), lower(${input.code}))`] : []),
]

export async function listMatters(ctx: Ctx, input: Input<typeof contract.listMatters>): Promise<Output<typeof contract.listMatters>> {
  authorize(ctx, 'matters.read')
  const { timeZone } = await calendarOf(ctx)
  const where = [...commonFilters(input, 'updated_at', timeZone), ...nameFilters(input)]
  if (input.competentUnitId) where.push(sql`competent_unit_id = ${input.competentUnitId}`)
  if (input.directoryId) where.push(sql`directory_path @> array[${input.directoryId}]::uuid[]`)
  if (input.division) where.push(contains('division', input.division))
  if (input.appealType) where.push(sql`(appeal_types = '{}' or ${input.appealType} = any(appeal_types))`)
  if (input.level) where.push(sql`(levels = '{}' or ${input.level} = any(levels))`)
  if (input.nodeId) where.push(sql`id in (select l.matter_id from matter_link l join matter_scheme_node n on n.tenant_id = l.tenant_id and n.id = l.node_id where l.tenant_id = ${ctx.tenantId} and n.path @> array[${input.nodeId}]::uuid[])`)
  if (input.mine) where.push(sql`competent_unit_id = any(${ctx.actor.unitIds}::uuid[])`)
  const page = await listStandard(ctx, 'matter', { where, sort: 'code', cursor: input.cursor, limit: input.limit })
  return { ...page, items: await withNames(ctx, page.items) }
}

export async function getMatter(ctx: Ctx, input: Input<typeof contract.getMatter>): Promise<Output<typeof contract.getMatter>> {
  authorize(ctx, 'matters.read')
  const item = await getStandard(ctx, 'matter', input.id)
  const directories = await directoryChain(ctx, (await allDirectories(ctx)).get(item.directoryId)?.path ?? [])
  const [named] = await withNames(ctx, [item])
  return { ...(named as MatterItem), inheritedElements: mergeElements(directories.map((directory) => directory.elements)) } // one in, one out
}

async function withNames(ctx: Ctx, items: StandardItem<'matter'>[]): Promise<MatterItem[]> {
  const directories = await allDirectories(ctx)
  const units = await unitsByIds(ctx, items.flatMap((item) => item.competentUnitId ?? []))
  return items.map((item) => ({
    ...item,
    directoryPath: (directories.get(item.directoryId)?.path ?? []).map((id) => directories.get(id)?.name ?? ''),
    competentUnitName: units.get(item.competentUnitId ?? '')?.name ?? null,
  }))
}

export async function listDirectories(ctx: Ctx, input: Input<typeof contract.listDirectories>): Promise<Output<typeof contract.listDirectories>> {
  authorize(ctx, 'matters.read')
  const { timeZone } = await calendarOf(ctx)
  const where = [...commonFilters(input, 'created_at', timeZone), ...nameFilters(input)]
  if (input.level?.length) where.push(sql`level = any(${input.level.map(Number).filter(Number.isInteger)}::int[])`)
  if (input.creatingUnitId) where.push(sql`creating_unit_id = ${input.creatingUnitId}`)
  const page = await listStandard(ctx, 'directory', { where, sort: 'code', cursor: input.cursor, limit: input.limit })
  return { ...page, items: await withPlace(ctx, page.items) }
}

export async function getDirectory(ctx: Ctx, input: Input<typeof contract.getDirectory>): Promise<Output<typeof contract.getDirectory>> {
  authorize(ctx, 'matters.read')
  const [item] = await withPlace(ctx, [await getStandard(ctx, 'directory', input.id)])
  return item as DirectoryItem // one in, one out
}

async function withPlace(ctx: Ctx, items: StandardItem<'directory'>[]): Promise<DirectoryItem[]> {
  const all = await allDirectories(ctx)
  return items.map((item) => {
    const path = all.get(item.id)?.path ?? [item.id]
    return { ...item, level: path.length - 1, path: path.map((id) => ({ id, name: all.get(id)?.name ?? '' })) }
  })
}
