// Units as the model learned them from concluded orders: proposed to the dispatcher; above the threshold, where a tenant switched it on, dispatched (AI-19, AI-20).
import type { Ctx } from '../../../kernel/ctx.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { applicationOf, candidatesFor, isProven, keepDecision, liveModel } from '../../ai/index.ts'
import { blocksOf } from '../dispatch-order.ts'
import { dispatchBy } from '../dispatching/auto-dispatch.ts'
import { leftToPeople, waitingOrders } from '../dispatching/waiting-orders.ts'
import type { OrderRow } from '../orders.queries.ts'

const questionOf = (order: OrderRow) => ({ title: order.title, content: order.content, address: order.address ?? '', appealType: order.appeal_type, matterId: order.matter_id ?? undefined, categoryId: order.category_id ?? undefined, areaCode: order.area_code ?? undefined })

export type LearnedUnit = { unitId: string; unitName: string; confidence: number; evidence: string[] }

/** @throws where the model fails */
async function unitsByModel(ctx: Ctx, order: OrderRow): Promise<LearnedUnit[]> {
  const application = await applicationOf(ctx, 'dispatch')
  if (application.mode === 'off') return []
  const found = await candidatesFor(ctx, application, questionOf(order))
  if (!found) return []
  const blocks = await blocksOf(ctx, order)
  return found.candidates.filter((c) => !blocks.has(c.value)).map((c) => ({ unitId: c.value, unitName: c.name, confidence: c.confidence, evidence: c.evidence }))
}

/** Surest first, for a page; none where the application is off, untrained or fails: then people dispatch as before. Units that must not get this order are left out. */
export async function learnedUnits(ctx: Ctx, order: OrderRow): Promise<LearnedUnit[]> {
  try {
    return await unitsByModel(ctx, order)
  } catch (error) {
    ctx.log.error({ err: error, order: order.id }, 'learned units are not available')
    return []
  }
}

/** At the dispatch: what was proposed beside what was chosen. Whatever fails here undoes only itself: the dispatch goes on. */
export async function keepDispatch(ctx: Ctx, order: OrderRow, leadUnitId: string | undefined): Promise<void> {
  if (!leadUnitId) return
  try {
    await runNested(ctx, async () => keepChoice(ctx, order, await unitsByModel(ctx, order), leadUnitId, 'person'))
  } catch (error) {
    ctx.log.error({ err: error, order: order.id }, 'the proposal beside a dispatch was not kept')
  }
}

async function keepChoice(ctx: Ctx, order: OrderRow, units: readonly LearnedUnit[], chosen: string, by: 'person' | 'model'): Promise<void> {
  if (units.length > 0) await keepDecision(ctx, { application: 'dispatch', object: { type: 'order', id: order.id }, candidates: units.map((u) => ({ value: u.unitId, name: u.unitName, confidence: u.confidence, evidence: u.evidence })), chosen, by })
}

const BATCH = 50

/** Orders that wait for their first dispatch and that no rule took. Secret, urgent and disputed ones are a person's; so is everything where the mode is not auto or the model is not proven. */
export async function dispatchByModel(ctx: Ctx): Promise<void> {
  const application = await applicationOf(ctx, 'dispatch')
  const model = application.mode === 'auto' ? await liveModel(ctx, 'dispatch') : undefined
  if (!model || !isProven(application, model)) return
  const stamp = `${model.id} ${application.threshold}`
  const left: OrderRow[] = []
  for (const order of await waitingOrders(ctx, 'model', stamp, BATCH)) {
    try {
      await runNested(ctx, async () => {
        const units = await unitsByModel(ctx, order)
        const best = units[0]
        if (!best || best.confidence < application.threshold) {
          left.push(order)
          return
        }
        if (await dispatchBy(ctx, order.id, { id: order.id, name: `智能分派（置信度 ${Math.round(best.confidence * 100)}%）`, version: 1, action: { units: [{ unitId: best.unitId, role: 'lead' }] } })) await keepChoice(ctx, order, units, best.unitId, 'model')
      })
    } catch (error) {
      ctx.log.error({ err: error }, 'dispatch by the model stopped; the orders wait for people')
      break
    }
  }
  await leftToPeople(ctx, 'model', stamp, left)
}
