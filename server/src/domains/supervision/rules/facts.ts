// What rules may ask about an order. Each fact is one SQL expression on `orders_pub_order_view as o`: as it stands now, and, for trying
// a rule on past orders, at its worst in the order's life.
import { sql, type RawBuilder } from 'kysely'
import type { SqlBool } from 'kysely'
import { appealTypeNames, stateNames, urgencyNames } from '../../orders/index.ts'
import { factNames, flagChoices } from './rule-texts.zh-CN.ts'

export type FactKind = 'since' | 'until' | 'count' | 'choice' | 'area' | 'unit' | 'flags' | 'mark'
type Expression = RawBuilder<unknown>
export type Fact = {
  key: string
  name: string
  kind: FactKind
  options?: { value: string; name: string }[]
  /** `now` is the moment the rule looks. */
  live: (now: Expression) => Expression
  past?: (now: Expression) => Expression
  /** A cheap condition that holds wherever the fact does: lets the planner leave most orders out. */
  hint?: (bound: Expression) => RawBuilder<SqlBool>
}

const fact = (key: string, kind: FactKind, live: Fact['live'], more: Pick<Fact, 'past' | 'hint' | 'options'> = {}): Fact => ({ key, name: factNames[key] ?? key, kind, live, ...more })
const column = (key: string, kind: FactKind, name: string, options?: Fact['options']): Fact => fact(key, kind, () => sql.ref(`o.${name}`), options ? { options } : {})
const choices = (names: Record<string, string>): { value: string; name: string }[] => Object.entries(names).map(([value, name]) => ({ value, name }))

const clocks = (what: RawBuilder<unknown>, where: RawBuilder<unknown>): Expression => sql`(select ${what} from orders_pub_clock_view c where c.tenant_id = o.tenant_id and c.order_id = o.id and ${where})`
const assignments = (what: RawBuilder<unknown>, where: RawBuilder<unknown>): Expression => sql`(select ${what} from orders_pub_assignment_view a where a.tenant_id = o.tenant_id and a.order_id = o.id and ${where})`
const urges = (what: RawBuilder<unknown>, where: RawBuilder<unknown>): Expression => sql`(select ${what} from supervision_urge u where u.tenant_id = o.tenant_id and u.order_id = o.id and ${where})`
const tasks = (what: RawBuilder<unknown>, where: RawBuilder<unknown>): Expression => sql`(select ${what} from supervision_task t where t.tenant_id = o.tenant_id and t.order_id = o.id and ${where})`

const deadline = sql`c.kind in ('handling', 'upper', 'ownEarlier')`
const holding = sql`a.state in ('pendingSign', 'handling', 'pendingReport')`
const leaf = sql`not exists (select 1 from orders_pub_assignment_view d where d.tenant_id = a.tenant_id and d.parent_id = a.id and d.state in ('pendingSign', 'handling', 'pendingReport'))`
const early = (bound: Expression): RawBuilder<SqlBool> => sql<SqlBool>`o.next_due_at <= ${bound}`

/** Over its limit, by kinds of clocks; the past counts from the deadline to the moment the clock ended. */
const over = (key: string, kinds: RawBuilder<unknown>): Fact =>
  fact(key, 'since', (now) => clocks(sql`min(c.due_at)`, sql`${kinds} and c.state = 'running' and c.due_at <= ${now}`), {
    past: (now) => clocks(sql`${now} - max(least(coalesce(c.met_at, ${now}), ${now}) - c.due_at)`, sql`${kinds} and c.state in ('running', 'met') and coalesce(c.met_at, ${now}) > c.due_at`),
    hint: early,
  })
const ahead = (key: string, kinds: RawBuilder<unknown>): Fact =>
  fact(key, 'until', (now) => clocks(sql`min(c.due_at)`, sql`${kinds} and c.state = 'running' and c.due_at > ${now}`), {
    past: (now) => clocks(sql`${now} + greatest(min(c.due_at - least(coalesce(c.met_at, ${now}), ${now})), interval '1 second')`, sql`${kinds} and c.state in ('running', 'met')`),
    hint: early,
  })

const lastAct = sql`(select max(t.at) from orders_pub_act_view t where t.tenant_id = o.tenant_id and t.order_id = o.id and t.actor_id is not null)`
const lastResult = (what: RawBuilder<unknown>): Expression => sql`(select ${what} from orders_pub_feedback_view f where f.tenant_id = o.tenant_id and f.order_id = o.id and f.kind = 'result' order by f.submitted_at desc limit 1)`

export const facts: readonly Fact[] = [
  over('overdue', deadline),
  ahead('dueIn', deadline),
  over('stageOverdue', sql`c.kind in ('stage', 'resultReview')`),
  ahead('stageDueIn', sql`c.kind in ('stage', 'resultReview')`),
  over('signOverdue', sql`c.kind = 'sign'`),
  ahead('signDueIn', sql`c.kind = 'sign'`),
  over('upperOverdue', sql`c.kind = 'upper'`),
  ahead('upperDueIn', sql`c.kind = 'upper'`),
  fact('unsigned', 'since', () => assignments(sql`min(a.dispatched_at)`, sql`a.state = 'pendingSign'`), {
    past: (now) => assignments(sql`${now} - max(coalesce(a.signed_at, ${now}) - a.dispatched_at)`, sql`(a.signed_at is not null or a.state = 'pendingSign')`),
  }),
  fact('noContact', 'since', () => assignments(sql`min(a.signed_at)`, sql`a.state = 'handling' and a.role in ('lead', 'parallel') and a.contacted_at is null and a.parent_id is null`), {
    past: (now) => assignments(sql`${now} - max(coalesce(a.contacted_at, a.done_at, ${now}) - a.signed_at)`, sql`a.role in ('lead', 'parallel') and a.parent_id is null and a.signed_at is not null`),
  }),
  fact('stayed', 'since', () => assignments(sql`min(a.dispatched_at)`, sql`${holding} and ${leaf}`), {
    past: (now) => assignments(sql`${now} - max(coalesce(a.done_at, ${now}) - a.dispatched_at)`, sql`a.state in ('pendingSign', 'handling', 'pendingReport', 'done')`),
  }),
  fact('urgeOwed', 'since', () => urges(sql`min(u.created_at)`, sql`u.answered_at is null`), { past: (now) => urges(sql`${now} - max(coalesce(u.answered_at, ${now}) - u.created_at)`, sql`true`) }),
  fact('replyOwed', 'since', () => tasks(sql`min(t.opened_at)`, sql`t.state = 'open' and t.first_reply_at is null`), { past: (now) => tasks(sql`${now} - max(coalesce(t.first_reply_at, t.closed_at, ${now}) - t.opened_at)`, sql`true`) }),
  fact('suspended', 'since', () => sql`(case when 'suspended' = any(o.flags) then ${clocks(sql`greatest(max(c.paused_at), ${lastAct})`, sql`c.state = 'paused'`)} end)`),
  fact('resumed', 'since', () => sql`(select max(t.at) from orders_pub_act_view t where t.tenant_id = o.tenant_id and t.order_id = o.id and t.act = 'resumedWork' and not ('suspended' = any(o.flags))
    and not exists (select 1 from orders_pub_act_view n where n.tenant_id = o.tenant_id and n.order_id = o.id and n.actor_id is not null and n.at > t.at and n.assignment_id is not null))`),
  column('returns', 'count', 'return_count'),
  column('urges', 'count', 'urge_count'),
  fact('complaints', 'count', () => sql`(o.urge_count + o.supplement_count)`),
  fact('redone', 'count', () => sql`(o.round - 1)`),
  fact('dispatches', 'count', () => assignments(sql`count(*)::int`, sql`a.parent_id is null and a.role in ('lead', 'parallel')`)),
  fact('toAndFro', 'count', () => sql`(select coalesce(max(n), 0)::int from (select count(*) as n from orders_pub_assignment_view a where a.tenant_id = o.tenant_id and a.order_id = o.id and a.parent_id is null group by a.unit_id, a.round) w)`),
  fact('replyLength', 'count', () => lastResult(sql`f.result_length`)),
  fact('replyFiles', 'count', () => lastResult(sql`coalesce((select w.files from supervision_file_view w where w.tenant_id = f.tenant_id and w.object_type = 'feedback' and w.object_id = f.id), 0)`)),
  fact('barredUnit', 'mark', () => sql`exists (select 1 from orders_pub_assignment_view a join orders_pub_assignment_view r on r.tenant_id = a.tenant_id and r.order_id = a.order_id and r.unit_id = a.unit_id and r.state = 'returned' and r.dispatched_at < a.dispatched_at
    where a.tenant_id = o.tenant_id and a.order_id = o.id and ${holding})`),
  // Filled in by `matching.ts`: rates come from the module of callbacks.
  fact('unitSatisfaction', 'count', () => sql`null::numeric`),
  column('state', 'choice', 'state', choices(stateNames)),
  column('appealType', 'choice', 'appeal_type', choices(appealTypeNames)),
  column('urgency', 'choice', 'urgency', choices(urgencyNames)),
  column('subjectKind', 'choice', 'subject_kind', [{ value: 'person', name: '个人' }, { value: 'enterprise', name: '企业' }]),
  column('channel', 'choice', 'channel'),
  column('dispatchKind', 'choice', 'dispatch_kind', [{ value: 'own', name: '本级' }, { value: 'direct', name: '直派' }, { value: 'transferred', name: '转派' }]),
  column('matter', 'choice', 'matter_id'),
  column('flags', 'flags', 'flags', flagChoices),
  column('area', 'area', 'area_code'),
  column('unit', 'unit', 'lead_unit_id'),
]

export const factOf = (key: string): Fact | undefined => facts.find((f) => f.key === key)

/** Operators that make sense for a kind of fact. */
export const operatorsOf: Record<FactKind, readonly string[]> = { since: ['>='], until: ['<='], count: ['>=', '<=', '='], choice: ['in', 'notIn'], area: ['in', 'notIn'], unit: ['in', 'notIn'], flags: ['in', 'notIn'], mark: ['='] }
