// What every search needs and hardly ever changes (types, directories, synonyms), held in this process under the stamp `knowledge`.
import type { Ctx } from '../../kernel/ctx.ts'
import { stampsOf, touchStamp } from '../platform/index.ts'

type Held = { stamp: string; value: Promise<unknown> }
const kept = new Map<string, Held>()

/** What `make` gives for the context's tenant, read anew after every `changed`. One name belongs to one `make`; nobody changes what he is given. */
export async function held<T>(ctx: Ctx, name: string, make: () => Promise<T>): Promise<T> {
  const stamp = (await stampsOf(ctx)).knowledge
  const key = `${name} ${ctx.tenantId}`
  const known = kept.get(key)
  if (known?.stamp === stamp) return known.value as Promise<T>
  const value = make()
  kept.set(key, { stamp, value })
  value.catch(() => kept.delete(key))
  return value
}

/** To be called by whoever writes a type, a directory or a synonym: effective at once in every process. */
export const changed = (ctx: Ctx): Promise<void> => touchStamp(ctx, 'knowledge')
