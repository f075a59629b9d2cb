import type { Ctx } from '../../../kernel/ctx.ts'
import { shippedAppealTypes } from './appeal-type-defaults.ts'
import { appealTypeContent, type AppealTypeContent, type StandardState } from '../standard/content.ts'
import { cachedPart } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'

export type AppealType = AppealTypeContent & {
  /** The code; stable for ever, also after a rename. */
  id: string
  state: StandardState
  version: number
  origin: 'own' | 'upper' | 'shipped'
}

/**
 * Effective appeal types in order: shipped ones, replaced and completed by those of upper tenants and the own tenant,
 * the nearest first. `retired: true` also gives those offline or void, so that old orders keep their names.
 */
export async function appealTypes(ctx: Ctx, options: { retired?: boolean } = {}): Promise<AppealType[]> {
  const all = await cachedPart(ctx, 'appealTypes', (chain) => loadTypes(ctx, chain))
  return options.retired ? all : all.filter((type) => type.state === 'effective')
}

/** The type of a code, retired ones too; null when unknown. */
export async function appealTypeById(ctx: Ctx, id: string): Promise<AppealType | null> {
  return (await appealTypes(ctx, { retired: true })).find((type) => type.id === id) ?? null
}

/** Codes from the top type down to this one: rules for a type hold for its sub-types. */
export async function appealTypePath(ctx: Ctx, id: string): Promise<string[]> {
  const all = new Map((await appealTypes(ctx, { retired: true })).map((type) => [type.id, type]))
  const path: string[] = []
  for (let at: string | null = id; at !== null && !path.includes(at); at = all.get(at)?.parentId ?? null) path.unshift(at)
  return path
}

async function loadTypes(ctx: Ctx, chain: string[]): Promise<AppealType[]> {
  const db = ctx.acrossTenants<MattersTables>('appeal types of upper tenants hold below')
  const rows = await db.selectFrom('matter_appeal_type').selectAll().where('tenant_id', 'in', chain).where('state', 'in', ['effective', 'offline', 'void']).execute()
  const found = new Map<string, AppealType>(shippedAppealTypes.map((type) => [type.code, { ...type, id: type.code, state: 'effective', version: 0, origin: 'shipped' }]))
  for (const tenantId of chain.toReversed()) {
    for (const row of rows.filter((r) => r.tenant_id === tenantId)) {
      const content = appealTypeContent.parse({ code: row.code, name: row.name, description: row.description, parentId: row.parent_id, rules: row.rules, elements: row.elements, sort: row.sort })
      const state: StandardState = row.state === 'effective' || row.state === 'offline' ? row.state : 'void'
      found.set(row.id, { ...content, id: row.id, state, version: row.version, origin: tenantId === ctx.tenantId ? 'own' : 'upper' })
    }
  }
  return [...found.values()].toSorted((a, b) => a.sort - b.sort || (a.code < b.code ? -1 : 1))
}
