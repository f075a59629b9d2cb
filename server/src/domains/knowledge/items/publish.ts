// The moment an approved text becomes valid: version, snapshot, search, notice, all in one transaction.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { filesOf, moveFiles } from '../../platform/index.ts'
import { citationOf, type Content } from '../content.ts'
import { imageIds } from '../document.ts'
import { emergencyUntil } from '../emergency/emergency-lock.ts'
import { knowledgePublished } from '../events.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { checkFiles, requireCleanFiles, requireCleanText, type FileCheck } from '../materials/check-material.ts'
import { planNotices } from '../notices/send-notices.ts'
import { filesOfVersion, type VersionFile } from '../search/index-files.ts'
import { indexVersion } from '../search/index-version.ts'
import { MATERIAL } from '../types/shipped-types.zh-CN.ts'
import { typeByCode } from '../types/types.ts'
import { requireTicketAct } from './edit-item.ts'
import type * as contract from './item-contract.ts'
import { columnsOf, contentOf, db, IMAGES, ITEM, itemRow, lockTicket, saveItem, saveTicket, TICKET, trail, versionRow, type TicketRow } from './item.queries.ts'
import { todayOf } from './item.policy.ts'

/** Before the transaction of `publishTicket`: the attachments of material are read. Whoever may not publish it learns so there, not here. */
export async function readMaterial(ctx: Ctx, input: Input<typeof contract.publishTicket>): Promise<FileCheck | null> {
  authorize(ctx, 'knowledge.publish')
  const ticket = await db(ctx).selectFrom('knowledge_ticket').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  // What cannot be published anyway is refused by the command; nothing is read for it.
  if (ticket?.state !== 'approved') return null
  const of = contentOf(ticket)
  if (of.typeCode !== MATERIAL) return null
  requireCleanText(of)
  return checkFiles(ctx, await filesAhead(ctx, ticket, of))
}

export async function publishTicket(ctx: Ctx, input: Input<typeof contract.publishTicket>, check: FileCheck | null): Promise<{ state: string; number: number | null }> {
  authorize(ctx, 'knowledge.publish')
  const ticket = await lockTicket(ctx, input.id, input.version)
  requireTicketAct('publish', ticket)
  const of = contentOf(ticket)
  requireCleanText(of)
  requireCleanFiles(of, await filesAhead(ctx, ticket, of), check, input.looked)
  if (input.publishAt === null) return { state: 'done', number: await publish(ctx, ticket) }
  if (input.publishAt <= ctx.clock.now()) throw knowledgeFail('publishPast', { fields: [{ path: 'publishAt', message: '须晚于现在' }] })
  await saveTicket(ctx, ticket, { state: 'scheduled', publish_at: ts(input.publishAt) })
  await followFirst(ctx, ticket, 'scheduled')
  await trail(ctx, { itemId: ticket.item_id, act: 'schedule', data: { publishAt: toIso(input.publishAt) } })
  ctx.signal('knowledge.tickets')
  return { state: 'scheduled', number: null }
}

async function followFirst(ctx: Ctx, ticket: TicketRow, state: 'scheduled' | 'approved'): Promise<void> {
  const item = await itemRow(ctx, ticket.item_id)
  if (item?.version_number === null) await saveItem(ctx, item.id, { state })
}

export async function unscheduleTicket(ctx: Ctx, input: Input<typeof contract.ticketAct>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.publish')
  const ticket = await lockTicket(ctx, input.id)
  requireTicketAct('unschedule', ticket)
  await saveTicket(ctx, ticket, { state: 'approved', publish_at: null })
  await followFirst(ctx, ticket, 'approved')
  await trail(ctx, { itemId: ticket.item_id, act: 'unschedule' })
  ctx.signal('knowledge.tickets')
  return { state: 'approved' }
}

/** Files of the version to be: new ones, and those of the version before that are not left out. */
async function filesAhead(ctx: Ctx, ticket: TicketRow, of: Content): Promise<VersionFile[]> {
  const item = await itemRow(ctx, ticket.item_id)
  const number = ticket.base_version ?? item?.version_number ?? null
  const before = number === null ? undefined : await versionRow(ctx, ticket.item_id, number)
  const [dropped, images, known] = [new Set(of.dropFileIds), imageIds(of.body), new Set(before ? filesOfVersion(before).map((file) => file.id) : [])]
  const [fresh, old] = [(await filesOf(ctx, TICKET, [ticket.id])).get(ticket.id) ?? [], (await filesOf(ctx, ITEM, [ticket.item_id])).get(ticket.item_id) ?? []]
  return [...old.filter((file) => known.has(file.id)), ...fresh].filter((file) => !dropped.has(file.id) && (file.place !== IMAGES || images.has(file.id))).map((file) => ({ id: file.id, name: file.name, type: file.type, size: file.size }))
}

/** Gives the next number; what was published before stays as it was, version by version. */
export async function publish(ctx: Ctx, ticket: TicketRow): Promise<number> {
  const item = await db(ctx).selectFrom('knowledge_item').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', ticket.item_id).forUpdate().executeTakeFirstOrThrow()
  const until = await emergencyUntil(ctx, item.id)
  if (until) throw knowledgeFail('locked', { rule: 'kno.emergency.lock', params: { until: until.text }, until: until.iso })
  const of = contentOf(ticket)
  if (of.validTo !== null && of.validTo < (await todayOf(ctx))) throw kernelErrors('invalid', { fields: [{ path: 'validTo', message: '有效期止已过，请修改后再发布' }] })
  requireCleanText(of)
  const last = await db(ctx).selectFrom('knowledge_version').select((eb) => eb.fn.max('number').as('n')).where('tenant_id', '=', ctx.tenantId).where('item_id', '=', item.id).executeTakeFirst()
  const number = (last?.n ?? 0) + 1
  const now = ts(ctx.clock.now())
  const files = await filesAhead(ctx, ticket, of)
  // Attachments go over to the item: the working copy is done with. What is left out of this version stays with the older ones.
  await moveFiles(ctx, { objectType: TICKET, objectId: ticket.id }, { objectType: ITEM, objectId: item.id, audience: of.audience === 'public' ? 'public' : 'staff' })
  const type = await typeByCode(ctx, of.typeCode)
  await db(ctx).insertInto('knowledge_version').values({ tenant_id: ctx.tenantId, item_id: item.id, number, content: json(of as never), files: json(files as never), citation: citationOf(type.citation, of, number), ticket_id: ticket.id, author_name: ticket.author_name, publisher_id: ctx.actor.id, publisher_name: ctx.actor.name, published_at: now }).execute()
  await saveItem(ctx, item.id, { ...(await columnsOf(ctx, of)), state: 'published', version_number: number, published_at: now, ticket_id: null, down_reason: null, down_at: null, down_by_name: null, confirmed_at: now, confirmed_by_name: ctx.actor.name })
  await saveTicket(ctx, ticket, { state: 'done', publish_at: null })
  await indexVersion(ctx, item.id, number)
  await planNotices(ctx, { id: item.id, type_code: of.typeCode }, number, number === 1 ? 'added' : 'changed')
  await trail(ctx, { itemId: item.id, act: 'publish', data: { version: number } })
  ctx.publish(knowledgePublished({ id: item.id, version: number }))
  ctx.signal('knowledge.items', item.id)
  ctx.signal('knowledge.tickets')
  return number
}
