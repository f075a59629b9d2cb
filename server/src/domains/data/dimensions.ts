// What figures may be grouped and filtered by. Every row has a place: what has no value stands under 未知, so that parts add up to the total.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { mattersByIds, schemeNodeById } from '../matters/index.ts'
import { appealTypeNames, channelNames, clockNames, closeKindNames, stateNames, urgencyNames } from '../orders/index.ts'
import { areaNames, tenantById, unitsByIds } from '../platform/index.ts'
import { bandDimension, bandDimensions } from './bands.ts'
import { callDimensions, labelDimension } from './call-dimensions.ts'
import type { Fact } from './facts.ts'
import type { SpecialDays } from './special-days.ts'
import { dispatchKindNames, gradeNames, requestKindNames, slotNames, dayKindNames, subjectKindNames, supervisionSourceNames, warningSourceNames, weekdayNames } from './texts.zh-CN.ts'

export type Place = { fact: Fact; /** The column of the period's date; null where there is none. */ date: RawBuilder<unknown> | null; timeZone: string; days: SpecialDays }
export type Dimension = {
  key: string
  label: string
  group: 'time' | 'place' | 'unit' | 'matter' | 'source' | 'course' | 'call' | 'slot' | 'own'
  /** Of facts that are no part of orders; without it: of orders (times: of everything). */
  own?: readonly ('call' | 'seat')[]
  sql: (place: Place) => RawBuilder<unknown>
  names: (ctx: Ctx, keys: string[]) => Promise<ReadonlyMap<string, string>>
  /** In this order rather than by size. */
  sorted?: true
  /** Of a time: how a day or moment of the tenant's zone is written as its key. */
  text?: (local: RawBuilder<unknown>) => RawBuilder<unknown>
}

const asIs = async (_ctx: Ctx, keys: string[]): Promise<Map<string, string>> => new Map(keys.map((key) => [key, key]))
const from = (names: Readonly<Record<string, string>>) => async (_ctx: Ctx, keys: string[]): Promise<Map<string, string>> => new Map(keys.map((key) => [key, names[key] ?? key]))
const written = (format: string) => (local: RawBuilder<unknown>): RawBuilder<unknown> => sql`to_char(${local}, ${sql.lit(format)})`
const time = (key: string, label: string, text: NonNullable<Dimension['text']>): Dimension => ({ key, label, group: 'time', sorted: true, text, names: asIs, sql: ({ date, timeZone }) => (date ? text(sql`${date} at time zone ${timeZone}`) : sql`null::text`) })
const halfYear = (local: RawBuilder<unknown>): RawBuilder<unknown> => sql`concat(to_char(${local}, 'YYYY'), case when extract(month from ${local}) <= 6 then '-H1' else '-H2' end)`
const column = (key: string, label: string, group: Dimension['group'], name: string, names: Dimension['names'] = asIs): Dimension => ({ key, label, group, sql: () => sql`${sql.ref(name)}::text`, names })
/** A part of the day or week: not a course of time, so neither gaps nor definitions by day. */
const slot = (key: string, label: string, of: (local: RawBuilder<unknown>, days: SpecialDays) => RawBuilder<unknown>, names: Dimension['names']): Dimension => ({ key, label, group: 'slot', sorted: true, names, sql: ({ date, timeZone, days }) => (date ? of(sql`${date} at time zone ${timeZone}`, days) : sql`null::text`) })
const dayOf = (local: RawBuilder<unknown>): RawBuilder<unknown> => sql`to_char(${local}, 'YYYY-MM-DD')`
/** Days off and made-up working days are told by the tenant's calendar; without one of them weekends are off. */
const dayKind = (local: RawBuilder<unknown>, { off, work }: SpecialDays): RawBuilder<unknown> => sql`case ${off.length > 0 ? sql`when ${dayOf(local)} in (${sql.join(off)}) then 'off'` : sql``} ${work.length > 0 ? sql`when ${dayOf(local)} in (${sql.join(work)}) then 'work'` : sql``} when to_char(${local}, 'ID') in ('6', '7') then 'off' else 'work' end`
const inPeriod = (local: RawBuilder<unknown>, { periods }: SpecialDays): RawBuilder<unknown> => (periods.length === 0 ? sql`null::text` : sql`case ${sql.join(periods.map((p) => sql`when ${dayOf(local)} between ${p.from} and ${p.to} then ${p.name}`), sql` `)} end`)
/** Of one kind of fact only; the others stand under 未知. */
const part = (key: string, label: string, names: Dimension['names'] = asIs): Dimension => ({ key, label, group: 'own', names, sql: ({ fact }) => sql`${fact.places?.[key] ?? sql`null`}::text` })
/** GB/T 2260: six digits to the county, three more for street and community each; a prefecture's own code ends in 00 and names no county. */
const area = (key: string, label: string, digits: number): Dimension => ({
  key, label, group: 'place', names: namesBelow,
  sql: () => sql`case when length(o.area_code) >= ${sql.lit(digits)} and substr(o.area_code, 5, 2) <> '00' then left(o.area_code, ${sql.lit(digits)}) end`,
})
/** Areas below the tenant's own go without its name before theirs. */
async function namesBelow(ctx: Ctx, keys: string[]): Promise<Map<string, string>> {
  const own = (await tenantById(ctx, ctx.tenantId)).areaCode
  const names = await areaNames(ctx, [...keys, own])
  const head = names.get(own) ?? ''
  return new Map(keys.map((key) => { const name = names.get(key) ?? key; return [key, name !== head && name.startsWith(head) ? name.slice(head.length) : name] }))
}
async function categoryNames(ctx: Ctx, keys: string[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(keys.map(async (key) => [key, (await schemeNodeById(ctx, key))?.name ?? key] as const)))
}
async function unitNames(ctx: Ctx, keys: string[]): Promise<Map<string, string>> {
  return new Map([...(await unitsByIds(ctx, keys))].map(([id, unit]) => [id, unit.name]))
}
async function matterNames(ctx: Ctx, keys: string[]): Promise<Map<string, string>> {
  return new Map([...(await mattersByIds(ctx, keys))].map(([id, matter]) => [id, matter.name]))
}

/** Confirmed events only: a figure by event lists no draft. */
async function eventNames(ctx: Ctx, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ id: string; title: string }>`select distinct event_id::text as id, title from analytics_pub_hot_order_view where tenant_id in (${sql.join(ctx.actor.tenantIds)}) and event_id::text in (${sql.join(keys)})`.execute(ctx.acrossTenants('events of the tenants the reader reads'))
  return new Map(rows.map((row) => [row.id, row.title]))
}

export const dimensions: readonly Dimension[] = [
  time('year', '年', written('YYYY')), time('halfYear', '半年', halfYear), time('quarter', '季度', written('YYYY"-Q"Q')), time('month', '月', written('YYYY-MM')), time('week', '周', written('IYYY"-W"IW')), time('day', '日', written('YYYY-MM-DD')), time('hour', '时段', written('HH24')),
  area('county', '区县', 6), area('street', '街镇', 9), area('community', '社区村', 12),
  { key: 'unit', label: '办理单位', group: 'unit', sql: ({ fact }) => sql`${fact.unit}::text`, names: unitNames },
  column('appealType', '诉求类型', 'matter', 'o.appeal_type', from(appealTypeNames)), column('category', '诉求分类', 'matter', 'o.category_id', categoryNames), column('matter', '事项', 'matter', 'o.matter_id', matterNames),
  column('channel', '受理渠道', 'source', 'o.channel', from(channelNames)), column('dispatchKind', '派发性质', 'source', 'o.dispatch_kind', from(dispatchKindNames)), column('subjectKind', '诉求主体', 'source', 'o.subject_kind', from(subjectKindNames)),
  column('state', '状态', 'course', 'o.state', from(stateNames)), column('urgency', '紧急程度', 'course', 'o.urgency', from(urgencyNames)), column('round', '办理轮次', 'course', 'o.round'),
  column('industry', '行业', 'matter', 'o.industry_id', categoryNames), column('registrationSource', '登记来源', 'source', 'o.registration_source'), column('closeKind', '办结方式', 'course', 'o.close_kind', from(closeKindNames)),
  slot('timeSlot', '时间段', (local) => sql`lpad((floor(extract(hour from ${local}) / 4) * 4)::int::text, 2, '0')`, from(slotNames)), slot('weekday', '星期', (local) => sql`to_char(${local}, 'ID')`, from(weekdayNames)), slot('dayKind', '工作日', dayKind, from(dayKindNames)), slot('specialPeriod', '专门时期', inPeriod, asIs),
  part('requestKind', '申请种类', from(requestKindNames)), part('reasonClass', '原因'), part('stageKind', '环节', from(clockNames)), part('riskGrade', '预警等级', from(gradeNames)), part('warningSource', '预警来源', from(warningSourceNames)), part('warningRule', '预警规则'), part('supervisionSource', '督办来源', from(supervisionSourceNames)),
  part('hotEvent', '热点事件', eventNames),
  ...bandDimensions,
]

export const dimensionOf = (key: string): Dimension | undefined => dimensions.find((d) => d.key === key) ?? callDimensions.find((d) => d.key === key) ?? labelDimension(key) ?? bandDimension(key)
export const applies = (d: Dimension, { own }: Fact): boolean => d.group === 'time' || (own ? (d.own?.includes(own.object) ?? false) : !d.own)
export const UNKNOWN = '未知'
