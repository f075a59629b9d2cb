// What stands against retiring a standard object: later domains answer, the conflict report names their hits.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import type { StandardKind } from './content.ts'

export type MatterUsage = {
  /** `工单`. */
  label: string
  /** All references, bounded by the answerer where that is expensive. */
  count: number
  /** Of these the ones still running: they also stand against taking offline for good (void). */
  open: number
  /** A few of them by name, with a link of the console. */
  samples: { title: string; link: string }[]
}

/**
 * Asked before a matter, an appeal type or a class is deleted or voided. `id` of an appeal type is its code. Answer for
 * the context's tenant and those below it; nothing for none.
 */
export const matterUsage = definePort<(ctx: Ctx, object: { kind: StandardKind; id: string }) => Promise<MatterUsage[]>>('matters.usage')

/** The answers of all domains together. */
export async function usagesOf(ctx: Ctx, object: { kind: StandardKind; id: string }): Promise<MatterUsage[]> {
  const found: MatterUsage[] = []
  for (const ask of matterUsage.all()) found.push(...(await ask(ctx, object)))
  return found.filter((usage) => usage.count > 0)
}

/** `工单 3 项（26032199010000012）；职责清单条目 1 项`. */
export const hitsText = (hits: readonly MatterUsage[]): string =>
  hits.map((hit) => `${hit.label} ${hit.count} 项${hit.samples.length > 0 ? `（${hit.samples.map((sample) => sample.title).join('、')}）` : ''}`).join('；')
