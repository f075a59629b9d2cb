// Sign-ins and states of agents as the exchange tells them.
import type { Ctx } from '../../../kernel/ctx.ts'
import { json } from '../../../kernel/db/connect.ts'
import { newId } from '../../../kernel/runtime.ts'
import { userById } from '../../platform/index.ts'
import { agentName, at } from '../calls/call-rows.ts'
import type { Projections } from '../engine/project.ts'
import { uuidOrNull } from '../engine/store-events.ts'
import { db } from '../telephony.queries.ts'
import { agentStateNames } from '../texts.zh-CN.ts'

const extensionOf = async (ctx: Ctx, userId: string): Promise<string> => (await db(ctx).selectFrom('telephony_extension').select('extension').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId).where('enabled', '=', true).executeTakeFirst())?.extension ?? ''
const uuids = (list: string[]): string[] => list.flatMap((one) => uuidOrNull(one) ?? [])

export const agentProjections: Projections = {
  async agentSignedIn(ctx, event) {
    const userId = uuidOrNull(event.data.agent)
    if (!userId) return
    const user = await userById(ctx, userId)
    await db(ctx).updateTable('telephony_session').set({ signed_out_at: at(event.at), end_cause: 'replaced' }).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId).where('signed_out_at', 'is', null).execute()
    await db(ctx).insertInto('telephony_session').values({ tenant_id: ctx.tenantId, id: uuidOrNull(event.data.sessionId) ?? newId(), user_id: userId, user_name: user.name, unit_id: user.unitId, extension: await extensionOf(ctx, userId), queue_ids: uuids(event.data.queues), auto_answer: false, signed_in_at: at(event.at), remote: event.data.remote }).execute()
    await keepAgent(ctx, userId, { session_id: uuidOrNull(event.data.sessionId), queue_ids: uuids(event.data.queues), extension: await extensionOf(ctx, userId) }, event.at)
    signalAgents(ctx, userId)
  },
  async agentSignedOut(ctx, event) {
    const userId = uuidOrNull(event.data.agent)
    if (!userId) return
    await db(ctx).updateTable('telephony_session').set({ signed_out_at: at(event.at), end_cause: event.data.reason, ended_by_name: event.data.by ? await agentName(ctx, event.data.by) : null, sheet: json({ calls: event.data.calls, talkMs: event.data.talkMs }) })
      .where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId).where('signed_out_at', 'is', null).execute()
    await keepAgent(ctx, userId, { state: 'signedOut', session_id: null, call_id: null, since_at: at(event.at) }, event.at)
    signalAgents(ctx, userId)
  },
  async agentState(ctx, event) {
    const userId = uuidOrNull(event.data.agent)
    if (!userId) return
    const d = event.data
    const by = d.by ? await agentName(ctx, d.by) : d.by === null ? '系统' : d.by
    await db(ctx).insertInto('telephony_state').values({ tenant_id: ctx.tenantId, id: newId(), user_id: userId, session_id: uuidOrNull(d.sessionId), at: at(event.at), until_at: d.until === null ? null : at(d.until), state: d.state, reason: d.reason, cause: `${agentStateNames[d.was] ?? d.was} → ${agentStateNames[d.state] ?? d.state}`, actor_name: by, call_id: uuidOrNull(d.call) }).execute()
    await keepAgent(ctx, userId, { state: d.state, reason: d.reason, since_at: at(event.at), until_at: d.until === null ? null : at(d.until), call_id: uuidOrNull(d.call) }, event.at)
    signalAgents(ctx, userId)
  },
  async agentQueues(ctx, event) {
    const userId = uuidOrNull(event.data.agent)
    if (!userId) return
    await db(ctx).updateTable('telephony_session').set({ queue_ids: uuids(event.data.queues) }).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId).where('signed_out_at', 'is', null).execute()
    await keepAgent(ctx, userId, { queue_ids: uuids(event.data.queues) }, event.at)
    signalAgents(ctx, userId)
  },
}

async function keepAgent(ctx: Ctx, userId: string, change: Record<string, unknown>, when: number): Promise<void> {
  const user = await userById(ctx, userId)
  await db(ctx).insertInto('telephony_agent').values({ tenant_id: ctx.tenantId, user_id: userId, user_name: user.name, unit_id: user.unitId, state: 'busy', since_at: at(when), ...change }).onConflict((c) => c.columns(['tenant_id', 'user_id']).doUpdateSet({ user_name: user.name, unit_id: user.unitId, ...change })).execute()
}

function signalAgents(ctx: Ctx, userId: string): void {
  ctx.signal('telephony.agents')
  ctx.signal('telephony.agent', userId)
}
