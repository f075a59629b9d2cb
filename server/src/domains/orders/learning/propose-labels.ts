// Labels that may fit an order: learned from those that people put, and those whose name or synonym stands in the text (AI-34).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { applicationOf, candidatesFor, keepSuggestion } from '../../ai/index.ts'
import { labelWords, offeredLabels } from '../../platform/index.ts'
import { readOrder } from '../orders.policy.ts'
import { db } from '../orders.queries.ts'
import type * as contract from './learning-contract.ts'

type Proposed = Output<typeof contract.proposeLabelsRoute>
const LEAST = 0.2
const NAMED = 0.6

/** Never a label that the order bears or that somebody took away from it. Nothing where the application is off or fails. */
export async function proposeOrderLabels(ctx: Ctx, input: Input<typeof contract.proposeLabelsRoute>): Promise<Proposed> {
  authorize(ctx, 'orders.label')
  const order = await readOrder(ctx, input.id)
  const application = await applicationOf(ctx, 'label')
  const nothing: Proposed = { suggestionId: null, items: [] }
  if (application.mode === 'off' || order.tenant_id !== ctx.tenantId) return nothing
  const began = performance.now()
  try {
    return await runNested(ctx, async () => {
      const had = new Set((await db(ctx).selectFrom('order_label').select('label_id').where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).execute()).map((l) => l.label_id))
      const [offered, words] = [await offeredLabels(ctx, {}), new Map((await labelWords(ctx)).map((l) => [l.id, l.words]))]
      const learned = await candidatesFor(ctx, application, { title: order.title, content: order.content, address: '' })
      const text = `${order.title}${order.content}`
      const scored = offered.filter((label) => !had.has(label.id)).flatMap((label) => {
        const known = learned?.candidates.find((c) => c.value === label.id)
        const named = (words.get(label.id) ?? []).find((word) => word.length >= 2 && text.includes(word))
        const confidence = Math.max(known?.confidence ?? 0, named ? NAMED : 0)
        return confidence < LEAST ? [] : [{ id: label.id, name: label.name, colour: label.colour, confidence, evidence: named ? [named] : (known?.evidence ?? []) }]
      }).toSorted((a, b) => b.confidence - a.confidence).slice(0, application.candidates)
      if (scored.length === 0) return nothing
      const kept = await keepSuggestion(ctx, { objectType: 'order', objectId: order.id, application, model: learned?.model ?? null, engine: learned ? `linear-${learned.model.number}` : 'names', tookMs: Math.round(performance.now() - began), candidates: scored.map((one) => ({ value: one.id, name: one.name, confidence: one.confidence, evidence: one.evidence })) })
      return { suggestionId: kept.id, items: scored.map(({ evidence, ...one }) => ({ ...one, reason: evidence.join('、') })) }
    })
  } catch (error) {
    ctx.log.error({ err: error, order: order.id }, 'labels could not be proposed')
    return nothing
  }
}
