// What stands against deleting: later domains say where an object is used.
import type { Ctx } from '../../kernel/ctx.ts'
import { definePort } from '../../kernel/port.ts'

export type Usage = { label: string; count: number }
export type UsedObject = { type: 'unit' | 'user' | 'role' | 'dictionaryItem' | 'area'; id: string }

/**
 * Later domains name what refers to an object, open and past: `[{ label: '工单', count: 3 }]`; nothing for none. A count may be
 * bounded. `id` of a dictionary item is `dictionary/code`.
 */
export const usageOf = definePort<(ctx: Ctx, object: UsedObject) => Promise<Usage[]>>('platform.usageOf')

/** The answers of all domains together. */
export async function usagesOf(ctx: Ctx, object: UsedObject): Promise<Usage[]> {
  const found: Usage[] = []
  for (const ask of usageOf.all()) found.push(...(await ask(ctx, object)))
  return found.filter((usage) => usage.count > 0)
}
