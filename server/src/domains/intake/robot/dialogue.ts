// Dialogues with the robot: whose, what was said, how they ended. What people type is kept without what the rules know as personal data.
import { sql, type Selectable } from 'kysely'
import { keyedHash } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR } from '../../../kernel/time/index.ts'
import { db } from '../accounts/account.queries.ts'
import { redact } from '../../../kernel/text/personal-data.ts'
import type { IntakeTables } from '../tables.gen.ts'

export type DialogueRow = Selectable<IntakeTables['intake_robot_dialogue']>
export type Outcome = 'open' | 'solved' | 'form' | 'human' | 'left' | 'order'
const FRESH = 12 * HOUR

const deviceHash = (ctx: Ctx, device: string): string => keyedHash(ctx.keys, 'intake.robotDevice', device)
const account = (ctx: Ctx): string | null => (ctx.actor.kind === 'citizen' ? ctx.actor.id : null)

/** Another device's dialogue does not exist. */
export async function lockDialogue(ctx: Ctx, id: string, device: string): Promise<DialogueRow | null> {
  const row = await db(ctx).selectFrom('intake_robot_dialogue').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).where('device_hash', '=', deviceHash(ctx, device)).forUpdate().executeTakeFirst()
  return row ?? null
}

/** The dialogue gone on with, or a new one: unknown, foreign, old and ended ones are not continued. */
export async function dialogueFor(ctx: Ctx, device: string, id: string | undefined): Promise<DialogueRow> {
  const now = ctx.clock.now()
  const held = id ? await lockDialogue(ctx, id, device) : null
  if (held && now - held.last_at < FRESH && held.outcome !== 'human' && held.outcome !== 'order') return held
  return db(ctx).insertInto('intake_robot_dialogue').values({ tenant_id: ctx.tenantId, id: newId(), device_hash: deviceHash(ctx, device), account_id: account(ctx), started_at: ts(now), last_at: ts(now) }).returningAll().executeTakeFirstOrThrow()
}

export async function addTurns(ctx: Ctx, row: DialogueRow, asked: string, answered: string, missed: boolean): Promise<void> {
  const now = ts(ctx.clock.now())
  const turn = (seq: number, author: 'citizen' | 'robot', text: string) => ({ tenant_id: ctx.tenantId, dialogue_id: row.id, seq, author, text, created_at: now })
  await db(ctx).insertInto('intake_robot_turn').values([turn(row.last_seq + 1, 'citizen', redact(asked)), turn(row.last_seq + 2, 'robot', answered)]).execute()
  await db(ctx).updateTable('intake_robot_dialogue').set({ last_at: now, last_seq: row.last_seq + 2, misses: missed ? row.misses + 1 : 0, account_id: row.account_id ?? account(ctx) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
}

export async function endDialogue(ctx: Ctx, id: string, outcome: Outcome, linked: { sessionId?: string; orderId?: string } = {}): Promise<void> {
  await db(ctx).updateTable('intake_robot_dialogue').set({ outcome, ...(linked.sessionId ? { session_id: linked.sessionId } : {}), ...(linked.orderId ? { order_id: linked.orderId } : {}) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
}

export async function turnsOf(ctx: Ctx, id: string): Promise<{ seq: number; author: 'citizen' | 'robot'; text: string; at: DialogueRow['last_at'] }[]> {
  const rows = await db(ctx).selectFrom('intake_robot_turn').select(['seq', 'author', 'text', 'created_at as at']).where('tenant_id', '=', ctx.tenantId).where('dialogue_id', '=', id).orderBy('seq').limit(400).execute()
  return rows.map((row) => ({ ...row, author: row.author === 'robot' ? 'robot' : 'citizen' }))
}

/** A conversation that led to an order makes its dialogue one that ended with an order. */
export async function orderFromSession(ctx: Ctx, sessionId: string, orderId: string): Promise<void> {
  await sql`update intake_robot_dialogue set outcome = 'order', order_id = ${orderId} where tenant_id = ${ctx.tenantId} and session_id = ${sessionId}`.execute(ctx.db())
}

export async function ownDialogue(ctx: Ctx, id: string, device: string): Promise<DialogueRow> {
  const row = await lockDialogue(ctx, id, device)
  if (!row) throw kernelErrors('notFound')
  return row
}
