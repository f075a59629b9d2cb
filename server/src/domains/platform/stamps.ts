// Stamps of what processes cache: a reader holds values under the stamp it saw, a writer sets a new one in its transaction.
// A random stamp, not a counter: a counter value read in a transaction that is rolled back would be given again.
import type { Actor, Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import type { PlatformTables } from './tables.gen.ts'

export type StampKey = 'rights' | 'settings' | 'calendar' | 'tenants' | 'messages' | 'people' | 'nodeRules' | 'knowledge' | 'words' | 'ai' | 'caseProfiles'
type Stamps = Record<StampKey, string>

// One look a request, command or batch of events: all its readers see the same state. `publish` is made once for each and shared by
// the contexts that are derived from it (another tenant, the handlers of a batch). Null: changed here, look again.
const seen = new WeakMap<Ctx['publish'], Promise<Stamps> | null>()
// A request's actor was resolved with the stamps in the same query.
const ofActor = new WeakMap<Actor, Promise<Stamps>>()

export function stampsOf(ctx: Ctx): Promise<Stamps> {
  const known = seen.get(ctx.publish)
  if (known) return known
  const stamps = (known === undefined ? ofActor.get(ctx.actor) : undefined) ?? read(ctx)
  seen.set(ctx.publish, stamps)
  return stamps
}

async function read(ctx: Ctx): Promise<Stamps> {
  const rows = await ctx.db<PlatformTables>().selectFrom('platform_version').select(['key', 'stamp']).execute()
  return asStamps(Object.fromEntries(rows.map((row) => [row.key, row.stamp])))
}

const asStamps = (rows: Record<string, string>): Stamps => {
  const of = (key: StampKey): string => rows[key] ?? ''
  return { rights: of('rights'), settings: of('settings'), calendar: of('calendar'), tenants: of('tenants'), messages: of('messages'), people: of('people'), nodeRules: of('nodeRules'), knowledge: of('knowledge'), words: of('words'), ai: of('ai'), caseProfiles: of('caseProfiles') }
}

/** What whoever resolved an actor read with him. */
export const keepStamps = (actor: Actor, rows: Record<string, string>): void => void ofActor.set(actor, Promise.resolve(asStamps(rows)))

/** Makes every process read anew from the commit of this transaction on. */
export async function touchStamp(ctx: Ctx, key: StampKey): Promise<void> {
  const stamp = newId()
  await ctx.db<PlatformTables>().insertInto('platform_version').values({ key, stamp }).onConflict((c) => c.column('key').doUpdateSet({ stamp })).execute()
  forgetStamps(ctx)
}

/** After writing what a trigger stamps (people, posts, grants): later readers of this transaction look again. */
export const forgetStamps = (ctx: Ctx): void => void seen.set(ctx.publish, null)

/** Reads what seldom changes once per process, tenant and stamp; whoever writes it calls `touchStamp` with the same key. */
export function underStamp<T>(key: StampKey, read: (ctx: Ctx) => Promise<T>): (ctx: Ctx) => Promise<T> {
  const held = new Map<string, { stamp: string; value: Promise<T> }>()
  return async (ctx) => {
    const { tenantId } = ctx
    const stamp = (await stampsOf(ctx))[key]
    const known = held.get(tenantId)
    if (known?.stamp === stamp) return known.value
    const value = read(ctx)
    held.set(tenantId, { stamp, value })
    value.catch(() => held.delete(tenantId))
    return value
  }
}
