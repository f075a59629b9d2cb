// What a fact is: one row a thing, joined with its order as `o`, so that every figure is filtered by the reader's scope before it is counted.
// Dates are what a period may be laid on; fields are what an indicator may filter by; measures are what may be summed.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { toIso } from '../../kernel/time/index.ts'
import { appealTypeNames, stateNames, urgencyNames } from '../orders/index.ts'

/** From inclusive, before exclusive; `now` for what is counted as it stands. */
export type Range = { from: Instant; before: Instant; now: Instant }
export type DateBase = { label: string; /** The column that time is grouped by; null: counted at the end of the period, not over it. */ column: RawBuilder<unknown> | null; within: (range: Range) => RawBuilder<unknown> }
export type Field = { label: string; kind: 'choice' | 'number' | 'flag'; sql: (range: Range) => RawBuilder<unknown>; choices?: Record<string, string>; /** Changes with the hour although nothing happens: cannot be summed ahead. */ moving?: true }
export type Measure = { label: string; sql: RawBuilder<unknown> }
/** A fact that is no part of orders: how its rows are held to the reader (refusing who may see none), and how they are listed: columns id, number, title, state, lead_unit_name, registered_at, closed_at. */
export type Own = { scope: (ctx: Ctx, below: boolean) => RawBuilder<unknown>; object: 'call' | 'seat'; heads: Record<'number' | 'title' | 'state' | 'unit' | 'from' | 'to', string>; states: Readonly<Record<string, string>>; list: RawBuilder<unknown> }
/** `from` takes where orders are read (the orders themselves, the narrow rows kept of them, or files), and for files where the fact's own rows are. `orderId` is the order's id in the fact's own table. */
export type Fact = {
  label: string; from: (orders: RawBuilder<unknown>, own?: RawBuilder<unknown>) => RawBuilder<unknown>; id: RawBuilder<unknown>; orderId: RawBuilder<unknown>; unit: RawBuilder<unknown>; dates: Record<string, DateBase>; fields: Record<string, Field>; measures: Record<string, Measure>
  own?: Own
  /** Columns of dimensions that only this fact has: the reason of a request, the grade of a warning. */
  places?: Record<string, RawBuilder<unknown>>
  /** Never summed ahead: its rows are few, or change without their order. */
  apart?: true
}

export const at = (instant: Instant): RawBuilder<unknown> => sql`${toIso(instant)}::timestamptz`
export const overSql = (label: string, column: RawBuilder<unknown>): DateBase => ({ label, column, within: ({ from, before }) => sql`${column} >= ${at(from)} and ${column} < ${at(before)}` })
export const over = (label: string, column: string): DateBase => overSql(label, sql.ref(column))
export const choice = (label: string, name: string, choices?: Record<string, string>): Field => ({ label, kind: 'choice', sql: () => sql.ref(name), ...(choices ? { choices } : {}) })
export const number = (label: string, name: string): Field => ({ label, kind: 'number', sql: () => sql.ref(name) })
export const flag = (label: string, of: (range: Range) => RawBuilder<unknown>): Field => ({ label, kind: 'flag', sql: of })
export const seconds = (label: string, from: string, to: string): Measure => ({ label, sql: sql`floor(extract(epoch from ${sql.ref(to)} - ${sql.ref(from)}))::bigint` })

export const ofOrder: Record<string, Field> = {
  state: choice('状态', 'o.state', stateNames),
  closeKind: choice('办结方式', 'o.close_kind'),
  appealType: choice('诉求类型', 'o.appeal_type', appealTypeNames), urgency: choice('紧急程度', 'o.urgency', urgencyNames), channel: choice('受理渠道', 'o.channel'), dispatchKind: choice('派发性质', 'o.dispatch_kind'), subjectKind: choice('诉求主体', 'o.subject_kind'),
  round: number('办理轮次', 'o.round'), returnCount: number('退单次数', 'o.return_count'), urgeCount: number('催办次数', 'o.urge_count'), supplementCount: number('补充次数', 'o.supplement_count'), involved: number('涉及人数', 'o.involved_count'),
  overdue: { ...flag('已超期', ({ now, before }) => sql`coalesce(o.next_due_at < least(${at(now)}, ${at(before)}), false)`), moving: true },
}
