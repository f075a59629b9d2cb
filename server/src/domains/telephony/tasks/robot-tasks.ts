// Dial tasks of a robot: dialled by themselves inside the calling hours, so many at a time; the flow asks, the answers come back with the call's end.
import { sql } from 'kysely'
import { z } from 'zod'
import { maskPhone } from '../../../kernel/crypto/index.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId } from '../../../kernel/runtime.ts'
import { instant, MINUTE, plus, SECOND } from '../../../kernel/time/index.ts'
import { readOrderRow } from '../../orders/index.ts'
import { setting } from '../../platform/index.ts'
import { linkCall } from '../calls/link-orders.ts'
import { exchange, order } from '../engine/exchange.ts'
import { toExchange } from '../numbers.ts'
import { robotCalls } from '../settings.ts'
import { db, plainNumber } from '../telephony.queries.ts'
import { endTask, saveTask } from './end-tasks.ts'
import { whyNot } from './place-tasks.ts'
import { inWindow } from './read-tasks.ts'
import { variablesOf } from './robot-answers.ts'

export const ROBOT_NAME = '外呼机器人'

/** Every few seconds: as many tasks as there are free robot calls are claimed, each dialled by a job of its own. */
export async function dialRobots(ctx: Ctx): Promise<void> {
  if (!exchange.port?.connected()) return
  const waiting = await db(ctx).selectFrom('telephony_dial_task').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'waiting').where('robot_flow', 'is not', null).where('due_at', '<=', ts(ctx.clock.now())).limit(1).executeTakeFirst()
  if (!waiting || !(await inWindow(ctx))) return
  const { busy } = await db(ctx).selectFrom('telephony_dial_task').select((eb) => eb.fn.countAll<number>().as('busy')).where('tenant_id', '=', ctx.tenantId).where('robot_flow', 'is not', null).where('state', 'in', ['claimed', 'dialling']).executeTakeFirstOrThrow()
  const free = (await setting(ctx, robotCalls)) - Number(busy)
  if (free <= 0) return
  const { rows } = await sql<{ id: string }>`update telephony_dial_task set state = 'claimed', agent_name = ${ROBOT_NAME}, claimed_until_at = ${ts(plus(ctx.clock.now(), 2 * MINUTE))}, version = version + 1
    where tenant_id = ${ctx.tenantId} and id in (select id from telephony_dial_task where tenant_id = ${ctx.tenantId} and state = 'waiting' and robot_flow is not null and due_at <= ${ts(ctx.clock.now())} order by priority, due_at, id limit ${free} for update skip locked) returning id`.execute(ctx.db())
  for (const { id } of rows) ctx.enqueue(dialRobotTask, { tenantId: ctx.tenantId, id })
}

/** One call of a robot. An exchange or a line that cannot now gives the task back, untouched. */
export const dialRobotTask = defineJob<{ tenantId: string; id: string }>({
  name: 'telephony.dialRobotTask',
  schema: z.object({ tenantId: z.string(), id: z.string() }),
  maxAttempts: 1,
  run: (begin, { tenantId, id }) => begin((ctx) => dialOne(inTenant(ctx, tenantId), id)),
})

async function dialOne(ctx: Ctx, id: string): Promise<void> {
  const row = await db(ctx).selectFrom('telephony_dial_task').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (row?.state !== 'claimed' || row.robot_flow === null) return
  const number = plainNumber(ctx, row.phone_enc)
  const reason = await whyNot(ctx, number)
  if (reason !== null) return endTask(ctx, row, 'skipped', reason)
  const flow = await db(ctx).selectFrom('telephony_flow as f').innerJoin('telephony_flow_version as v', (j) => j.onRef('v.tenant_id', '=', 'f.tenant_id').onRef('v.flow_id', '=', 'f.id').onRef('v.number', '=', 'f.published')).select(['f.id', 'v.published_at']).where('f.tenant_id', '=', ctx.tenantId).where('f.code', '=', row.robot_flow).where('f.use', '=', 'robot').executeTakeFirst()
  if (!flow) return endTask(ctx, row, 'skipped', '语音流程未发布')
  // A flow published a moment ago is still on its way to the exchange.
  const fresh = plus(flow.published_at, MINUTE) > ctx.clock.now()
  const context = { ...variablesOf(row.robot_variables), dialTaskId: row.id, ...(row.order_id ? { orderId: row.order_id } : {}) }
  const data = await order(ctx.tenantId, null, { kind: 'dialFlow', to: toExchange(number), flow: flow.id, displayed: null, context }).catch((error: unknown): Record<string, unknown> => {
    ctx.log.warn({ err: error, task: row.id }, 'a robot call cannot be placed now')
    return {}
  })
  const callId = String(data['callId'] ?? '')
  if (!/^[0-9a-f-]{36}$/.test(callId)) return saveTask(ctx, row.id, { state: 'waiting', agent_name: null, claimed_until_at: null, due_at: ts(plus(ctx.clock.now(), fresh ? 5 * SECOND : MINUTE)) })
  await db(ctx).insertInto('telephony_dial_attempt').values({ tenant_id: ctx.tenantId, id: newId(), task_id: row.id, call_id: callId, at: ts(ctx.clock.now()), agent_id: null, agent_name: ROBOT_NAME }).execute()
  await saveTask(ctx, row.id, { state: 'dialling', claimed_until_at: null })
  if (row.order_id) await linkCall(ctx, { id: callId, started_at: instant(Number.parseInt(callId.replaceAll('-', '').slice(0, 12), 16)) }, { orderId: row.order_id, kind: 'dialled', step: (await readOrderRow(ctx, row.order_id)).state, by: { id: null, name: ROBOT_NAME, unitId: null, unitName: null } })
  ctx.audit({ module: 'telephony', act: 'dialRobotTask', objectType: 'dialTask', objectId: row.id, text: maskPhone(number) })
}
