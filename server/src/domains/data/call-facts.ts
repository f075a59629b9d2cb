// Facts of the telephone: calls and states of agents. They are no part of orders: each is held to its reader by the rights of the telephone.
import { sql, type RawBuilder } from 'kysely'
import { authorize, scopesOf } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { agentStateNames, callsInScope, directionNames, endCauseNames, hungUpNames } from '../telephony/index.ts'
import { choice, flag, number, over, type Fact, type Measure } from './fact.ts'

const whole = (label: string, ms: string): Measure => ({ label, sql: sql`floor(coalesce(${sql.ref(ms)}, 0) / 1000.0)::bigint` })
const held = (ctx: Ctx, tenants: RawBuilder<unknown>, below: boolean): RawBuilder<unknown> => sql`${tenants} in (${sql.join(below ? ctx.actor.tenantIds : [ctx.tenantId])})`
const listKinds = { black: '黑名单', white: '白名单', red: '红名单' }

/** Why a call that came in reached nobody; null for answered ones. */
export const lossCause = sql`case when c.direction <> 'inbound' or c.answered_at is not null or c.end_cause is null then null when c.end_cause in ('engineFailure', 'trunkFailure', 'lostSound') then c.end_cause when c.end_cause = 'overflowed' then 'queueSystem'
  when c.end_cause = 'abandonedInIvr' then 'callerInIvr' when c.end_cause = 'abandonedInQueue' then 'callerInQueue' when c.end_cause = 'abandonedRinging' then 'callerRinging' when c.end_cause in ('noAnswer', 'busy', 'lostSeat') then 'noAgent'
  when c.end_cause in ('intercepted', 'voicemail', 'queueCallback') then c.end_cause else 'selfService' end`
export const lossNames: Record<string, string> = { engineFailure: '话务引擎故障', trunkFailure: '中继故障', lostSound: '声音中断', queueSystem: '排队溢出', callerInIvr: '导航中挂断', callerInQueue: '排队中挂断', callerRinging: '振铃中挂断', noAgent: '座席未接', intercepted: '被拦截', voicemail: '转留言', queueCallback: '转排队回拨', selfService: '自助结束' }
const systemSide = ['engineFailure', 'trunkFailure', 'lostSound', 'overflowed']
const humanSide = ['abandonedInIvr', 'abandonedInQueue', 'abandonedRinging', 'noAnswer', 'busy', 'lostSeat']

export const callFact: Fact = {
  label: '通话', from: () => sql`telephony_pub_call_view as c`, id: sql.ref('c.id'), orderId: sql.ref('c.order_id'), unit: sql.ref('c.unit_id'),
  dates: { started: over('呼叫时间', 'c.started_at'), answered: over('接通时间', 'c.answered_at'), ended: over('结束时间', 'c.ended_at') },
  fields: {
    direction: choice('方向', 'c.direction', directionNames), endCause: choice('结束原因', 'c.end_cause', endCauseNames), hungUpBy: choice('挂机方', 'c.hung_up_by', hungUpNames), callClass: choice('来电等级', 'c.class'), listKind: choice('命中名单', 'c.list_kind', listKinds),
    answered: flag('已接通', () => sql`c.answered_at is not null`), queued: flag('排过队', () => sql`c.queued_at is not null`), finished: flag('已结束', () => sql`c.ended_at is not null`), recorded: flag('有录音', () => sql`c.recorded`), fromOrder: flag('由工单拨出', () => sql`c.order_id is not null`),
    systemLoss: flag('系统原因未接', () => sql`c.answered_at is null and c.end_cause in (${sql.join(systemSide)})`), humanLoss: flag('人为原因未接', () => sql`c.answered_at is null and c.end_cause in (${sql.join(humanSide)})`),
    waitSeconds: number('等待时长（秒）', 'c.wait_seconds'), talkSeconds: number('通话时长（秒）', 'c.talk_seconds'), rating: number('评价', 'c.rating'),
  },
  measures: {
    waitSeconds: whole('等待时长（秒）', 'c.wait_ms'), talkSeconds: whole('通话时长（秒）', 'c.talk_ms'), ringSeconds: { label: '振铃时长（秒）', sql: sql`floor(coalesce(extract(epoch from coalesce(c.answered_at, c.ended_at) - c.ringing_at), 0))::bigint` },
    ratings: { label: '评价分', sql: sql`coalesce(c.rating, 0)` }, concurrent: { label: '同时通话数', sql: sql`coalesce(c.concurrent, 1)` },
  },
  own: {
    scope: (ctx, below) => {
      authorize(ctx, 'telephony.calls')
      return sql`${held(ctx, sql.ref('c.tenant_id'), below)} and ${callsInScope(ctx, 'telephony.calls')}`
    },
    object: 'call', heads: { number: '号码', title: '去向', state: '结果', unit: '座席', from: '呼叫时间', to: '结束时间' }, states: endCauseNames,
    list: sql`c.id, coalesce(c.phone_mask, '隐藏号码') as number, concat_ws(' · ', case c.direction when 'inbound' then '呼入' when 'outbound' then '呼出' else '内部' end, c.called, c.queue_name) as title, coalesce(c.end_cause, c.state) as state, c.agent_name as lead_unit_name, c.started_at as registered_at, c.ended_at as closed_at`,
  },
}

export const seatFact: Fact = {
  label: '座席状态', from: () => sql`telephony_pub_state_view as c`, id: sql.ref('c.id'), orderId: sql`null::uuid`, unit: sql.ref('c.unit_id'),
  dates: { began: over('开始时间', 'c.at') },
  fields: { seatState: choice('座席状态', 'c.state', agentStateNames), longState: number('时长（秒）', 'c.seconds') },
  measures: { seconds: { label: '时长（秒）', sql: sql`coalesce(c.seconds, 0)` } },
  own: {
    scope: (ctx, below) => {
      authorize(ctx, 'telephony.calls')
      const all = scopesOf(ctx, 'telephony.calls').some((s) => s === 'tenant' || s === 'tenantsBelow')
      return sql`${held(ctx, sql.ref('c.tenant_id'), below)}${all ? sql`` : sql` and c.agent_id = ${ctx.actor.id}`}`
    },
    object: 'seat', heads: { number: '座席', title: '原因', state: '状态', unit: '操作人', from: '开始时间', to: '结束时间' }, states: agentStateNames,
    list: sql`c.id, c.agent_name as number, coalesce(c.reason, '–') as title, c.state, c.actor_name as lead_unit_name, c.at as registered_at, c.next_at as closed_at`,
  },
}
