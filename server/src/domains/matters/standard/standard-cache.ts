// The parts of the standard that every order asks for, kept per tenant until its epoch (or that of a tenant above) changes.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { newId } from '../../../kernel/runtime.ts'
import { tenantsAbove } from '../../platform/index.ts'
import type { MattersTables } from '../tables.gen.ts'

const chains = new WeakMap<Ctx, Promise<string[]>>()

/** Own tenant first, then the ones above it: whose standard holds here. */
export function tenantChain(ctx: Ctx): Promise<string[]> {
  let chain = chains.get(ctx)
  if (!chain) {
    chain = tenantsAbove(ctx).then((tenants) => (tenants.length > 0 ? tenants.map((tenant) => tenant.id) : [ctx.tenantId]))
    chains.set(ctx, chain)
  }
  return chain
}

type Entry = { epoch: string; parts: Map<string, unknown> }
const entries = new Map<string, Entry>()
const seen = new WeakMap<Ctx, Entry>()
/** Parts as a command that changes the standard sees them; never shared. */
const changing = new WeakMap<Ctx, Map<string, unknown>>()

export type PartName = 'directories' | 'appealTypes' | 'schemes' | 'schemeNodes' | 'limitRules'

/**
 * One part of the standard as it stands now. The epoch is asked for once per context, so that an order that asks for
 * five limits pays for one small query. A command that changes the standard reads past the shared cache: what it loads
 * before its last write must not be kept under the new epoch.
 */
export async function cachedPart<T>(ctx: Ctx, name: PartName, load: (chain: string[]) => Promise<T>): Promise<T> {
  const chain = await tenantChain(ctx)
  const parts = changing.get(ctx) ?? (seen.get(ctx) ?? (await currentEntry(ctx, chain))).parts
  if (parts.has(name)) return parts.get(name) as T // a part is typed by the one loader that names it
  const part = await load(chain)
  parts.set(name, part)
  return part
}

async function currentEntry(ctx: Ctx, chain: string[]): Promise<Entry> {
  const db = ctx.acrossTenants<MattersTables>('the standard of upper tenants holds below')
  const rows = await db.selectFrom('matter_epoch').select('epoch').where('tenant_id', 'in', chain).orderBy('tenant_id').execute()
  const epoch = `${chain.join()}:${rows.map((row) => row.epoch).join()}`
  let entry = entries.get(ctx.tenantId)
  if (entry?.epoch !== epoch) {
    entry = { epoch, parts: new Map() }
    entries.set(ctx.tenantId, entry)
  }
  seen.set(ctx, entry)
  return entry
}

/**
 * To be called first by every command that changes the standard: serialises such commands per tenant (the row stays
 * locked to the end of the transaction) and makes all caches ask again. A random value, not a counter: a counter value
 * read in a transaction that is rolled back would be given again. Commands with savepoints call it before the first one.
 */
export async function touchStandard(ctx: Ctx): Promise<void> {
  if (changing.has(ctx)) return
  await ctx.db<MattersTables>().insertInto('matter_epoch').values({ tenant_id: ctx.tenantId, epoch: newId() })
    .onConflict((oc) => oc.column('tenant_id').doUpdateSet({ epoch: sql<string>`excluded.epoch` })).execute()
  changing.set(ctx, new Map())
}

/** After a write, or after a savepoint was undone (all parts): the command reads the part anew. */
export function forgetPart(ctx: Ctx, name?: PartName): void {
  const parts = changing.get(ctx)
  if (name) parts?.delete(name)
  else parts?.clear()
}
