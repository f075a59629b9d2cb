// What is joined to orders in advance: their last callback, requests, assignments, supervision, calls. Each is one row an order; a query
// joins only what it names.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { callsInScope } from '../../telephony/index.ts'
import { requestKindNames } from '../texts.zh-CN.ts'
import type { FieldKind, ModelField } from './model-bases.ts'
import { modelWords } from './models.zh-CN.ts'

/** Read under the reader's own rights: calls are held to those he may see. */
export type Part = (ctx: Ctx) => RawBuilder<unknown>
const joined = (alias: string, of: RawBuilder<unknown>): RawBuilder<unknown> => sql`left join lateral (${of}) as ${sql.ref(alias)} on true`
const lateral = (alias: string, of: RawBuilder<unknown>): Part => () => joined(alias, of)
const mine = (alias: string): RawBuilder<unknown> => sql`${sql.ref(`${alias}.tenant_id`)} = o.tenant_id and ${sql.ref(`${alias}.order_id`)} = o.id`

const kinds = ['return', 'extension', 'suspension', 'withdrawal'] as const

export const orderParts: Readonly<Record<string, Part>> = {
  callback: lateral('pb', sql`select r.contacted, r.solved, r.satisfied, r.attributable, r.at, r.by_kind from callback_pub_result_view r where ${mine('r')} order by r.at desc, r.id desc limit 1`),
  callbacks: lateral('pn', sql`select count(*)::int as n, count(*) filter (where r.satisfied = 'no')::int as bad, count(*) filter (where r.solved = 'no')::int as unsolved from callback_pub_result_view r where ${mine('r')}`),
  requests: lateral('pr', sql`select ${sql.join(kinds.flatMap((kind) => [sql`count(*) filter (where q.kind = ${sql.lit(kind)})::int as ${sql.ref(`${kind}_asked`)}`, sql`count(*) filter (where q.kind = ${sql.lit(kind)} and q.state = 'approved')::int as ${sql.ref(`${kind}_approved`)}`]))}, min(q.created_at) filter (where q.kind = 'return') as first_return, (array_agg(q.reason_class order by q.created_at desc) filter (where q.kind = 'return'))[1] as return_reason from orders_pub_request_view q where ${mine('q')}`),
  assignments: lateral('pa', sql`select count(*)::int as n, count(distinct a.unit_id)::int as units, min(a.signed_at) as first_signed from orders_pub_assignment_view a where ${mine('a')} and a.state <> 'cancelled'`),
  supervision: lateral('ps', sql`select count(*)::int as n, bool_or(t.late) as late from supervision_pub_task_view t where ${mine('t')}`),
  warnings: lateral('pw', sql`select count(*)::int as n, count(*) filter (where w.grade = 'high')::int as high from supervision_pub_warning_view w where ${mine('w')}`),
  calls: (ctx) => joined('pc', sql`select count(*)::int as n, (coalesce(sum(c.talk_ms), 0) / 1000)::int as seconds, (array_agg(c.agent_name order by c.started_at desc))[1] as agent, max(c.started_at) as last from telephony_pub_call_view c where ${mine('c')} and ${callsInScope(ctx, 'telephony.calls')}`),
}

const field = (part: string, key: string, label: string, kind: FieldKind, column: string, more: Partial<ModelField> = {}): ModelField => ({ key: `${part}.${key}`, label, group: modelWords.parts[part] ?? part, kind, part, sql: () => sql.ref(column), ...more })
const three = { choices: modelWords.answers }

export const partFields: readonly ModelField[] = [
  field('callback', 'contacted', '末次回访响应', 'choice', 'pb.contacted', three), field('callback', 'solved', '末次回访解决', 'choice', 'pb.solved', three), field('callback', 'satisfied', '末次回访满意', 'choice', 'pb.satisfied', three), field('callback', 'attributable', '末次回访可归责', 'boolean', 'pb.attributable'), field('callback', 'at', '末次回访时间', 'instant', 'pb.at'),
  field('callbacks', 'count', '回访次数', 'number', 'pn.n'), field('callbacks', 'dissatisfied', '回访不满意次数', 'number', 'pn.bad'), field('callbacks', 'unsolved', '回访未解决次数', 'number', 'pn.unsolved'),
  ...kinds.flatMap((kind) => [field('requests', `${kind}Asked`, `申请${requestKindNames[kind]}次数`, 'number', `pr.${kind}_asked`), field('requests', `${kind}Approved`, `获准${requestKindNames[kind]}次数`, 'number', `pr.${kind}_approved`)]),
  field('requests', 'firstReturn', '首次申请退单时间', 'instant', 'pr.first_return'), field('requests', 'returnReason', '末次退单原因', 'text', 'pr.return_reason'),
  field('assignments', 'count', '派发任务数', 'number', 'pa.n'), field('assignments', 'units', '经办单位数', 'number', 'pa.units'), field('assignments', 'firstSigned', '首次签收时间', 'instant', 'pa.first_signed'),
  field('supervision', 'count', '督办次数', 'number', 'ps.n'), field('supervision', 'late', '督办逾期', 'boolean', 'ps.late'),
  field('warnings', 'count', '预警次数', 'number', 'pw.n'), field('warnings', 'high', '高等级预警次数', 'number', 'pw.high'),
  field('calls', 'count', '关联通话数', 'number', 'pc.n', { needs: 'telephony.calls' }), field('calls', 'seconds', '通话总时长（秒）', 'number', 'pc.seconds', { needs: 'telephony.calls' }), field('calls', 'agent', '末次接话座席', 'text', 'pc.agent', { needs: 'telephony.calls' }), field('calls', 'last', '末次通话时间', 'instant', 'pc.last', { needs: 'telephony.calls' }),
]
