// Off the shelf and back: by review, by emergency right, by expiry; and the confirmation that an item still holds.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { addDays } from '../../../kernel/time/index.ts'
import { notify, setting } from '../../platform/index.ts'
import { expiryReminders } from '../settings.ts'
import { takeDown } from './decide-ticket.ts'
import { openTicket, requireItemAct, startReview } from './edit-item.ts'
import type * as contract from './item-contract.ts'
import { lockKept, todayOf } from './item.policy.ts'
import { contentOf, db, ITEM, lockTicket, saveItem, trail, versionRow } from './item.queries.ts'
import { publish } from './publish.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { AppError } from '../../../kernel/errors.ts'

export async function askShelf(ctx: Ctx, input: Input<typeof contract.askShelf>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.edit')
  const item = await lockKept(ctx, input.id)
  await requireItemAct(ctx, input.act, item)
  const version = await versionRow(ctx, item.id, item.version_number ?? 0)
  if (!version) throw kernelErrors('notFound')
  const ticket = await openTicket(ctx, { id: newId(), itemId: item.id, kind: input.act, of: contentOf(version), base: item.version_number, reason: input.reason })
  await saveItem(ctx, item.id, { ticket_id: ticket.id })
  return { state: await startReview(ctx, ticket, item) }
}

/** Without review, with a reason: something wrong stands in front of callers now. */
export async function emergencySuspend(ctx: Ctx, input: Input<typeof contract.emergencySuspend>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.publish')
  const item = await lockKept(ctx, input.id)
  await requireItemAct(ctx, 'emergencySuspend', item)
  await takeDown(ctx, item, 'emergencySuspend', input.reason)
  await notify(ctx, { type: 'knowledge.takenDown', to: { unitIds: [item.owner_unit_id], permission: 'knowledge.edit' }, title: `知识已紧急下架：${item.title}`, text: input.reason, link: `/knowledge/items/${item.id}`, objectType: ITEM, objectId: item.id, level: 'P3' })
  return { state: 'suspended' }
}

export async function discardItem(ctx: Ctx, input: Input<typeof contract.discardItem>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.edit')
  const item = await lockKept(ctx, input.id)
  await requireItemAct(ctx, 'discard', item)
  if (item.ticket_id) await db(ctx).updateTable('knowledge_ticket').set({ state: 'cancelled', changed_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', item.ticket_id).execute()
  await takeDown(ctx, item, 'discard', input.reason, { ticket_id: null })
  return { state: 'discarded' }
}

export async function confirmItem(ctx: Ctx, input: { id: string }): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.edit')
  const item = await lockKept(ctx, input.id)
  await requireItemAct(ctx, 'confirm', item)
  await saveItem(ctx, item.id, { confirmed_at: ts(ctx.clock.now()), confirmed_by_name: ctx.actor.name })
  await trail(ctx, { itemId: item.id, act: 'confirm' })
  return { state: item.state }
}

/** Cron: what was set for a time is published; what the day no longer allows goes back with the reason. */
export async function publishDue(ctx: Ctx): Promise<void> {
  const due = await db(ctx).selectFrom('knowledge_ticket').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'scheduled').where('publish_at', '<=', ts(ctx.clock.now())).orderBy('publish_at').limit(100).execute()
  for (const { id } of due) {
    const ticket = await lockTicket(ctx, id)
    if (ticket.state !== 'scheduled') continue
    try {
      await runNested(ctx, () => publish(ctx, ticket))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      await db(ctx).updateTable('knowledge_ticket').set({ state: 'returned', opinion: `到时不能发布：${error.title}`, publish_at: null }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
    }
  }
}

/** Cron: items past their day leave use; owners are reminded on the days set before. */
export async function expireDue(ctx: Ctx): Promise<void> {
  const today = await todayOf(ctx)
  const over = await db(ctx).selectFrom('knowledge_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'published').where('valid_to', '<', today).orderBy('id').limit(200).forUpdate().skipLocked().execute()
  for (const item of over) {
    await takeDown(ctx, item, 'expire', '有效期满')
    await tellOwner(ctx, item, `知识已失效：${item.title}`, 'P3')
  }
  for (const days of await setting(ctx, expiryReminders)) {
    const near = await db(ctx).selectFrom('knowledge_item as i').select(['i.id', 'i.title', 'i.owner_unit_id']).where('i.tenant_id', '=', ctx.tenantId).where('i.state', '=', 'published').where('i.valid_to', '=', addDays(today, days))
      .where((e) => e.not(e.exists(e.selectFrom('knowledge_trail as r').select('r.id').whereRef('r.tenant_id', '=', 'i.tenant_id').whereRef('r.item_id', '=', 'i.id').where('r.act', '=', 'remind').where('r.text', '=', `${today}:${days}`)))).orderBy('i.id').limit(200).execute()
    for (const item of near) {
      await trail(ctx, { itemId: item.id, act: 'remind', text: `${today}:${days}` })
      await tellOwner(ctx, item, `知识将于 ${days} 天后失效：${item.title}`, 'P4')
    }
  }
}

const tellOwner = (ctx: Ctx, item: { id: string; owner_unit_id: string }, title: string, level: 'P3' | 'P4') =>
  notify(ctx, { type: 'knowledge.expiry', to: { unitIds: [item.owner_unit_id], permission: 'knowledge.edit' }, title, link: `/knowledge/items/${item.id}`, objectType: ITEM, objectId: item.id, level })
