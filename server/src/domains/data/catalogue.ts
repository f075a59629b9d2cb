// The one catalogue of indicators: the delivered set overlaid with what the tenant changed or added, each definition from its day on.
import type { Kysely } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { CircleError, inOrder } from './formula.ts'
import { dataFail } from './data.errors.ts'
import { definition, indicatorKinds, partsOf, type Definition, type Indicator } from './indicator.ts'
import { shipped } from './shipped.ts'
import { shippedCalls } from './shipped-calls.ts'
import type { DataTables } from './tables.gen.ts'

export const db = (ctx: Ctx): Kysely<DataTables> => ctx.db<DataTables>()

export type Version = { version: number; fromDay: string | null; definition: Definition; reason: string; at: Instant | null; byName: string | null }
export type Entry = { code: string; name: string; state: 'active' | 'stopped'; shipped: boolean; owner: string; /** Oldest first. */ versions: Version[] }
export type Catalogue = ReadonlyMap<string, Entry>

/** Everything the tenant can count, in the order: delivered ones first. */
export async function catalogueOf(ctx: Ctx): Promise<Catalogue> {
  const own = await db(ctx).selectFrom('data_indicator').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('code').limit(2000).execute()
  const versions = await db(ctx).selectFrom('data_indicator_version').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('code').orderBy('version').limit(20_000).execute()
  const byCode = Map.groupBy(versions, (v) => v.code)
  const entries = new Map<string, Entry>(Object.entries({ ...shipped, ...shippedCalls }).map(([code, one]) => [code, { code, name: one.name, state: 'active', shipped: true, owner: '', versions: [{ version: 1, fromDay: null, definition: one.definition, reason: '', at: null, byName: null }] }]))
  for (const row of own) {
    const first = entries.get(row.code)?.versions ?? []
    const changed = (byCode.get(row.code) ?? []).map((v): Version => ({ version: v.version, fromDay: v.from_day, definition: definition.parse(v.definition), reason: v.reason, at: v.at, byName: v.by_name }))
    entries.set(row.code, { code: row.code, name: row.name, state: row.state === 'stopped' ? 'stopped' : 'active', shipped: row.shipped, owner: row.owner, versions: [...first, ...changed] })
  }
  return entries
}

/** The definition that holds on a day; the first one for days before it. */
export function onDay(entry: Entry, day: string): Indicator {
  const version = entry.versions.findLast((v) => v.fromDay === null || v.fromDay <= day) ?? entry.versions[0]
  if (!version) throw new Error(`indicator ${entry.code} has no version`)
  return { code: entry.code, name: entry.name, version: version.version, fromDay: version.fromDay, definition: version.definition }
}

/** The indicators asked for with all their parts as they hold on a day, parts first. @throws data.unknownIndicator, data.stopped, data.circle */
export function closure(catalogue: Catalogue, codes: readonly string[], day: string): Indicator[] {
  const found = new Map<string, Indicator>()
  const one = (code: string): Indicator => {
    const entry = catalogue.get(code)
    if (!entry) throw dataFail('unknownIndicator', { params: { code } })
    const known = found.get(code) ?? onDay(entry, day)
    found.set(code, known)
    return known
  }
  for (const code of codes) if (catalogue.get(code)?.state === 'stopped') throw dataFail('stopped', { params: { name: catalogue.get(code)?.name ?? code } })
  try {
    return inOrder(codes, (code) => partsOf(one(code).definition)).map(one)
  } catch (error) {
    if (error instanceof CircleError) throw dataFail('circle', { params: { path: error.message } })
    throw error
  }
}

/** Indicators whose present or coming definition uses this one. */
export const usedBy = (catalogue: Catalogue, code: string, today: string): Entry[] =>
  [...catalogue.values()].filter((entry) => entry.state === 'active' && entry.versions.filter((v, i) => i === entry.versions.length - 1 || v.version >= onDay(entry, today).version).some((v) => partsOf(v.definition).includes(code)))

export const kindOf = (entry: Entry): (typeof indicatorKinds)[number] => entry.versions.at(-1)?.definition.kind ?? 'basic'
