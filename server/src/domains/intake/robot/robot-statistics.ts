// How dialogues end, and what the robot had no answer to.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { rate } from '../statistics/suppress.ts'
import { turnsOf, type DialogueRow, type Outcome } from './dialogue.ts'
import type * as contract from './robot-contract.ts'
import { outcomeNames, robotTexts } from './robot.zh-CN.ts'

export async function robotStatistics(ctx: Ctx, input: Input<typeof contract.robotStatistics>): Promise<Output<typeof contract.robotStatistics>> {
  authorize(ctx, 'intake.robot')
  const now = ctx.clock.now()
  const [from, until] = [ts(input.from ?? plus(now, -30 * DAY)), ts(input.until ?? now)]
  const { rows } = await sql<{ outcome: Outcome; n: number; turns: number }>`select outcome, count(*)::int as n, coalesce(sum(last_seq / 2), 0)::int as turns from intake_robot_dialogue
    where tenant_id = ${ctx.tenantId} and started_at >= ${from} and started_at <= ${until} group by outcome`.execute(ctx.db())
  const missed = await sql<{ text: string; count: number }>`select asked.text, count(*)::int as count from intake_robot_turn said join intake_robot_turn asked on asked.tenant_id = said.tenant_id and asked.dialogue_id = said.dialogue_id and asked.seq = said.seq - 1
    where said.tenant_id = ${ctx.tenantId} and said.author = 'robot' and said.created_at >= ${from} and said.created_at <= ${until} and (starts_with(said.text, ${robotTexts.unknown}) or starts_with(said.text, ${robotTexts.unknownAgain}))
    group by asked.text order by count desc, asked.text limit 20`.execute(ctx.db())
  const dialogues = rows.reduce((sum, row) => sum + row.n, 0)
  const withoutOrder = dialogues - (rows.find((row) => row.outcome === 'order')?.n ?? 0)
  return {
    dialogues, turns: rows.reduce((sum, row) => sum + row.turns, 0), outcomes: (Object.keys(outcomeNames) as Outcome[]).map((outcome) => ({ outcome, name: outcomeNames[outcome], count: rows.find((row) => row.outcome === outcome)?.n ?? 0 })),
    withoutOrder, withoutOrderRate: rate(withoutOrder, dialogues, 1), missed: missed.rows,
  }
}

export async function listDialogues(ctx: Ctx, input: Input<typeof contract.listRobotDialogues>): Promise<Output<typeof contract.listRobotDialogues>> {
  authorize(ctx, 'intake.robot')
  let query = db(ctx).selectFrom('intake_robot_dialogue').where('tenant_id', '=', ctx.tenantId)
  if (input.outcome) query = query.where('outcome', '=', input.outcome)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'started_at', 'id')).orderBy('started_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.started_at)
  return { items: await Promise.all(page.items.map((row) => lineOf(ctx, row))), next: page.next, count: await boundCount(ctx, query) }
}

async function lineOf(ctx: Ctx, row: DialogueRow): Promise<Output<typeof contract.listRobotDialogues>['items'][number]> {
  const first = await db(ctx).selectFrom('intake_robot_turn').select('text').where('tenant_id', '=', ctx.tenantId).where('dialogue_id', '=', row.id).where('seq', '=', 1).executeTakeFirst()
  const order = row.order_id ? await ctx.db().selectFrom('order_view').select('number').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.order_id).executeTakeFirst() : undefined
  return { id: row.id, startedAt: row.started_at, turns: row.last_seq / 2, outcome: row.outcome, outcomeName: outcomeNames[row.outcome as Outcome], first: first?.text ?? '', orderNumber: order?.number ?? null }
}

export async function readDialogue(ctx: Ctx, input: Input<typeof contract.readRobotDialogue>): Promise<Output<typeof contract.readRobotDialogue>> {
  authorize(ctx, 'intake.robot')
  const row = await db(ctx).selectFrom('intake_robot_dialogue').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return { id: row.id, turns: await turnsOf(ctx, row.id) }
}
