import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { compareLines, differences, linesOf, type Content, type Difference } from '../content.ts'
import { mattersByIds } from '../../matters/index.ts'
import { areaName, labelsByIds, unitsByIds } from '../../platform/index.ts'
import { directoryPaths } from '../directory/directories.ts'
import { filesOfVersion } from '../search/index-files.ts'
import { audienceNames, fieldNames, trailNames } from '../texts.zh-CN.ts'
import { typesOf } from '../types/types.ts'
import type * as contract from './item-contract.ts'
import { keepsItem, watcherOf } from './item.policy.ts'
import { contentOf, db, itemRow, versionRow } from './item.queries.ts'
import { readableItem } from './read-item.ts'

export async function listVersions(ctx: Ctx, input: Input<typeof contract.listVersions>): Promise<Output<typeof contract.listVersions>> {
  authorize(ctx, 'knowledge.read')
  const watcher = await watcherOf(ctx)
  const item = await readableItem(ctx, input.id, watcher)
  const rows = await db(ctx).selectFrom('knowledge_version').select(['number', 'content', 'author_name', 'publisher_name', 'published_at']).where('tenant_id', '=', ctx.tenantId).where('item_id', '=', item.id).orderBy('number', 'desc').limit(200).execute()
  const cites = await db(ctx).selectFrom('knowledge_citation').select((eb) => ['version_number', eb.fn.countAll<number>().as('n')]).where('tenant_id', '=', ctx.tenantId).where('item_id', '=', item.id).groupBy('version_number').execute()
  const cited = new Map(cites.map((row) => [row.version_number, row.n]))
  const acts = keepsItem(watcher, item) ? await db(ctx).selectFrom('knowledge_trail').selectAll().where('tenant_id', '=', ctx.tenantId).where('item_id', '=', item.id).where('act', '<>', 'remind').orderBy('at', 'desc').orderBy('id', 'desc').limit(300).execute() : []
  return {
    versions: rows.map((row) => ({ number: row.number, title: contentOf(row).title, authorName: row.author_name, publisherName: row.publisher_name, publishedAt: row.published_at, cites: cited.get(row.number) ?? 0 })),
    trail: acts.map((row) => ({ id: row.id, act: row.act, actName: trailNames[row.act] ?? row.act, byName: row.by_name, unitName: row.unit_name, at: row.at, text: row.text, version: versionIn(row.data) })),
  }
}

const versionIn = (data: unknown): number | null => (typeof data === 'object' && data !== null && 'version' in data && typeof data.version === 'number' ? data.version : null)

/** Differences with names for ids, so that whoever reviews reads words. */
export async function namedDifferences(ctx: Ctx, before: Content | null, after: Content): Promise<(Difference & { label: string })[]> {
  const rows = differences(before, after)
  if (rows.length === 0) return []
  const all = [before, after].filter((one): one is Content => one !== null)
  const others = all.flatMap((one) => [...one.relatedIds, ...(one.successorId ? [one.successorId] : [])])
  const items = others.length === 0 ? [] : await db(ctx).selectFrom('knowledge_item').select(['id', 'title']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', others).execute()
  const [units, directories, types, matters, labels] = [await unitsByIds(ctx, all.flatMap((one) => [one.ownerUnitId, ...one.audienceUnitIds])), await directoryPaths(ctx), await typesOf(ctx), await mattersByIds(ctx, all.flatMap((one) => one.matterIds)), await labelsByIds(ctx, all.flatMap((one) => one.labelIds))]
  const names = new Map<string, string>([...[...units.values()].map((unit): [string, string] => [unit.id, unit.name]), ...[...directories].map(([id, one]): [string, string] => [id, one.path.join(' / ')]), ...[...matters.values()].map((one): [string, string] => [one.id, one.name]), ...[...labels.values()].map((one): [string, string] => [one.id, one.name]), ...items.map((one): [string, string] => [one.id, one.title])])
  const areas = new Map<string, string>()
  for (const code of new Set(all.flatMap((one) => one.areaCode ?? []))) areas.set(code, (await areaName(ctx, code)) ?? code)
  const typeOf = (code: string) => types.find((type) => type.code === code)
  const shown = (field: string, value: string): string => (field === 'audience' ? (value === '' ? '' : audienceNames[value as Content['audience']]) : field === 'typeCode' ? (typeOf(value)?.name ?? value) : field === 'areaCode' ? (areas.get(value) ?? value) : value.split('、').map((part) => names.get(part) ?? part).join('、'))
  const labelOf = (field: string): string => (field.startsWith('fields.') ? (typeOf(after.typeCode)?.fields.find((one) => one.key === field.slice(7))?.label ?? field.slice(7)) : (fieldNames[field] ?? field))
  return rows.map((row) => ({ field: row.field, label: labelOf(row.field), before: shown(row.field, row.before), after: shown(row.field, row.after) }))
}

export async function compareVersions(ctx: Ctx, input: Input<typeof contract.compareVersions>): Promise<Output<typeof contract.compareVersions>> {
  authorize(ctx, 'knowledge.read')
  const watcher = await watcherOf(ctx)
  const item = await itemRow(ctx, input.id)
  // Old texts are for those who keep the item.
  if (!item || !keepsItem(watcher, item)) throw kernelErrors('notFound')
  const [a, b] = [await versionRow(ctx, item.id, input.from), await versionRow(ctx, item.id, input.to)]
  if (!a || !b) throw kernelErrors('notFound')
  const files = (row: typeof a): string => filesOfVersion(row).map((file) => file.name).join('、')
  const fields = await namedDifferences(ctx, contentOf(a), contentOf(b))
  if (files(a) !== files(b)) fields.push({ field: 'files', label: fieldNames.files ?? '', before: files(a), after: files(b) })
  return { fields, lines: compareLines(linesOf(contentOf(a).body), linesOf(contentOf(b).body)) }
}
