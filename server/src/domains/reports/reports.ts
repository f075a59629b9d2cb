// Reports: made from a template, read, edited in their words only, compared with what was produced.
import { sql } from 'kysely'
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { localDate, type LocalDate } from '../../kernel/time/index.ts'
import { afterCursor, nextPage, tenantById, unitsByIds, usersOf } from '../platform/index.ts'
import { asRead, content, plainText, type Content, type Figure } from './content.ts'
import type * as contract from './contract.ts'
import { openCategory } from './categories.ts'
import { circulationOf, markRead } from './circulation.ts'
import { boardOf, templateOfBoard } from './from-board.ts'
import { eventOf, templateOfEvent } from './from-event.ts'
import { actsOf } from './life.ts'
import { periodOf } from './periods.ts'
import { personalIn } from './personal.ts'
import { produce } from './produce.ts'
import { reportsFail } from './reports.errors.ts'
import { db, noteStep, reportById, typed, visibleTo, works, type Readers, type Report } from './reports.queries.ts'
import { allTemplates, finder } from './templates.ts'
import type { Cycle, Template } from './template.ts'
import { cycles } from './template.ts'
import { actNames, cycleNames, kindNames, stateNames } from './texts.zh-CN.ts'
import { numbersIn, retrace } from './tokens.ts'

type View = Output<typeof contract.reportRoute>
type Head = Output<typeof contract.reportsRoute>['items'][number]
type Row = Omit<Report, 'content' | 'readers' | 'opinion'> & { unread: boolean }

const cycleName = (cycle: string | null): string => (cycle === null ? '' : (cycleNames[cycle as Cycle] ?? ''))
const head = (r: Row): Head => ({ id: r.id, name: r.name, templateCode: r.template_code, kind: r.kind, kindName: kindNames[r.kind], category: r.category, cycle: r.cycle, cycleName: cycleName(r.cycle), fromDay: r.from_day, toDay: r.to_day, state: r.state, stateName: stateNames[r.state], unread: r.unread, createdAt: r.created_at, createdByName: r.created_by_name, publishedAt: r.published_at, publishedByName: r.published_by_name })

const unreadBy = (ctx: Ctx) => sql<boolean>`(state = 'published' and not exists (select 1 from reports_read d where d.tenant_id = reports_report.tenant_id and d.report_id = reports_report.id and d.user_id = ${ctx.actor.id}::uuid))`

export async function listReports(ctx: Ctx, input: Input<typeof contract.reportsRoute>): Promise<Output<typeof contract.reportsRoute>> {
  authorize(ctx, 'reports.read')
  const seen = await visibleTo(ctx)
  const all = () => db(ctx).selectFrom('reports_report').where('tenant_id', '=', ctx.tenantId).where(seen)
  let query = all().select(['id', 'template_code', 'template_version', 'name', 'kind', 'category', 'cycle', sql<string>`from_day::text`.as('from_day'), sql<string>`to_day::text`.as('to_day'), 'state', 'version', 'created_at', 'created_by', 'created_by_name', 'changed_by_name', 'published_at', 'published_by_name', unreadBy(ctx).as('unread')])
  if (input.kind) query = query.where('kind', '=', input.kind)
  if (input.category) query = query.where('category', '=', input.category)
  if (input.template) query = query.where('template_code', '=', input.template)
  query = input.state ? query.where('state', '=', input.state) : query.where('state', '<>', 'withdrawn')
  if (input.from) query = query.where('to_day', '>=', input.from as never)
  if (input.to) query = query.where('from_day', '<=', input.to as never)
  if (input.unread) query = query.where(unreadBy(ctx))
  if (input.q) query = query.where(sql<boolean>`(position(${input.q} in name) > 0 or position(${input.q} in created_by_name) > 0)`)
  const rows = await query.where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows.map((row): Row => ({ ...row, ...typed(row) })), input.limit, (r) => r.created_at)
  const { unread } = await all().select(sql<number>`count(*) filter (where ${unreadBy(ctx)})::int`.as('unread')).executeTakeFirstOrThrow()
  const categories = await all().select(['kind', 'category', sql<number>`count(*)::int`.as('reports')]).where('state', '<>', 'withdrawn').groupBy(['kind', 'category']).orderBy('kind').orderBy('category').limit(200).execute()
  return { items: page.items.map(head), next: page.next, unread, categories: categories.map((c) => ({ ...c, kind: c.kind === 'periodic' ? 'periodic' as const : 'thematic' as const })), mayWrite: can(ctx, 'reports.write'), mayManage: can(ctx, 'reports.manage'), works: works(ctx) }
}

const untracedIn = (c: Content): number => c.sections.flatMap((s) => s.blocks).reduce((n, b) => n + (b.kind === 'text' ? b.runs.filter((r) => r.untraced).length : 0), 0)
export const contentOf = (r: Report): Content => content.parse(r.content)

export async function viewOf(ctx: Ctx, id: string): Promise<View> {
  const r = await reportById(ctx, id)
  const held = contentOf(r)
  const mine = works(ctx)
  const steps = mine ? await db(ctx).selectFrom('reports_step').select(['act', 'block_id', 'old_text', 'new_text', 'at', 'by_name']).where('tenant_id', '=', ctx.tenantId).where('report_id', '=', id).orderBy('at').orderBy('id').limit(500).execute() : []
  const { reads } = await db(ctx).selectFrom('reports_read').select(sql<number>`count(*)::int`.as('reads')).where('tenant_id', '=', ctx.tenantId).where('report_id', '=', id).executeTakeFirstOrThrow()
  const units = await unitsByIds(ctx, r.readers.unitIds)
  const people = mine && r.readers.userIds.length > 0 ? new Map((await usersOf(ctx, {})).map((u) => [u.id, u.name])) : new Map<string, string>()
  return {
    ...head({ ...r, unread: false }), content: mine ? held : asRead(held), version: r.version, templateVersion: r.template_version, readers: mine ? r.readers : { all: r.readers.all, unitIds: [], userIds: [] }, readerNames: mine ? [...r.readers.unitIds.map((u) => units.get(u)?.name ?? ''), ...r.readers.userIds.map((u) => people.get(u) ?? '')] : [], opinion: mine ? r.opinion : null, untraced: untracedIn(held), personal: mine ? personalIn(r.name, held) : [], reads,
    steps: steps.map((s) => ({ act: s.act, actName: Object.hasOwn(actNames, s.act) ? actNames[s.act as keyof typeof actNames] : s.act === 'create' ? '生成' : s.act, blockId: s.block_id, oldText: s.old_text, newText: s.new_text, at: s.at, byName: s.by_name })),
    acts: await actsOf(ctx, r), mayEdit: can(ctx, 'reports.write') && editable(r), circulation: await circulationOf(ctx, r),
  }
}

const editable = (r: Report): boolean => r.state === 'draft' || r.state === 'unpublished'

export async function showReport(ctx: Ctx, input: Input<typeof contract.reportRoute>): Promise<View> {
  authorize(ctx, 'reports.read')
  const r = await reportById(ctx, input.id)
  if (r.state === 'published' && ctx.actor.id !== null) await db(ctx).insertInto('reports_read').values({ tenant_id: ctx.tenantId, report_id: r.id, user_id: ctx.actor.id, at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'report_id', 'user_id']).doNothing()).execute()
  await markRead(ctx, r)
  return viewOf(ctx, input.id)
}

type Making = { template: string; from: LocalDate; to: LocalDate; name: string; readers: Readers; scheduleId?: string }

/** What a report is made from: a published template, a board or a hot event. @throws reports.unknownTemplate, reports.notPublished */
export async function heldOf(ctx: Ctx, all: Awaited<ReturnType<typeof allTemplates>>, code: string, period: { from: LocalDate; to: LocalDate }): Promise<{ shown: Template; version: number }> {
  const board = boardOf(code)
  if (board !== null) return { shown: await templateOfBoard(ctx, board, period), version: 0 }
  const event = eventOf(code)
  if (event !== null) return { shown: await templateOfEvent(ctx, event), version: 0 }
  const held = all.get(code)
  if (!held) throw reportsFail('unknownTemplate')
  if (held.state !== 'published' || !held.shown) throw reportsFail('notPublished')
  return { shown: held.shown, version: held.version }
}

/** What a template makes of a period, as it is kept, and how the report is called by itself. @throws reports.period */
async function madeOf(ctx: Ctx, input: Pick<Making, 'template' | 'from' | 'to'>) {
  const all = await allTemplates(ctx)
  const held = await heldOf(ctx, all, input.template, input)
  await openCategory(ctx, held.shown.category)
  const today = localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  if (input.from > input.to || input.from > today) throw reportsFail('period', { fields: [{ path: 'to', message: '请检查报告期' }] })
  const cycle = cycles.find((c) => { const p = periodOf(c, input.from); return p.from === input.from && p.to === input.to }) ?? null
  const name = cycle ? periodOf(cycle, input.from).name : input.from === input.to ? input.from : `${input.from} 至 ${input.to}`
  const made = await produce(ctx, held.shown, { from: input.from, to: input.to, name }, finder(all))
  return { name: `${held.shown.name}（${name}）`, kept: { template_code: input.template, template_version: held.version, kind: held.shown.kind, category: held.shown.category, cycle, from_day: input.from, to_day: input.to, content: json(made as never) } }
}

/** A draft, made with the rights of who asks. @throws reports.notPublished, reports.period */
export async function makeReport(ctx: Ctx, input: Making): Promise<string> {
  await knownReaders(ctx, input.readers)
  const { name, kept } = await madeOf(ctx, input)
  const id = newId()
  const now = ts(ctx.clock.now())
  await db(ctx).insertInto('reports_report').values({
    tenant_id: ctx.tenantId, id, ...kept, schedule_id: input.scheduleId ?? null, name: input.name || name, state: 'draft', readers: json(input.readers), created_at: now, created_by: ctx.actor.id, created_by_name: ctx.actor.name, changed_at: now, changed_by_name: ctx.actor.name,
  }).execute()
  await noteStep(ctx, id, 'create')
  ctx.signal('reports')
  return id
}

async function knownReaders(ctx: Ctx, readers: Readers): Promise<void> {
  const units = await unitsByIds(ctx, readers.unitIds)
  const users = readers.userIds.length > 0 ? new Set((await usersOf(ctx, {})).map((u) => u.id)) : new Set<string>()
  if (readers.unitIds.some((u) => !units.has(u))) throw kernelErrors('invalid', { fields: [{ path: 'readers', message: '有不存在的单位' }] })
  if (readers.userIds.some((u) => !users.has(u))) throw kernelErrors('invalid', { fields: [{ path: 'readers', message: '有不存在的人员' }] })
}

export async function createReport(ctx: Ctx, input: Input<typeof contract.createReportRoute>): Promise<View> {
  authorize(ctx, 'reports.write')
  return viewOf(ctx, await makeReport(ctx, input))
}

async function lockEditable(ctx: Ctx, id: string): Promise<Report> {
  const r = await reportById(ctx, id, true)
  if (!editable(r)) throw reportsFail('state', { rule: 'reports.edit', params: { state: stateNames[r.state], act: actNames.edit } })
  return r
}

const sameVersion = (r: Report, version: number): void => {
  if (r.version !== version) throw reportsFail('changed', { params: { by: r.changed_by_name } })
}

export async function store(ctx: Ctx, r: Report, set: Record<string, unknown>): Promise<void> {
  await db(ctx).updateTable('reports_report').set({ ...set, version: r.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', r.id).execute()
  ctx.signal('reports', r.id)
}

export async function changeReport(ctx: Ctx, input: Input<typeof contract.changeReportRoute>): Promise<View> {
  authorize(ctx, 'reports.write')
  const r = await lockEditable(ctx, input.id)
  sameVersion(r, input.version)
  await knownReaders(ctx, input.readers)
  if (input.category !== undefined) await openCategory(ctx, input.category)
  const to = { template: input.template ?? r.template_code, from: input.from ?? r.from_day, to: input.to ?? r.to_day }
  const anew = to.template !== r.template_code || to.from !== r.from_day || to.to !== r.to_day ? (await madeOf(ctx, to)).kept : {}
  await store(ctx, r, { ...anew, name: input.name, readers: json(input.readers), ...(input.category === undefined ? {} : { category: input.category }) })
  if ('content' in anew) await noteStep(ctx, r.id, 'create')
  return viewOf(ctx, r.id)
}

/** Two people may work on one report at once: only the block they both changed meets a refusal. */
export async function editBlock(ctx: Ctx, input: Input<typeof contract.editBlockRoute>): Promise<View> {
  authorize(ctx, 'reports.write')
  const r = await lockEditable(ctx, input.id)
  const held = contentOf(r)
  const block = held.sections.flatMap((s) => s.blocks).find((b) => b.id === input.block)
  if (!block || block.kind !== 'text') throw reportsFail('notText')
  const old = plainText(block.runs)
  if (old !== input.was) throw reportsFail('changed', { params: { by: r.changed_by_name } })
  const figures = block.generated.flatMap((run) => (run.figure ? [{ text: run.text, figure: run.figure }] : []))
  block.runs = input.text === '' ? block.generated : retrace<Figure>(input.text, figures, block.generated.flatMap((run) => (run.figure ? [] : numbersIn(run.text))))
  block.by = input.text === '' ? null : ctx.actor.name
  await store(ctx, r, { content: json(held as never) })
  await noteStep(ctx, r.id, 'edit', { block: block.id, old, new: plainText(block.runs) })
  return viewOf(ctx, r.id)
}

/** Anew from the template as it is now; words edited by hand go, and stay in the history. */
export async function regenerate(ctx: Ctx, input: Input<typeof contract.regenerateRoute>): Promise<View> {
  authorize(ctx, 'reports.write')
  const r = await lockEditable(ctx, input.id)
  sameVersion(r, input.version)
  const { content, template_version } = (await madeOf(ctx, { template: r.template_code, from: r.from_day, to: r.to_day })).kept
  await store(ctx, r, { content, template_version })
  await noteStep(ctx, r.id, 'create')
  return viewOf(ctx, r.id)
}
