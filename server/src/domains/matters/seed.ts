// Fills the standard of a tenant at once: for the demo city and the test city. Published as version 1, by the system.
import { json, ts } from '../../kernel/db/connect.ts'
import type { JsonValue } from '../../kernel/db/json.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import { unitsNamed } from '../platform/index.ts'
import { limitContent, type LimitContent } from './limits/limit-contract.ts'
import type { DirectoryContent, DutyEntryContent, EnterpriseContent, MatterContent, SchemeNodeContent, StandardKind } from './standard/content.ts'
import type { StandardTables } from './standard/kind-spec.ts'
import { kindOf } from './standard/kinds.ts'
import { searchKey } from './standard/search-key.ts'
import { forgetPart, tenantChain, touchStandard } from './standard/standard-cache.ts'
import { columnsOf, type Content } from './standard/standard-row.ts'
import type { MattersTables } from './tables.gen.ts'

/** Codes in place of ids; parents before children. What is left out has the default of its field. */
export type MattersSeed = {
  directories: (Pick<DirectoryContent, 'code' | 'name'> & Partial<DirectoryContent> & { parentCode: string | null })[]
  matters: (Pick<MatterContent, 'code' | 'name' | 'closingStandard'> & Partial<Omit<MatterContent, 'directoryId' | 'competentUnitId'>> & { directoryCode: string; competentUnitCode?: string | null })[]
  duties: (Pick<DutyEntryContent, 'role' | 'areaCode'> & Partial<Omit<DutyEntryContent, 'matterId' | 'unitId'>> & { matterCode: string; unitCode: string })[]
  nodes?: (Pick<SchemeNodeContent, 'scheme' | 'code' | 'name'> & Partial<Omit<SchemeNodeContent, 'ownerUnitId'>> & { parentCode: string | null; ownerUnitCode?: string | null })[]
  /** Ids by code of matters that duties may name besides the own ones and those of upper tenants, which are found by themselves. */
  inherited?: ReadonlyMap<string, string>
  enterprises?: (Pick<EnterpriseContent, 'creditCode' | 'name'> & Partial<EnterpriseContent>)[]
  limits?: (Pick<LimitContent, 'scopeKind' | 'clock' | 'duration'> & Partial<LimitContent> & { /** Code of the matter, class or appeal type. */ scopeCode?: string })[]
}

/** Ids by code; nodes by `scheme:code`. */
export type SeededMatters = { directories: Map<string, string>; matters: Map<string, string>; nodes: Map<string, string>; duties: string[] }

type Ready = { id: string; content: Content; derived: Record<string, unknown> }
const CHUNK = 400

/** Inserts into the context's tenant, which has none of these codes yet. @throws Error for an unknown code (a mistake of the seed) */
export async function seedMatters(ctx: Ctx, seed: MattersSeed): Promise<SeededMatters> {
  await touchStandard(ctx)
  const unitCodes = [...seed.matters.flatMap((matter) => matter.competentUnitCode ?? []), ...seed.duties.map((duty) => duty.unitCode), ...(seed.nodes ?? []).flatMap((node) => node.ownerUnitCode ?? [])]
  const units = new Map((await unitsNamed(ctx, unitCodes)).map((unit) => [unit.code, unit.id]))

  const directories = tree(seed.directories, (item) => item.code, (item) => item.parentCode, 0)
  await insertMany(ctx, 'directory', directories)
  const directoryIds = idsByCode(directories)
  const paths = new Map(directories.map((row) => [row.id, row.derived['path']]))

  const matters = seed.matters.map(({ directoryCode, competentUnitCode, ...matter }): Ready => {
    const directoryId = need(directoryIds, directoryCode)
    return {
      id: newId(),
      content: { ...matter, directoryId, competentUnitId: competentUnitCode ? need(units, competentUnitCode) : null },
      derived: { directory_path: paths.get(directoryId), search_key: searchKey(matter.code, matter.name, matter.keywords) },
    }
  })
  await insertMany(ctx, 'matter', matters)
  const matterIds = new Map([...(await inheritedMatters(ctx)), ...(seed.inherited ?? []), ...idsByCode(matters)])

  if (seed.enterprises?.length) await insertEnterprises(ctx, seed.enterprises)
  const duties = seed.duties.map(({ matterCode, unitCode, ...duty }): Ready => ({ id: newId(), content: { ...duty, matterId: need(matterIds, matterCode), unitId: need(units, unitCode) }, derived: {} }))
  await insertMany(ctx, 'dutyEntry', duties)

  const nodes = tree((seed.nodes ?? []).map((node) => ({ ...node, ownerUnitId: node.ownerUnitCode ? need(units, node.ownerUnitCode) : null })), (item) => `${item.scheme}:${item.code}`, (item) => (item.parentCode === null ? null : `${item.scheme}:${item.parentCode}`), 1)
  await insertMany(ctx, 'schemeNode', nodes)
  const nodeIds = new Map(nodes.map((row) => [`${String(row.content['scheme'])}:${String(row.content['code'])}`, row.id]))

  await insertLimits(ctx, seed.limits ?? [], (limit) => {
    if (limit.scopeKind === 'matter') return need(matterIds, limit.scopeCode ?? '')
    if (limit.scopeKind === 'category' || limit.scopeKind === 'industry') return need(nodeIds, `${limit.scopeKind}:${limit.scopeCode ?? ''}`)
    return limit.scopeCode ?? null
  })
  forgetPart(ctx)
  return { directories: directoryIds, matters: matterIds, nodes: nodeIds, duties: duties.map((row) => row.id) }
}

/** Rows of a tree with their paths; `depth` is the level of a root. */
function tree<T extends { code: string; name: string }>(items: readonly T[], keyOf: (item: T) => string, parentOf: (item: T) => string | null, depth: number): Ready[] {
  const done = new Map<string, { id: string; path: string[] }>()
  return items.map((item) => {
    const parentKey = parentOf(item)
    const parent = parentKey === null ? null : need(done, parentKey)
    const id = newId()
    const path = [...(parent?.path ?? []), id]
    done.set(keyOf(item), { id, path })
    return { id, content: { ...item, parentId: parent?.id ?? null }, derived: { path, level: path.length - 1 + depth, search_key: searchKey(item.code, item.name) } }
  })
}

async function insertEnterprises(ctx: Ctx, enterprises: NonNullable<MattersSeed['enterprises']>): Promise<void> {
  const spec = kindOf('enterprise')
  const rows = await Promise.all(enterprises.map(async (content): Promise<Ready> => { const id = newId(); return { id, content, derived: await spec.derive(ctx, id, spec.content.parse(content)) } }))
  await insertMany(ctx, 'enterprise', rows)
}

async function insertMany(ctx: Ctx, kind: StandardKind, rows: Ready[]): Promise<void> {
  const spec = kindOf(kind)
  const at = ts(ctx.clock.now())
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK).map((row) => ({ ...row, content: spec.content.parse(row.content) }))
    await ctx.db<StandardTables>().insertInto(spec.table).values(
      chunk.map((row) => ({ tenant_id: ctx.tenantId, id: row.id, state: 'effective', version: 1, created_by_name: ctx.actor.name, created_at: at, updated_at: at, ...columnsOf(spec, row.content), ...row.derived })),
    ).execute()
    await ctx.db<MattersTables>().insertInto('matter_version').values(
      chunk.map((row) => ({ tenant_id: ctx.tenantId, object_kind: kind, object_id: row.id, version: 1, snapshot: json(row.content as JsonValue), state: 'effective', by_name: ctx.actor.name, at })),
    ).execute()
  }
}

async function insertLimits(ctx: Ctx, limits: NonNullable<MattersSeed['limits']>, scopeIdOf: (limit: NonNullable<MattersSeed['limits']>[number]) => string | null): Promise<void> {
  const at = ts(ctx.clock.now())
  for (const limit of limits) {
    const content = limitContent.parse({ ...limit, scopeId: scopeIdOf(limit) })
    await ctx.db<MattersTables>().insertInto('matter_limit_rule').values({
      tenant_id: ctx.tenantId, id: newId(), scope_kind: content.scopeKind, scope_id: content.scopeId, level: content.level, urgency: content.urgency, unit_kind: content.unitKind, enterprise_grade: content.enterpriseGrade,
      clock: content.clock, duration: json(content.duration), yellow_before: content.yellowBefore ? json(content.yellowBefore) : null, receivers: json(content.receivers), valid_from: content.validFrom,
      valid_to: content.validTo, note: content.note, created_by_name: ctx.actor.name, created_at: at, updated_at: at,
    }).execute()
  }
}

/** Matters of upper tenants by code, for duties of a tenant that has no standard of its own; nearer ones replace farther ones. */
async function inheritedMatters(ctx: Ctx): Promise<[string, string][]> {
  const chain = await tenantChain(ctx)
  const rows = await ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').select(['tenant_id as tenantId', 'code', 'id'])
    .where('tenant_id', 'in', chain).where('state', '=', 'effective').execute()
  return rows.toSorted((a, b) => chain.indexOf(b.tenantId) - chain.indexOf(a.tenantId)).map((row) => [row.code, row.id])
}

const idsByCode = (rows: Ready[]): Map<string, string> => new Map(rows.map((row) => [String(row.content['code']), row.id]))

function need<T>(map: ReadonlyMap<string, T>, code: string): T {
  const found = map.get(code)
  if (found === undefined) throw new Error(`seed of the standard: ${code} is not known here`)
  return found
}
