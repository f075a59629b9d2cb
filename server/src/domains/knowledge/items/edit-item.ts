// Writing: a new item or a change of a published one is a ticket with a working copy; submitting puts it before its reviewers.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { startFlow, withdrawFlow } from '../../flow/index.ts'
import { matterById } from '../../matters/index.ts'
import { attachFiles, centreUnit, filesOf, offeredLabels, unitsByIds, wordsIn } from '../../platform/index.ts'
import { gapsOf, type Content, type Gap } from '../content.ts'
import { imageIds, plainText } from '../document.ts'
import { emergencyUntil } from '../emergency/emergency-lock.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { itemActNames, itemStateNames, ticketActNames, ticketStateNames } from '../texts.zh-CN.ts'
import { typeByCode } from '../types/types.ts'
import { mayItem, mayTicket, type ItemAct, type ItemState, type TicketAct, type TicketKind, type TicketState } from './item.ts'
import type * as contract from './item-contract.ts'
import { keepsItem, lockKept, requireOwner, todayOf, watcherOf } from './item.policy.ts'
import { columnsOf, contentOf, db, IMAGES, ITEM, lockTicket, saveItem, saveTicket, TICKET, trail, versionRow, type ItemRow, type TicketRow } from './item.queries.ts'
import { reviewKey } from './review-flow.ts'

export function requireTicketAct(act: TicketAct, row: TicketRow): void {
  if (!mayTicket(act, row.state)) throw knowledgeFail('wrongState', { params: { state: ticketStateNames[row.state as TicketState], act: ticketActNames[act] } })
}

export async function requireItemAct(ctx: Ctx, act: ItemAct, row: ItemRow): Promise<void> {
  if (!mayItem(act, row.state)) throw knowledgeFail('wrongState', { params: { state: itemStateNames[row.state as ItemState], act: itemActNames[act] } })
  if (row.ticket_id && act !== 'emergencySuspend' && act !== 'confirm') {
    const open = await db(ctx).selectFrom('knowledge_ticket').select('state').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.ticket_id).executeTakeFirst()
    if (open && act !== 'discard') throw knowledgeFail('ticketOpen', { params: { state: ticketStateNames[open.state as TicketState] } })
  }
  const until = await emergencyUntil(ctx, row.id)
  if (until && act !== 'confirm') throw knowledgeFail('locked', { rule: 'kno.emergency.lock', params: { until: until.text }, until: until.iso })
}

/** A ticket whose item the actor keeps. */
export async function lockOwnTicket(ctx: Ctx, id: string, version?: number): Promise<{ ticket: TicketRow; item: ItemRow }> {
  const ticket = await lockTicket(ctx, id)
  const item = await lockKept(ctx, ticket.item_id)
  if (version !== undefined && ticket.version !== version) throw kernelErrors('conflict', { current: { version: ticket.version, state: ticket.state, title: ticket.title } })
  return { ticket, item }
}

async function checkReferences(ctx: Ctx, of: Content): Promise<void> {
  const type = await typeByCode(ctx, of.typeCode)
  if (!type.enabled) throw knowledgeFail('typeDisabled', { params: { name: type.name }, fields: [{ path: 'typeCode', message: '该类型已停用' }] })
  await requireOwner(ctx, of.ownerUnitId)
  const units = await unitsByIds(ctx, of.audienceUnitIds)
  if (of.audienceUnitIds.some((id) => !units.has(id))) throw kernelErrors('invalid', { fields: [{ path: 'audienceUnitIds', message: '可见单位不存在' }] })
  for (const matterId of of.matterIds) await matterById(ctx, matterId)
  const labels = new Set((await offeredLabels(ctx, { ids: of.labelIds })).map((label) => label.id))
  if (of.labelIds.some((id) => !labels.has(id))) throw kernelErrors('invalid', { fields: [{ path: 'labelIds', message: '标签不存在或已停用' }] })
  const others = [...of.relatedIds, ...(of.successorId ? [of.successorId] : [])]
  if (others.length > 0) {
    const known = await db(ctx).selectFrom('knowledge_item').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', others).execute()
    if (known.length < new Set(others).size) throw kernelErrors('invalid', { fields: [{ path: 'relatedIds', message: '相关知识不存在' }] })
  }
}

async function nextCode(ctx: Ctx): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`knowledge.code:${ctx.tenantId}`}, 0))`.execute(ctx.db())
  const { rows } = await sql<{ n: number }>`select coalesce(max(substring(code from 2)::int), 0) + 1 as n from knowledge_item where tenant_id = ${ctx.tenantId} and code ~ '^K[0-9]{6,9}$'`.execute(ctx.db())
  return `K${String(rows[0]?.n ?? 1).padStart(6, '0')}`
}

export type Made = { itemId: string; ticketId: string; code: string }
type Origin = { source?: string; sourceId?: string | undefined }

/** A new draft: by an editor, an import, an answered question. The caller holds `knowledge.edit` or acts for the system. */
export async function createDraft(ctx: Ctx, of: Content, more: { statement?: Record<string, string>; fileIds?: readonly string[]; origin?: Origin; code?: string } = {}): Promise<Made> {
  await checkReferences(ctx, of)
  const [itemId, ticketId, code, now] = [newId(), newId(), more.code ?? (await nextCode(ctx)), ts(ctx.clock.now())]
  await db(ctx).insertInto('knowledge_item').values({ tenant_id: ctx.tenantId, id: itemId, code, state: 'draft', ticket_id: ticketId, ...(await columnsOf(ctx, of)), created_by: ctx.actor.id, created_by_name: ctx.actor.name, created_at: now, changed_at: now }).execute()
  await openTicket(ctx, { id: ticketId, itemId, kind: 'add', of, base: null, statement: more.statement ?? {}, ...more.origin })
  await attach(ctx, ticketId, itemId, of, more.fileIds ?? [])
  await trail(ctx, { itemId, act: more.origin?.source === 'import' ? 'import' : 'create' })
  ctx.signal('knowledge.tickets')
  return { itemId, ticketId, code }
}

/** Pictures of the text apart from attachments: a picture that leaves the text leaves the version. */
async function attach(ctx: Ctx, ticketId: string, itemId: string, of: Content, fileIds: readonly string[]): Promise<void> {
  const images = imageIds(of.body)
  // What the editor names again stands here already, with the working copy or with an older version.
  const held = new Set([...((await filesOf(ctx, TICKET, [ticketId])).get(ticketId) ?? []), ...((await filesOf(ctx, ITEM, [itemId])).get(itemId) ?? [])].map((file) => file.id))
  const fresh = fileIds.filter((id) => !held.has(id))
  const to = { objectType: TICKET, objectId: ticketId, audience: of.audience === 'public' ? ('public' as const) : ('staff' as const) }
  await attachFiles(ctx, { ...to, fileIds: fresh.filter((id) => !images.has(id)), place: 'knowledge' })
  const drawn = await attachFiles(ctx, { ...to, fileIds: fresh.filter((id) => images.has(id)), place: IMAGES })
  if (drawn.some((file) => !file.type.startsWith('image/'))) throw kernelErrors('invalid', { fields: [{ path: 'content.body', message: '正文里只能插入图片' }] })
}

export async function openTicket(ctx: Ctx, of: { id: string; itemId: string; kind: TicketKind; of: Content; base: number | null; statement?: Record<string, string>; reason?: string } & Origin): Promise<TicketRow> {
  const unitId = ctx.actor.unitIds[0] ?? (await centreUnit(ctx)).id
  const now = ts(ctx.clock.now())
  return db(ctx).insertInto('knowledge_ticket').values({
    tenant_id: ctx.tenantId, id: of.id, item_id: of.itemId, kind: of.kind, state: 'draft', title: of.of.title, content: json(of.of as never), statement: json(of.statement ?? {}), reason: of.reason ?? null, base_version: of.base, source: of.source ?? 'editor', source_id: of.sourceId ?? null,
    author_id: ctx.actor.id, author_name: ctx.actor.name, unit_id: unitId, unit_name: ctx.actor.unitName ?? '', created_at: now, changed_at: now,
  }).returningAll().executeTakeFirstOrThrow()
}

export async function addItem(ctx: Ctx, input: Input<typeof contract.addItem>): Promise<Made> {
  authorize(ctx, 'knowledge.edit')
  return createDraft(ctx, input.content, { statement: input.statement, fileIds: input.addFileIds })
}

/** Opens a working copy of what is published, or of an old version. */
export async function modifyItem(ctx: Ctx, input: Input<typeof contract.modifyItem>): Promise<Made> {
  authorize(ctx, 'knowledge.edit')
  const item = await lockKept(ctx, input.id)
  await requireItemAct(ctx, 'modify', item)
  const from = await versionRow(ctx, item.id, input.fromVersion ?? item.version_number ?? 0)
  if (!from) throw kernelErrors('notFound')
  const ticket = await openTicket(ctx, { id: newId(), itemId: item.id, kind: 'modify', of: contentOf(from), base: item.version_number, ...(input.fromVersion ? { reason: `恢复第 ${input.fromVersion} 版` } : {}) })
  await saveItem(ctx, item.id, { ticket_id: ticket.id })
  if (input.fromVersion) await trail(ctx, { itemId: item.id, act: 'rollback', text: `第 ${input.fromVersion} 版` })
  ctx.signal('knowledge.tickets')
  return { itemId: item.id, ticketId: ticket.id, code: item.code }
}

export async function saveDraft(ctx: Ctx, input: Input<typeof contract.saveDraft>): Promise<{ version: number }> {
  authorize(ctx, 'knowledge.edit')
  const { ticket, item } = await lockOwnTicket(ctx, input.id, input.version)
  requireTicketAct('edit', ticket)
  await checkReferences(ctx, input.content)
  await attach(ctx, ticket.id, item.id, input.content, input.addFileIds)
  // Who wrote last is the author: the reviewer must be somebody else.
  const saved = await saveTicket(ctx, ticket, { content: json(input.content as never), statement: json(input.statement), title: input.content.title, author_id: ctx.actor.id, author_name: ctx.actor.name })
  if (item.version_number === null) await saveItem(ctx, item.id, await columnsOf(ctx, input.content))
  return { version: saved.version }
}

export async function submitTicket(ctx: Ctx, input: Input<typeof contract.submitTicket>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.edit')
  const { ticket, item } = await lockOwnTicket(ctx, input.id, input.version)
  requireTicketAct('submit', ticket)
  const of = contentOf(ticket)
  const files = [...((await filesOf(ctx, TICKET, [ticket.id])).get(ticket.id) ?? []), ...(ticket.kind === 'add' ? [] : ((await filesOf(ctx, ITEM, [item.id])).get(item.id) ?? []))]
  if (ticket.kind === 'add' || ticket.kind === 'modify') {
    await checkReferences(ctx, of)
    const gaps = gapsOf(of, await typeByCode(ctx, of.typeCode), { files: files.length, fileIds: new Set(files.map((file) => file.id)), today: await todayOf(ctx) })
    await refuseTwin(ctx, item.id, of)
    gaps.push(...(await barredWords(ctx, of)))
    if (gaps.length > 0) throw knowledgeFail('incomplete', { fields: gaps.map((gap) => ({ ...gap, path: `content.${gap.path}` })) })
  }
  return { state: await startReview(ctx, ticket, item) }
}

/** What everybody will read must hold none of the store's words that may not be published. */
async function barredWords(ctx: Ctx, of: Content): Promise<Gap[]> {
  if (of.audience !== 'public') return []
  const parts: [string, string][] = [['title', of.title], ['summary', of.summary], ['body', plainText(of.body)], ...Object.entries(of.fields).map(([key, value]): [string, string] => [`fields.${key}`, value])]
  const found = await Promise.all(parts.map(async ([path, text]): Promise<Gap[]> => {
    const words = await wordsIn(ctx, text, ['block', 'filter'])
    return words.length === 0 ? [] : [{ path, message: `含${[...new Set(words.map((hit) => `${hit.kindName}“${hit.word}”`))].slice(0, 5).join('、')}` }]
  }))
  return found.flat()
}

const asked = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{P}]/gu, '')

/** Two answers to one question in one scope contradict each other sooner or later (KNO-23). */
async function refuseTwin(ctx: Ctx, itemId: string, of: Content): Promise<void> {
  if (of.typeCode !== 'faq') return
  const mine = new Set([of.title, ...of.wordings].map(asked))
  const near = await db(ctx).selectFrom('knowledge_item as i').innerJoin('knowledge_version as v', (join) => join.onRef('v.tenant_id', '=', 'i.tenant_id').onRef('v.item_id', '=', 'i.id').onRef('v.number', '=', 'i.version_number')).select(['i.code', 'i.title', 'v.content'])
    .where('i.tenant_id', '=', ctx.tenantId).where('i.id', '<>', itemId).where('i.state', '=', 'published').where('i.type_code', '=', 'faq').where('i.audience', '=', of.audience).where(sql<boolean>`i.area_code is not distinct from ${of.areaCode}`).execute()
  for (const one of near) {
    const twin = [one.title, ...contentOf(one).wordings].find((text) => mine.has(asked(text)))
    if (twin !== undefined) throw knowledgeFail('sameQuestion', { params: { title: twin, code: one.code }, fields: [{ path: asked(of.title) === asked(twin) ? 'content.title' : 'content.wordings', message: `与 ${one.code}“${one.title}”的问法相同` }] })
  }
}

/** The review is a process; who changed the text last is its applicant and cannot decide it. */
export async function startReview(ctx: Ctx, ticket: TicketRow, item: ItemRow): Promise<string> {
  const centre = await centreUnit(ctx)
  const owner = (await unitsByIds(ctx, [item.owner_unit_id])).get(item.owner_unit_id)
  await saveTicket(ctx, ticket, { state: 'inReview', submitted_at: ts(ctx.clock.now()), opinion: null, author_id: ctx.actor.id, author_name: ctx.actor.name })
  if (item.version_number === null) await saveItem(ctx, item.id, { state: 'inReview' })
  await trail(ctx, { itemId: item.id, act: 'submit', text: ticket.reason, data: { kind: ticket.kind } })
  const { instanceId } = await startFlow(ctx, { key: reviewKey, objectType: TICKET, objectId: ticket.id, subjectUnitId: item.owner_unit_id, applicantName: ctx.actor.name, title: ticket.title, link: `/knowledge/tickets?ticket=${ticket.id}`, variables: { fromUnit: owner?.id !== centre.id, kind: ticket.kind, type: item.type_code } })
  const after = await db(ctx).updateTable('knowledge_ticket').set({ flow_instance_id: instanceId, past_flow_ids: sql<string[]>`array_append(past_flow_ids, ${instanceId}::uuid)` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', ticket.id).returning('state').executeTakeFirstOrThrow()
  ctx.signal('knowledge.tickets')
  return after.state
}

export async function recallTicket(ctx: Ctx, input: Input<typeof contract.ticketAct>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.edit')
  const { ticket, item } = await lockOwnTicket(ctx, input.id)
  requireTicketAct('recall', ticket)
  if (ticket.flow_instance_id) await withdrawFlow(ctx, { instanceId: ticket.flow_instance_id, reason: '撤回修改' })
  await trail(ctx, { itemId: item.id, act: 'recall' })
  return { state: 'draft' }
}

export async function cancelTicket(ctx: Ctx, input: Input<typeof contract.ticketAct>): Promise<{ state: string }> {
  authorize(ctx, 'knowledge.edit')
  const { ticket, item } = await lockOwnTicket(ctx, input.id)
  requireTicketAct('cancel', ticket)
  await saveTicket(ctx, ticket, { state: 'cancelled' })
  await saveItem(ctx, item.id, item.version_number === null ? { ticket_id: null, state: 'discarded', down_at: ts(ctx.clock.now()), down_by_name: ctx.actor.name } : { ticket_id: null })
  await trail(ctx, { itemId: item.id, act: 'cancel' })
  ctx.signal('knowledge.tickets')
  return { state: 'cancelled' }
}

/** Whether the actor keeps the item of a ticket: files and single reads ask it. */
export async function keepsTicket(ctx: Ctx, ticketId: string): Promise<boolean> {
  const row = await db(ctx).selectFrom('knowledge_ticket as t').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 't.tenant_id').onRef('i.id', '=', 't.item_id')).select('i.owner_unit_id').where('t.tenant_id', '=', ctx.tenantId).where('t.id', '=', ticketId).executeTakeFirst()
  return row !== undefined && keepsItem(await watcherOf(ctx), row)
}
