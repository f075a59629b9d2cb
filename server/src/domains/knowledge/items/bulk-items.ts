// Many items at once, each under the rules that hold for one; what fails stays as it was and says why.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Content } from '../content.ts'
import { openTicket, requireItemAct, startReview } from './edit-item.ts'
import { askShelf, confirmItem, discardItem } from './shelf.ts'
import type * as contract from './item-contract.ts'
import { lockKept } from './item.policy.ts'
import { contentOf, itemRow, saveItem, trail, versionRow } from './item.queries.ts'

type In = Input<typeof contract.bulkItems>

/** What stands in the text itself changes by review, like any change of a published item: one ticket an item. */
function changed(input: In, of: Content): Content {
  if (input.act === 'move') return { ...of, directoryId: input.directoryId ?? of.directoryId, directoryIds: of.directoryIds.filter((id) => id !== input.directoryId) }
  if (input.act === 'owner') return { ...of, ownerUnitId: input.ownerUnitId ?? of.ownerUnitId }
  if (input.act === 'label') return { ...of, labelIds: [...new Set([...of.labelIds, ...(input.labelIds ?? [])])] }
  return { ...of, validTo: input.validTo ?? null }
}

function refuseIncomplete(input: In): void {
  const field = (path: string, message: string) => kernelErrors('invalid', { fields: [{ path, message }] })
  if (input.act === 'move' && !input.directoryId) throw field('directoryId', '请选择目录')
  if (input.act === 'owner' && !input.ownerUnitId) throw field('ownerUnitId', '请选择责任单位')
  if (input.act === 'label' && !input.labelIds?.length) throw field('labelIds', '请选择标签')
  if (input.act === 'validity' && input.validTo === undefined) throw field('validTo', '请填写有效期止')
  if (['suspend', 'restore', 'discard'].includes(input.act) && input.reason === '') throw field('reason', '请填写原因')
}

async function act(ctx: Ctx, input: In, id: string): Promise<void> {
  if (input.act === 'confirm') await confirmItem(ctx, { id })
  else if (input.act === 'suspend' || input.act === 'restore') await askShelf(ctx, { id, act: input.act, reason: input.reason })
  else if (input.act === 'discard') await discardItem(ctx, { id, reason: input.reason })
  else {
    const item = await lockKept(ctx, id)
    await requireItemAct(ctx, 'modify', item)
    const version = await versionRow(ctx, item.id, item.version_number ?? 0)
    if (!version) throw kernelErrors('notFound')
    const ticket = await openTicket(ctx, { id: newId(), itemId: item.id, kind: 'modify', of: changed(input, contentOf(version)), base: item.version_number, source: 'bulk', ...(input.reason ? { reason: input.reason } : {}) })
    await saveItem(ctx, item.id, { ticket_id: ticket.id })
    await trail(ctx, { itemId: item.id, act: input.act, text: input.reason || null })
    await startReview(ctx, ticket, item)
  }
}

export async function bulkItems(ctx: Ctx, input: In): Promise<Output<typeof contract.bulkItems>> {
  authorize(ctx, 'knowledge.edit')
  refuseIncomplete(input)
  const results: Output<typeof contract.bulkItems>['results'] = []
  for (const id of [...new Set(input.ids)]) {
    try {
      await runNested(ctx, () => act(ctx, input, id))
      results.push({ id, title: (await itemRow(ctx, id))?.title ?? '', ok: true, message: null })
    } catch (error) {
      if (!(error instanceof AppError) || error.status === 503) throw error
      results.push({ id, title: error.status === 404 ? '' : ((await itemRow(ctx, id))?.title ?? ''), ok: false, message: error.title })
    }
  }
  return { results }
}
