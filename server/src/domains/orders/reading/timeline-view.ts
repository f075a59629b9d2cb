// The timeline as its reader may see it, with the time each stage took (ORD-65).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { DAY, parseIso, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { filesOf, type FileInfo } from '../../platform/index.ts'
import { isOpen, orderStates, type OrderState } from '../order.ts'
import { readOrder } from '../orders.policy.ts'
import { db, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { isMoment, isUuid, readCursor, writeCursor } from './cursor.ts'
import type { orderTimelineRoute } from './detail-contract.ts'
import { readerOf, type Reader } from './reader.ts'
import { timelineActName } from './reading.zh-CN.ts'

/** An order has ten to fifty entries; more than these are a fault of a connector, and the newest count. */
const MAX_ENTRIES = 2000

type Row = Awaited<ReturnType<typeof entryRows>>[number]
export type EntryView = {
  id: string; at: Instant; stage: string; stageName: string; act: string; actName: string; actorName: string; unitName: string | null; assignmentId: string | null; text: string | null; changes: { field: string; label: string; old: unknown; new: unknown }[]; data: unknown
  visibility: string; files: FileInfo[]; tookMs: number | null; hidden: boolean
}

export async function orderTimeline(ctx: Ctx, input: Input<typeof orderTimelineRoute>) {
  authorize(ctx, 'orders.read')
  const order = await readOrder(ctx, input.id)
  const rows = await entryRows(ctx, order)
  const entries = await viewsFor(ctx, order, rows)
  const wanted = entries
    .filter(({ row, view }) => (!input.stage || view.stage === input.stage) && (!input.unitId || row.unitId === input.unitId) && (!input.onlyChanges || view.changes.length > 0) && (!input.onlyFiles || view.files.length > 0))
    .map(({ view }) => view)
  const ordered = input.order === 'asc' ? wanted : wanted.toReversed()
  const start = input.cursor === undefined ? 0 : positionAfter(ordered, input.cursor)
  const items = ordered.slice(start, start + input.limit)
  const last = items.at(-1)
  return { items, next: last && start + items.length < ordered.length ? writeCursor([toIso(last.at), last.id]) : null, total: ordered.length, stages: stagesOf(order, rows, ctx.clock.now()) }
}

function positionAfter(list: EntryView[], cursor: string): number {
  const [at = '', id = ''] = readCursor(cursor, [isMoment, isUuid])
  const moment = parseIso(at)
  const found = list.findIndex((e) => e.id === id && e.at === moment)
  return found === -1 ? list.length : found + 1
}

/** Oldest first. The lower bound lets PostgreSQL leave out the months before the order existed. */
export const entryRows = (ctx: Ctx, order: Pick<OrderRow, 'tenant_id' | 'id' | 'registered_at'>) =>
  db(ctx)
    .selectFrom('order_timeline')
    .select(['id', 'at', 'stage', 'act', 'actor_name as actorName', 'unit_id as unitId', 'unit_name as unitName', 'assignment_id as assignmentId', 'text', 'changes', 'data', 'visibility'])
    .where('tenant_id', '=', order.tenant_id)
    .where('order_id', '=', order.id)
    .where('at', '>=', ts(plus(order.registered_at, -DAY)))
    .orderBy('at')
    .orderBy('id')
    .limit(MAX_ENTRIES)
    .execute()

/** Entries that the reader may see at all; what another unit says becomes a line without its words, never a gap. */
export async function viewsFor(ctx: Ctx, order: OrderRow, rows: Row[]): Promise<{ row: Row; view: EntryView }[]> {
  const assignments = (await db(ctx).selectFrom('order_assignment').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).execute()) as AssignmentRow[]
  const reader = await readerOf(ctx, assignments)
  const shown = rows.map((row, i) => ({ row, tookMs: i === 0 ? null : row.at - (rows[i - 1]?.at ?? row.at) })).filter(({ row }) => reader.centre || row.visibility !== 'internal')
  const files = await entryFiles(ctx, order, shown.map(({ row }) => row).filter((row) => sees(reader, row)))
  return shown.map(({ row, tookMs }) => ({ row, view: viewOf(row, tookMs, sees(reader, row), files.get(row.id) ?? []) }))
}

const sees = (reader: Reader, row: Row): boolean => reader.sees({ visibility: row.visibility, assignmentId: row.assignmentId, unitId: row.unitId })

const viewOf = (row: Row, tookMs: number | null, open: boolean, files: FileInfo[]): EntryView => ({
  id: row.id, at: row.at, stage: row.stage, stageName: stateNames[row.stage as OrderState] ?? row.stage, act: row.act, actName: timelineActName(row.act), actorName: open ? row.actorName : '', unitName: row.unitName, assignmentId: row.assignmentId,
  text: open ? row.text : null, changes: open ? changesOf(row.changes) : [], data: open ? row.data : null, visibility: row.visibility, files: open ? files : [], tookMs, hidden: !open,
})

function changesOf(changes: unknown): EntryView['changes'] {
  if (typeof changes !== 'object' || changes === null) return []
  return Object.entries(changes).map(([field, change]: [string, { old?: unknown; new?: unknown; label?: string }]) => ({ field, label: change.label ?? field, old: change.old ?? null, new: change.new ?? null }))
}

/** Files belong to the entry itself or to the feedback, request or supplement that it tells of; those of the registration to its entry. */
async function entryFiles(ctx: Ctx, order: OrderRow, rows: Row[]): Promise<Map<string, FileInfo[]>> {
  const ref = (row: Row, key: string): string | null => (typeof row.data === 'object' && row.data !== null && key in row.data ? String((row.data as Record<string, unknown>)[key]) : null)
  const ids = (key: string): string[] => rows.flatMap((row) => ref(row, key) ?? [])
  const [own, feedback, requests, supplements, order0] = await Promise.all([
    filesOf(ctx, 'timeline', rows.map((r) => r.id)), filesOf(ctx, 'feedback', ids('feedbackId')), filesOf(ctx, 'request', ids('requestId')), filesOf(ctx, 'supplement', ids('supplementId')), filesOf(ctx, 'order', [order.id]),
  ])
  const registered = (order0.get(order.id) ?? []).filter((f) => f.place === 'registration')
  return new Map(
    rows.map((row) => [
      row.id,
      [...(own.get(row.id) ?? []), ...(feedback.get(ref(row, 'feedbackId') ?? '') ?? []), ...(row.act.startsWith('request') ? (requests.get(ref(row, 'requestId') ?? '') ?? []) : []), ...(supplements.get(ref(row, 'supplementId') ?? '') ?? []), ...(row.act === 'register' ? registered : [])],
    ]),
  )
}

/** Each entry carries the stage it was done in: the time since the entry before belongs to that stage, the time since the last to the state now. */
export function stagesOf(order: Pick<OrderRow, 'state' | 'registered_at'>, rows: Pick<Row, 'at' | 'stage'>[], now: Instant) {
  const spent = new Map<string, number>()
  let before = order.registered_at
  for (const row of rows) {
    spent.set(row.stage, (spent.get(row.stage) ?? 0) + Math.max(0, row.at - before))
    before = row.at
  }
  const open = isOpen(order.state)
  if (open) spent.set(order.state, (spent.get(order.state) ?? 0) + Math.max(0, now - before))
  const longest = Math.max(0, ...spent.values())
  return [...spent]
    .filter(([stage]) => orderStates.includes(stage as OrderState))
    .map(([stage, ms]) => ({ stage, name: stateNames[stage as OrderState], ms, current: open && stage === order.state, slowest: ms > 0 && ms === longest }))
}
