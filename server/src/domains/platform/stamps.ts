// Stamps of what processes cache: a reader holds values under the stamp it saw, a writer sets a new one in its transaction.
// A random stamp, not a counter: a counter value read in a transaction that is rolled back would be given again.
import type { Ctx } from '../../kernel/ctx.ts'
import { newId } from '../../kernel/runtime.ts'
import type { PlatformTables } from './tables.gen.ts'

export type StampKey = 'rights' | 'settings' | 'calendar' | 'tenants' | 'messages' | 'people'
type Stamps = Record<StampKey, string>

// One look a request, command or batch of events: all its readers see the same state. `publish` is made once for each and shared by
// the contexts that are derived from it (another tenant, the handlers of a batch).
const seen = new WeakMap<Ctx['publish'], Promise<Stamps>>()

export function stampsOf(ctx: Ctx): Promise<Stamps> {
  let stamps = seen.get(ctx.publish)
  if (!stamps) {
    stamps = read(ctx)
    seen.set(ctx.publish, stamps)
  }
  return stamps
}

async function read(ctx: Ctx): Promise<Stamps> {
  const rows = await ctx.db<PlatformTables>().selectFrom('platform_version').select(['key', 'stamp']).execute()
  const of = (key: StampKey): string => rows.find((row) => row.key === key)?.stamp ?? ''
  return { rights: of('rights'), settings: of('settings'), calendar: of('calendar'), tenants: of('tenants'), messages: of('messages'), people: of('people') }
}

/** Makes every process read anew from the commit of this transaction on. */
export async function touchStamp(ctx: Ctx, key: StampKey): Promise<void> {
  const stamp = newId()
  await ctx.db<PlatformTables>().insertInto('platform_version').values({ key, stamp }).onConflict((c) => c.column('key').doUpdateSet({ stamp })).execute()
  forgetStamps(ctx)
}

/** After writing what a trigger stamps (people, posts, grants): later readers of this transaction look again. */
export const forgetStamps = (ctx: Ctx): void => void seen.delete(ctx.publish)
