// What the chat asks of a person: the numbers beside its rail entries, and promises that are owed.
import { sql } from 'kysely'
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { HOUR, plus, type Instant } from '../../../kernel/time/index.ts'
import type { HomeSource } from '../../platform/index.ts'

type Row = { mine: number; left_open: number }

export const chatTodo: HomeSource = async (ctx: Ctx) => {
  if (ctx.actor.kind !== 'user' || !can(ctx, 'intake.chat')) return { cards: [], todo: [] }
  const { rows } = await sql<Row>`select (select count(*)::int from intake_chat_session where tenant_id = ${ctx.tenantId} and state = 'open' and agent_id = ${ctx.actor.id}) as mine,
    (select count(*)::int from (select 1 from intake_left_message where tenant_id = ${ctx.tenantId} and state in ('waiting', 'taken') limit 1001) l) as left_open`.execute(ctx.db())
  const { rows: promises } = await sql<{ id: string; session_id: string; text: string; due_at: Instant }>`select id, session_id, text, due_at from intake_chat_promise
    where tenant_id = ${ctx.tenantId} and agent_id = ${ctx.actor.id} and done_at is null order by due_at limit 20`.execute(ctx.db())
  const now = ctx.clock.now()
  const row = rows[0] ?? { mine: 0, left_open: 0 }
  return {
    cards: [
      { id: 'intake.chat', title: '在线会话', value: row.mine, link: '/desk/chat' },
      { id: 'intake.left', title: '待处理留言', value: Math.min(row.left_open, 1000), capped: row.left_open > 1000, tone: row.left_open > 0 ? 'near' : 'calm', link: '/desk/chat/left' },
    ],
    todo: promises.map((p) => ({ id: p.id, kind: '承诺答复', title: p.text, link: `/desk/chat?session=${p.session_id}`, dueAt: p.due_at, nearAt: plus(p.due_at, -8 * HOUR), tone: p.due_at <= now ? 'over' : 'ok' })),
  }
}
