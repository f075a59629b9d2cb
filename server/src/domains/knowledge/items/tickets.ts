// Tickets as a desk reads them: what waits for me, what I wrote, what is to be published.
import { sql } from 'kysely'
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { flowsOf, previewFlow, type FlowView } from '../../flow/index.ts'
import { afterCursor, boundCount, centreUnit, filesOf, nextPage, type HomeCard, type HomeTodo } from '../../platform/index.ts'
import { imageIds } from '../document.ts'
import { compareLines, gapsOf, linesOf, shownFields } from '../content.ts'
import { attachmentsOf, filesOfVersion } from '../search/index-files.ts'
import { ticketActNames, ticketKindNames, ticketStateNames } from '../texts.zh-CN.ts'
import { typesOf } from '../types/types.ts'
import { opinionsOf } from './decide-ticket.ts'
import { mayTicket, ticketActs, type TicketAct, type TicketKind, type TicketState } from './item.ts'
import type * as contract from './item-contract.ts'
import { kept, keepsItem, watcherOf } from './item.policy.ts'
import { contentOf, db, itemRow, TICKET, versionRow, type TicketRow } from './item.queries.ts'
import { reviewKey } from './review-flow.ts'
import { namedDifferences } from './versions.ts'

type Line = Output<typeof contract.listTickets>['items'][number]

function lineOf(row: TicketRow & { code: string; type_code: string }, types: Map<string, string>, flow: FlowView | undefined, actorId: string | null): Line {
  return {
    id: row.id, itemId: row.item_id, code: row.code, title: row.title, kind: row.kind as TicketKind, kindName: ticketKindNames[row.kind as TicketKind], state: row.state as TicketState, stateName: ticketStateNames[row.state as TicketState], typeName: types.get(row.type_code) ?? row.type_code, authorName: row.author_name, unitName: row.unit_name,
    source: row.source, submittedAt: row.submitted_at, changedAt: row.changed_at, publishAt: row.publish_at, mayDecide: row.state === 'inReview' && (flow?.mayDecide ?? false) && row.author_id !== actorId, step: row.state === 'inReview' ? (flow?.steps.find((step) => step.state === 'current')?.name ?? null) : null,
  }
}

const base = (ctx: Ctx) => db(ctx).selectFrom('knowledge_ticket as t').innerJoin('knowledge_item as i', (join) => join.onRef('i.tenant_id', '=', 't.tenant_id').onRef('i.id', '=', 't.item_id')).where('t.tenant_id', '=', ctx.tenantId)

function requireKeeper(ctx: Ctx): void {
  if (!can(ctx, 'knowledge.edit') && !can(ctx, 'knowledge.review') && !can(ctx, 'knowledge.publish')) throw kernelErrors('forbidden', { rule: 'knowledge.edit', params: { permission: '维护知识' } })
}

/** Reviews are few and open ones fewer: whose turn it is comes from the processes. */
const MOST_OPEN = 500

export async function listTickets(ctx: Ctx, input: Input<typeof contract.listTickets>): Promise<Output<typeof contract.listTickets>> {
  requireKeeper(ctx)
  const watcher = await watcherOf(ctx)
  let query = base(ctx).where(kept(watcher))
  if (input.kind) query = query.where('t.kind', '=', input.kind)
  if (input.state) query = query.where('t.state', '=', input.state)
  if (input.q) query = query.where(sql<boolean>`position(lower(${input.q}) in lower(t.title)) > 0`)
  if (input.box === 'mine') query = query.where('t.author_id', '=', ctx.actor.id).where('t.state', 'in', ['draft', 'returned', 'inReview', 'approved', 'scheduled'])
  if (input.box === 'publish') query = query.where('t.state', 'in', ['approved', 'scheduled'])
  if (input.box === 'review') query = query.where('t.state', '=', 'inReview')
  const types = new Map((await typesOf(ctx)).map((type) => [type.code, type.name]))
  const select = (q: typeof query) => q.selectAll('t').select(['i.code', 'i.type_code'])
  if (input.box === 'review') {
    const rows = await select(query).orderBy('t.submitted_at').orderBy('t.id').limit(MOST_OPEN).execute()
    const flows = await flowsOf(ctx, rows.flatMap((row) => row.flow_instance_id ?? []))
    const mine = rows.map((row) => lineOf(row, types, row.flow_instance_id ? flows.get(row.flow_instance_id) : undefined, ctx.actor.id)).filter((row) => row.mayDecide)
    return { items: mine.slice(0, input.limit), next: null, count: { value: mine.length, capped: rows.length === MOST_OPEN } }
  }
  const rows = await select(query).where(afterCursor(input.cursor, 't.changed_at', 't.id')).orderBy('t.changed_at', 'desc').orderBy('t.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.changed_at)
  const flows = await flowsOf(ctx, page.items.flatMap((row) => (row.state === 'inReview' ? (row.flow_instance_id ?? []) : [])))
  return { items: page.items.map((row) => lineOf(row, types, row.flow_instance_id ? flows.get(row.flow_instance_id) : undefined, ctx.actor.id)), next: page.next, count: await boundCount(ctx, query) }
}

export async function getTicket(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.getTicket>> {
  requireKeeper(ctx)
  const row = await base(ctx).selectAll('t').select(['i.code', 'i.type_code']).where('t.id', '=', input.id).executeTakeFirst()
  const item = row ? await itemRow(ctx, row.item_id) : undefined
  const watcher = await watcherOf(ctx)
  if (!row || !item || !keepsItem(watcher, item)) throw kernelErrors('notFound')
  const content = contentOf(row)
  const types = await typesOf(ctx)
  const type = types.find((one) => one.code === content.typeCode)
  const before = row.base_version === null ? undefined : await versionRow(ctx, item.id, row.base_version)
  const images = imageIds(content.body)
  const newFiles = ((await filesOf(ctx, TICKET, [row.id])).get(row.id) ?? []).map((file) => ({ id: file.id, name: file.name, type: file.type, size: file.size }))
  const flow = row.flow_instance_id ? (await flowsOf(ctx, [row.flow_instance_id])).get(row.flow_instance_id) : undefined
  const line = lineOf(row, new Map(types.map((one) => [one.code, one.name])), flow, ctx.actor.id)
  const open = row.state === 'draft' || row.state === 'returned'
  return {
    ...line, content, statement: { basis: '', processing: '', openPoints: '', ...(row.statement as object) }, reason: row.reason, opinion: row.opinion, baseVersion: row.base_version, fields: type ? shownFields(content, type) : [], files: before ? attachmentsOf(before, contentOf(before)).filter((file) => !content.dropFileIds.includes(file.id)) : [], newFiles: newFiles.filter((file) => !images.has(file.id)),
    fieldChanges: before ? await namedDifferences(ctx, contentOf(before), content) : [], lines: before ? compareLines(linesOf(contentOf(before).body), linesOf(content.body)) : [],
    steps: (await opinionsOf(ctx, row)).map((step) => ({ round: step.round, name: step.name, state: step.state, actor: step.actor, decidedBy: step.decidedBy, decidedAt: step.decidedAt, opinion: step.opinion })),
    chain: open ? await previewFlow(ctx, reviewKey, content.ownerUnitId, { fromUnit: content.ownerUnitId !== (await centreUnit(ctx)).id, kind: row.kind, type: content.typeCode }) : [], gaps: open && type ? gapsOf(content, type, { files: newFiles.length + (before ? filesOfVersion(before).length : 0), fileIds: new Set([...newFiles, ...(before ? filesOfVersion(before) : [])].map((file) => file.id)), today: watcher.today }) : [], acts: actsOf(ctx, row, line.mayDecide), version: row.version,
  }
}

function actsOf(ctx: Ctx, row: TicketRow, mayDecide: boolean): Output<typeof contract.getTicket>['acts'] {
  const held: Record<TicketAct, boolean> = { edit: can(ctx, 'knowledge.edit') && row.kind !== 'suspend' && row.kind !== 'restore', submit: can(ctx, 'knowledge.edit'), recall: can(ctx, 'knowledge.edit') && row.author_id === ctx.actor.id, decide: can(ctx, 'knowledge.review'), publish: can(ctx, 'knowledge.publish'), unschedule: can(ctx, 'knowledge.publish'), cancel: can(ctx, 'knowledge.edit') }
  return (Object.keys(ticketActs) as TicketAct[]).filter((act) => held[act] && mayTicket(act, row.state)).map((act) => {
    const reason = act === 'decide' && !mayDecide ? (row.author_id === ctx.actor.id ? '不能审核自己提交的内容' : '当前环节不由您审核') : null
    return { act, label: ticketActNames[act], enabled: reason === null, ...(reason ? { reason } : {}) }
  })
}

/** What waits for this person: reviews, texts to publish, own texts that came back. */
export async function knowledgeTodo(ctx: Ctx): Promise<{ cards: HomeCard[]; todo: HomeTodo[] }> {
  const cards: HomeCard[] = []
  const todo: HomeTodo[] = []
  const add = async (id: string, title: string, box: 'review' | 'publish', kind: string): Promise<void> => {
    const page = await listTickets(ctx, { box, limit: 20 } as Input<typeof contract.listTickets>)
    cards.push({ id, title, value: page.count.value, capped: page.count.capped, link: `/knowledge/tickets?box=${box}`, todo: true })
    todo.push(...page.items.filter((row) => row.state !== 'scheduled').map((row): HomeTodo => ({ id: row.id, kind, title: row.title, link: `/knowledge/tickets?box=${box}&ticket=${row.id}`, hint: `${row.authorName} ${row.kindName}` })))
  }
  if (can(ctx, 'knowledge.review')) await add('knowledge.toReview', '待审核知识', 'review', '知识审核')
  if (can(ctx, 'knowledge.publish')) await add('knowledge.toPublish', '待发布知识', 'publish', '知识发布')
  if (can(ctx, 'knowledge.edit')) {
    const rows = await db(ctx).selectFrom('knowledge_ticket').select(['id', 'title', 'opinion']).where('tenant_id', '=', ctx.tenantId).where('author_id', '=', ctx.actor.id).where('state', '=', 'returned').orderBy('changed_at', 'desc').limit(20).execute()
    todo.push(...rows.map((row): HomeTodo => ({ id: row.id, kind: '退回修改', title: row.title, link: `/knowledge/tickets?box=mine&ticket=${row.id}`, ...(row.opinion ? { hint: row.opinion } : {}) })))
  }
  return { cards, todo }
}
