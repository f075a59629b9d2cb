// Rows of conversations and the one way a message is written: under the lock of its session, once per client key.
import { sql, type Selectable } from 'kysely'
import { maskName } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { MINUTE, HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import { filesOf, type FileInfo } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import type { IntakeTables } from '../tables.gen.ts'
import type { ChatMessage } from './chat-contract.ts'
import type { DeskLine } from './chat-desk-contract.ts'
import { chatFail } from './chat.errors.ts'
import { chatTexts } from './chat.zh-CN.ts'

export type SessionRow = Selectable<IntakeTables['intake_chat_session']>
export type MessageRow = Selectable<IntakeTables['intake_chat_message']>

/** Files of a conversation hang on it as on an object of this type. */
export const CHAT_OBJECT = 'chat'

/** @throws intake.chatUnknown (404) */
export async function lockSession(ctx: Ctx, id: string): Promise<SessionRow> {
  const row = await db(ctx).selectFrom('intake_chat_session').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw chatFail('chatUnknown')
  return row
}

export async function saveSession(ctx: Ctx, row: SessionRow, change: Partial<Omit<SessionRow, 'tenant_id' | 'id'>>): Promise<SessionRow> {
  const saved = await db(ctx).updateTable('intake_chat_session').set(stamped(change)).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  ctx.signal('chat', row.id)
  return saved
}

const stamped = (change: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(change).map(([k, v]) => [k, k.endsWith('_at') && typeof v === 'number' ? ts(v as Instant) : v]))

export type Saying = { author: 'citizen' | 'agent' | 'system' | 'robot'; name: string; clientKey: string; text: string; fileId?: string | undefined }

/** Writes a message of a locked session; the second send of a client key finds the first. */
export async function addMessage(ctx: Ctx, session: SessionRow, said: Saying): Promise<{ session: SessionRow; message: MessageRow; repeated: boolean }> {
  const earlier = await db(ctx).selectFrom('intake_chat_message').selectAll().where('tenant_id', '=', ctx.tenantId).where('session_id', '=', session.id).where('client_key', '=', said.clientKey).executeTakeFirst()
  if (earlier) return { session, message: earlier, repeated: true }
  const now = ctx.clock.now()
  const seq = session.last_seq + 1
  const message = await db(ctx)
    .insertInto('intake_chat_message')
    .values({ tenant_id: ctx.tenantId, session_id: session.id, seq, client_key: said.clientKey, author: said.author, author_id: said.author === 'system' || said.author === 'robot' ? null : ctx.actor.id, author_name: said.name, text: said.text, file_id: said.fileId ?? null, created_at: ts(now) })
    .returningAll()
    .executeTakeFirstOrThrow()
  const saved = await saveSession(ctx, session, {
    last_seq: seq,
    ...(said.author === 'system' ? {} : { last_message_at: now }),
    ...(said.author === 'citizen' ? { unanswered_since_at: session.unanswered_since_at ?? now } : said.author === 'agent' ? { unanswered_since_at: null, agent_seq: seq } : {}),
  })
  return { session: saved, message, repeated: false }
}

/** A line of the house itself: taken over, transferred, ended. */
export const note = async (ctx: Ctx, session: SessionRow, text: string): Promise<SessionRow> => (await addMessage(ctx, session, { author: 'system', name: '', clientKey: `system-${session.id}-${session.last_seq + 1}`, text })).session

export async function messagesOf(ctx: Ctx, sessionId: string, after: number): Promise<{ row: MessageRow; file: FileInfo | null }[]> {
  const rows = await db(ctx).selectFrom('intake_chat_message').selectAll().where('tenant_id', '=', ctx.tenantId).where('session_id', '=', sessionId).where('seq', '>', after).orderBy('seq').limit(500).execute()
  const files = rows.some((r) => r.file_id !== null) ? new Map((await filesOf(ctx, CHAT_OBJECT, [sessionId])).get(sessionId)?.map((f) => [f.id, f])) : new Map<string, FileInfo>()
  return rows.map((row) => ({ row, file: row.file_id ? (files.get(row.file_id) ?? null) : null }))
}

/** The conversation as the citizen sees it, without what agents tell each other. */
export const publicMessages = async (ctx: Ctx, sessionId: string, after: number): Promise<ChatMessage[]> =>
  (await messagesOf(ctx, sessionId, after)).filter(({ row }) => row.author !== 'system' || row.hidden_at === null).map(({ row, file }) => publicMessage(row, file))

/** As the citizen sees it: staff have no names here, and what was taken down is gone. */
export function publicMessage(row: MessageRow, file: FileInfo | null): ChatMessage {
  const hidden = row.hidden_at !== null
  return { seq: row.seq, author: author(row), name: row.author === 'agent' ? chatTexts.agent : row.author === 'robot' ? chatTexts.robot : '', text: hidden ? '' : row.text, file: file && !hidden ? { id: file.id, name: file.name, type: file.type, size: file.size } : null, at: row.created_at, hidden }
}

export const staffMessage = (row: MessageRow, file: FileInfo | null): ChatMessage & { hiddenReason: string | null } => ({
  seq: row.seq, author: author(row), name: row.author_name, text: row.text, file: file ? { id: file.id, name: file.name, type: file.type, size: file.size } : null, at: row.created_at, hidden: row.hidden_at !== null, hiddenReason: row.hidden_reason,
})

const author = (row: MessageRow): ChatMessage['author'] => (row.author === 'agent' || row.author === 'system' || row.author === 'robot' ? row.author : 'citizen')

type LineRow = SessionRow & { citizen_name: string; phone_mask: string; last_text: string | null; has_file: boolean | null; unread: number; orders: number }

/** Lines of lists; `where` names tenant_id. */
export async function deskLines(ctx: Ctx, where: ReturnType<typeof sql>, order: ReturnType<typeof sql>, limit: number): Promise<(DeskLine & { row: SessionRow })[]> {
  const { rows } = await sql<LineRow>`select s.*, a.name as citizen_name, a.phone_mask, m.text as last_text, m.file_id is not null as has_file,
      (select count(*)::int from intake_chat_message u where u.tenant_id = s.tenant_id and u.session_id = s.id and u.seq > s.agent_seq and u.author = 'citizen') as unread,
      (select count(*)::int from intake_chat_order o where o.tenant_id = s.tenant_id and o.session_id = s.id) as orders
    from intake_chat_session s join intake_account a on a.tenant_id = s.tenant_id and a.id = s.account_id
    left join lateral (select text, file_id from intake_chat_message m where m.tenant_id = s.tenant_id and m.session_id = s.id and m.author <> 'system' order by seq desc limit 1) m on true
    where s.tenant_id = ${ctx.tenantId} and ${where} order by ${order} limit ${limit}`.execute(ctx.db())
  return rows.map((row) => ({ ...lineOf(row), row }))
}

function lineOf(row: LineRow): DeskLine {
  return {
    id: row.id, state: row.state as DeskLine['state'], topic: row.topic, citizen: row.citizen_name === '' ? '' : maskName(row.citizen_name), mobile: row.phone_mask, agentId: row.agent_id, agentName: row.agent_name,
    queuedAt: row.queued_at, acceptedAt: row.accepted_at, closedAt: row.closed_at, closedBy: row.closed_by, lastAt: row.last_message_at, lastText: row.has_file ? chatTexts.file : (row.last_text ?? '').slice(0, 60), unread: row.unread,
    unansweredSince: row.unanswered_since_at, transfers: row.transfers, stars: row.stars, orders: row.orders,
  }
}

export async function deskLine(ctx: Ctx, id: string): Promise<DeskLine> {
  const [line] = await deskLines(ctx, sql`s.id = ${id}`, sql`s.id`, 1)
  if (!line) throw chatFail('chatUnknown')
  const { row: _row, ...shown } = line
  return shown
}

/** Place in the queue (1 is next), and what recent waits were like. */
export async function queuePlace(ctx: Ctx, session: SessionRow): Promise<{ position: number | null; waitMinutes: number | null }> {
  if (session.state !== 'queued') return { position: null, waitMinutes: null }
  const { rows } = await sql<{ ahead: number; mean: number | null }>`select
      (select count(*)::int from intake_chat_session q where q.tenant_id = ${ctx.tenantId} and q.state = 'queued' and (q.priority > ${session.priority} or (q.priority = ${session.priority} and (q.queued_at, q.id) < (${ts(session.queued_at)}, ${session.id})))) as ahead,
      (select extract(epoch from avg(accepted_at - queued_at))::float8 from (select accepted_at, queued_at from intake_chat_session w where w.tenant_id = ${ctx.tenantId}
        and w.accepted_at is not null and w.queued_at > ${ts(plus(ctx.clock.now(), -4 * HOUR))} order by queued_at desc limit 20) recent) as mean`.execute(ctx.db())
  const row = rows[0]
  return { position: (row?.ahead ?? 0) + 1, waitMinutes: row?.mean === null || row?.mean === undefined ? null : Math.max(1, Math.ceil((row.mean * 1000) / MINUTE)) }
}
