// Writing, reviewing by another person, publishing, withdrawing.
import { sql, type Selectable } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { searchTokens } from '../../../kernel/text/index.ts'
import { readOrderByNumber } from '../../orders/index.ts'
import { afterCursor, attachFiles, boundCount, filesOf, nextPage, wordsIn } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { intakeFail } from '../intake.errors.ts'
import type { IntakeTables } from '../tables.gen.ts'
import { actNames, kindNames, mayDo, stateNames, transitions, type PublicationState } from './publication.ts'
import type * as contract from './publication-contract.ts'
import { publish } from './publish.ts'
import { personalData, redact } from '../../../kernel/text/personal-data.ts'

export type PublicationRow = Selectable<IntakeTables['intake_publication']>
type View = contract.PublicationView
export const PUBLICATION = 'publication'

const lineOf = (r: PublicationRow) => ({
  id: r.id, kind: r.kind as View['kind'], kindName: kindNames[r.kind as View['kind']], title: r.title, state: r.state as PublicationState, stateName: stateNames[r.state as PublicationState], pinned: r.pinned, authorName: r.author_name, reviewerName: r.reviewer_name,
  publishAt: r.publish_at, publishedAt: r.published_at, expiresAt: r.expires_at, reads: r.reads, pushedAt: r.pushed_at, updatedAt: r.updated_at,
})

const all = (r: Pick<PublicationRow, 'title' | 'summary' | 'body'>): string => [r.title, r.summary, r.body].join('\n')

async function viewOf(ctx: Ctx, r: PublicationRow): Promise<View> {
  const files = (await filesOf(ctx, PUBLICATION, [r.id])).get(r.id) ?? []
  const order = r.order_id ? await ctx.db().selectFrom('order_view').select('number').where('tenant_id', '=', ctx.tenantId).where('id', '=', r.order_id).executeTakeFirst() : undefined
  return {
    ...lineOf(r), summary: r.summary, body: r.body, announce: r.announce, category: r.category, matterId: r.matter_id, orderId: r.order_id, orderNumber: order?.number ?? null, opinion: r.opinion, withdrawReason: r.withdraw_reason, files: files.map((f) => ({ id: f.id, name: f.name, type: f.type, size: f.size })),
    personalData: personalData(all(r)), acts: actsOf(ctx, r), version: r.version,
  }
}

function actsOf(ctx: Ctx, r: PublicationRow): View['acts'] {
  const state = r.state as PublicationState
  const acts: View['acts'] = []
  const add = (act: keyof typeof transitions, why?: string) => { if (mayDo(act, state)) acts.push({ act, label: actNames[act], enabled: why === undefined, ...(why ? { reason: why } : {}) }) }
  add('edit')
  const found = personalData(all(r))
  add('submit', found.length > 0 ? `正文含${found.join('、')}，请先去除` : undefined)
  if (can(ctx, 'intake.publishReview')) {
    const own = r.author_id === ctx.actor.id ? '自己写的内容须由他人审核' : undefined
    add('approve', own)
    add('sendBack', own)
  }
  add('withdraw')
  return acts
}

async function lock(ctx: Ctx, id: string, act: keyof typeof transitions, version: number): Promise<PublicationRow> {
  const row = await db(ctx).selectFrom('intake_publication').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.version !== version) throw kernelErrors('conflict', { current: await viewOf(ctx, row) })
  if (!mayDo(act, row.state as PublicationState)) throw intakeFail('publicationState', { params: { state: stateNames[row.state as PublicationState], act: actNames[act] } })
  return row
}

async function save(ctx: Ctx, row: PublicationRow, change: Record<string, unknown>): Promise<PublicationRow> {
  return db(ctx).updateTable('intake_publication').set({ ...change, updated_at: ts(ctx.clock.now()), version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}

export async function listPublications(ctx: Ctx, input: Input<typeof contract.listPublications>): Promise<Output<typeof contract.listPublications>> {
  authorize(ctx, 'intake.publish')
  let query = db(ctx).selectFrom('intake_publication').where('tenant_id', '=', ctx.tenantId)
  if (input.kind) query = query.where('kind', '=', input.kind)
  if (input.state) query = query.where('state', '=', input.state)
  if (input.sort === 'reads') {
    const rows = await query.selectAll().orderBy('reads', 'desc').orderBy('id', 'desc').limit(input.limit).execute()
    return { items: rows.map(lineOf), next: null, count: await boundCount(ctx, query) }
  }
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'updated_at', 'id')).orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.updated_at)
  return { items: page.items.map(lineOf), next: page.next, count: await boundCount(ctx, query) }
}

export async function getPublication(ctx: Ctx, input: Input<typeof contract.getPublication>): Promise<View> {
  authorize(ctx, 'intake.publish')
  const row = await db(ctx).selectFrom('intake_publication').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return viewOf(ctx, row)
}

type Fields = Input<typeof contract.addPublication>

function columns(input: Fields) {
  if (input.expiresAt !== null && input.publishAt !== null && input.expiresAt <= input.publishAt) throw kernelErrors('invalid', { fields: [{ path: 'expiresAt', message: '下架时间须晚于发布时间' }] })
  return {
    kind: input.kind, title: input.title, summary: input.summary, body: input.body, pinned: input.pinned, announce: input.announce, order_id: input.orderId, category: input.category, matter_id: input.matterId,
    search_tokens: sql<string>`array_to_tsvector(${searchTokens([input.title, input.summary, input.body].join(' '))}::text[])`,
    publish_at: input.publishAt === null ? null : ts(input.publishAt), expires_at: input.expiresAt === null ? null : ts(input.expiresAt),
  }
}

const attach = (ctx: Ctx, id: string, fileIds: readonly string[]) => attachFiles(ctx, { fileIds, place: 'publication', objectType: PUBLICATION, objectId: id, audience: 'public' })

export async function addPublication(ctx: Ctx, input: Fields): Promise<View> {
  authorize(ctx, 'intake.publish')
  const now = ts(ctx.clock.now())
  const row = await db(ctx).insertInto('intake_publication').values({ tenant_id: ctx.tenantId, id: newId(), ...columns(input), author_id: ctx.actor.id, author_name: ctx.actor.name, created_at: now, updated_at: now }).returningAll().executeTakeFirstOrThrow()
  await attach(ctx, row.id, input.addFileIds)
  return viewOf(ctx, row)
}

export async function changePublication(ctx: Ctx, input: Input<typeof contract.changePublication>): Promise<View> {
  authorize(ctx, 'intake.publish')
  const row = await lock(ctx, input.id, 'edit', input.version)
  await attach(ctx, row.id, input.addFileIds)
  // Who changed it last is its author: the reviewer must be somebody else.
  return viewOf(ctx, await save(ctx, row, { ...columns(input), state: 'draft', author_id: ctx.actor.id, author_name: ctx.actor.name }))
}

/** Words that must not be published (WAR-12). */
async function refuseWords(ctx: Ctx, row: PublicationRow): Promise<void> {
  const fields = []
  for (const [path, value] of [['title', row.title], ['summary', row.summary], ['body', row.body]] as const) {
    const found = await wordsIn(ctx, value, ['sensitive', 'block', 'filter'])
    if (found.length > 0) fields.push({ path, message: `含${[...new Set(found.map((hit) => `${hit.kindName}“${hit.word}”`))].slice(0, 5).join('、')}` })
  }
  if (fields.length > 0) throw intakeFail('publicationWords', { rule: 'words.block', fields })
}

function refusePersonal(row: PublicationRow): void {
  const fields = ([['title', row.title], ['summary', row.summary], ['body', row.body]] as const).flatMap(([path, value]) => {
    const found = personalData(value)
    return found.length > 0 ? [{ path, message: `含${found.join('、')}，请去除后再提交` }] : []
  })
  if (fields.length > 0) throw intakeFail('publicationPersonal', { rule: 'publication.redaction', fields })
}

export async function submitPublication(ctx: Ctx, input: Input<typeof contract.submitPublication>): Promise<View> {
  authorize(ctx, 'intake.publish')
  const row = await lock(ctx, input.id, 'submit', input.version)
  refusePersonal(row)
  await refuseWords(ctx, row)
  return viewOf(ctx, await save(ctx, row, { state: 'review', opinion: null }))
}

export async function reviewPublication(ctx: Ctx, input: Input<typeof contract.reviewPublication>): Promise<View> {
  authorize(ctx, 'intake.publishReview')
  const row = await lock(ctx, input.id, input.outcome, input.version)
  if (row.author_id === ctx.actor.id) throw intakeFail('publicationOwn')
  const reviewed = { reviewer_name: ctx.actor.name, reviewed_at: ts(ctx.clock.now()), opinion: input.opinion || null }
  if (input.outcome === 'sendBack') return viewOf(ctx, await save(ctx, row, { ...reviewed, state: 'draft' }))
  refusePersonal(row)
  if (!input.checked) throw kernelErrors('invalid', { fields: [{ path: 'checked', message: '请确认已核对正文没有个人信息' }] })
  const approved = await save(ctx, row, { ...reviewed, state: 'approved' })
  const due = approved.publish_at === null || approved.publish_at <= ctx.clock.now()
  return viewOf(ctx, due ? await publish(ctx, approved) : approved)
}

export async function withdrawPublication(ctx: Ctx, input: Input<typeof contract.withdrawPublication>): Promise<View> {
  authorize(ctx, 'intake.publish')
  const row = await lock(ctx, input.id, 'withdraw', input.version)
  return viewOf(ctx, await save(ctx, row, { state: 'withdrawn', withdrawn_at: ts(ctx.clock.now()), withdraw_reason: input.reason }))
}

export async function redactText(ctx: Ctx, input: Input<typeof contract.redactText>): Promise<Output<typeof contract.redactText>> {
  authorize(ctx, 'intake.publish')
  return { text: redact(input.text), found: personalData(input.text) }
}

/** A first draft from an order that the actor may read and that has its reply; without the requester's name and what the rules find. */
export async function draftFromOrder(ctx: Ctx, input: Input<typeof contract.draftFromOrder>): Promise<Output<typeof contract.draftFromOrder>> {
  authorize(ctx, 'intake.publish')
  const order = await readOrderByNumber(ctx, input.number.replace(/\s/g, ''))
  if (order.confidential) throw kernelErrors('notFound')
  if (!order.reply) throw intakeFail('publicationNoReply')
  const names = [order.requester_name].filter((n): n is string => n !== null)
  const say = (text: string): string => redact(text, names)
  const body = [`【诉求】${say(order.content)}`, `【办理结果】${say(order.reply)}`].join('\n\n')
  return { title: say(order.title), body, orderId: order.id }
}

/** Cron: what was approved for later, when its time has come. */
export async function publishDue(ctx: Ctx): Promise<void> {
  const rows = await db(ctx).selectFrom('intake_publication').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'approved').where(sql<boolean>`coalesce(publish_at <= ${ts(ctx.clock.now())}, true)`).orderBy('id').limit(50).forUpdate().skipLocked().execute()
  for (const row of rows) await publish(ctx, row)
}
