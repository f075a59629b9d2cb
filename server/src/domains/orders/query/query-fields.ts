// What orders may be asked for: every field with its operators and its condition on `order_order as o` (ORD-67, PLA-31).
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { normalisePhone } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, parseIso, plus, type Instant } from '../../../kernel/time/index.ts'
import { nodesUnder } from '../../matters/index.ts'
import { areaPrefix, labelsCountedUnder } from '../../platform/index.ts'
import { markedWith } from '../key-cases/mark-order.ts'
import { hasWords } from '../reading/order-filter.ts'
import { closeKinds, orderStates, urgencies } from '../order.ts'
import { lastFourHash, phoneHash } from '../requesters/contact.ts'

export type FieldKind = 'choice' | 'flags' | 'labels' | 'words' | 'text' | 'number' | 'instant' | 'boolean' | 'area' | 'unit' | 'matter' | 'category' | 'phone' | 'user' | 'form' | 'specialClass'
export type Operator = 'in' | 'notIn' | 'has' | 'hasNot' | 'is' | 'starts' | 'gte' | 'lte' | 'between' | 'lastDays' | 'before' | 'after' | 'empty' | 'filled' | 'contains'
type Build = (ctx: Ctx, op: Operator, value: unknown) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>
export type QueryField = { key: string; label: string; kind: FieldKind; ops: readonly Operator[]; build: Build; /** Names few orders: the search starts from it. */ selective?: boolean; /** Not offered in the query page. */ rulesOnly?: boolean; choices?: readonly string[] }

const strings = z.array(z.string().max(80)).min(1).max(200)
const listed = (value: unknown): string[] => strings.parse(Array.isArray(value) ? value : [value])
const number = (value: unknown): number => z.coerce.number().min(-1e9).max(1e9).parse(value)
const word = (value: unknown): string => z.string().trim().min(1).max(100).parse(value)
const moment = (value: unknown): Instant => parseIso(z.iso.datetime({ offset: true }).parse(value))
const pair = <T>(value: unknown, one: (v: unknown) => T): [T | null, T | null] => {
  const [a, b] = z.tuple([z.unknown(), z.unknown()]).parse(value)
  return [a === null || a === '' ? null : one(a), b === null || b === '' ? null : one(b)]
}
const both = (parts: (RawBuilder<unknown> | null)[]): RawBuilder<unknown> => {
  const given = parts.filter((p): p is RawBuilder<unknown> => p !== null)
  return given.length === 0 ? sql`true` : sql`(${sql.join(given, sql` and `)})`
}

const choice = (key: string, label: string, column: string, choices?: readonly string[]): QueryField => ({
  key, label, kind: 'choice', ops: ['in', 'notIn'], ...(choices ? { choices } : {}),
  build(_ctx, op, value) {
    const values = choices ? z.array(z.enum(choices)).parse(listed(value)) : listed(value)
    return op === 'in' ? sql`${sql.ref(column)} in (${sql.join(values)})` : sql`(${sql.ref(column)} is null or ${sql.ref(column)} not in (${sql.join(values)}))`
  },
})
const numeric = (key: string, label: string, column: RawBuilder<unknown>): QueryField => ({
  key, label, kind: 'number', ops: ['gte', 'lte', 'is', 'between'],
  build(_ctx, op, value) {
    if (op === 'between') {
      const [from, to] = pair(value, number)
      return both([from === null ? null : sql`${column} >= ${from}`, to === null ? null : sql`${column} <= ${to}`])
    }
    return op === 'gte' ? sql`${column} >= ${number(value)}` : op === 'lte' ? sql`${column} <= ${number(value)}` : sql`${column} = ${number(value)}`
  },
})
const time = (key: string, label: string, column: string): QueryField => ({
  key, label, kind: 'instant', ops: ['between', 'lastDays', 'before', 'after', 'empty', 'filled'],
  build(ctx, op, value) {
    const at = sql.ref(column)
    if (op === 'empty') return sql`${at} is null`
    if (op === 'filled') return sql`${at} is not null`
    if (op === 'lastDays') return sql`${at} >= ${ts(plus(ctx.clock.now(), -number(value) * DAY))}`
    if (op === 'before') return sql`${at} < ${ts(moment(value))}`
    if (op === 'after') return sql`${at} >= ${ts(moment(value))}`
    const [from, to] = pair(value, moment)
    return both([from === null ? null : sql`${at} >= ${ts(from)}`, to === null ? null : sql`${at} < ${ts(to)}`])
  },
})
const yes = (key: string, label: string, condition: (ctx: Ctx) => RawBuilder<unknown>): QueryField => ({ key, label, kind: 'boolean', ops: ['is'], build: (ctx, _op, value) => (z.boolean().parse(value) ? condition(ctx) : sql`not coalesce(${condition(ctx)}, false)`) })
const ids = (key: string, label: string, kind: FieldKind, column: string): QueryField => ({
  key, label, kind, ops: ['in', 'notIn', 'empty'],
  build: (_ctx, op, value) => (op === 'empty' ? sql`${sql.ref(column)} is null` : op === 'in' ? sql`${sql.ref(column)} = any(${z.array(z.uuid()).parse(listed(value))}::uuid[])` : sql`(${sql.ref(column)} is null or ${sql.ref(column)} <> all(${z.array(z.uuid()).parse(listed(value))}::uuid[]))`),
})
const text = (key: string, label: string, column: string, selective = false): QueryField => ({
  key, label, kind: 'text', ops: ['is', 'starts', 'empty', 'filled'], ...(selective ? { selective } : {}),
  build: (_ctx, op, value) => (op === 'empty' ? sql`coalesce(${sql.ref(column)}, '') = ''` : op === 'filled' ? sql`coalesce(${sql.ref(column)}, '') <> ''` : op === 'is' ? sql`${sql.ref(column)} = ${word(value)}` : sql`(${sql.ref(column)} >= ${word(value)} and ${sql.ref(column)} < ${`${word(value)}\u{10FFFF}`})`),
})

const list: QueryField[] = [
  choice('state', '状态', 'o.state', orderStates),
  choice('appealType', '诉求类型', 'o.appeal_type'),
  choice('channel', '来源渠道', 'o.channel'),
  choice('urgency', '紧急程度', 'o.urgency', urgencies),
  choice('closeKind', '办结方式', 'o.close_kind', closeKinds),
  choice('dispatchKind', '派发性质', 'o.dispatch_kind', ['own', 'direct', 'transferred']),
  choice('subjectKind', '诉求主体', 'o.subject_kind', ['person', 'enterprise']),
  choice('callbackManner', '回访方式', 'o.callback_manner', ['call', 'sms', 'none']),
  choice('source', '登记来源', 'o.source', ['own', 'upper', 'lower', 'other', 'platform']),
  choice('registrationSource', '首次登记系统', 'o.registration_source'),
  choice('line', '归并线路', 'o.line'),
  { key: 'profile', label: '专项类型', kind: 'choice', ops: ['in', 'notIn'], build: (_ctx, op, value) => sql`${op === 'in' ? sql`` : sql`not `}exists (select 1 from order_profile x where x.tenant_id = o.tenant_id and x.id = o.profile_id and x.code in (${sql.join(listed(value))}))` },
  choice('queue', '分拣队列', 'o.queue'),
  choice('enterpriseGrade', '涉企响应级别', 'o.enterprise_grade'),
  choice('extent', '影响范围', 'o.extent', ['one', 'industry']),
  yes('legalPerson', '法人诉求', () => sql`o.legal_person`),
  {
    key: 'area', label: '区划', kind: 'area', ops: ['in', 'notIn', 'empty'],
    build(_ctx, op, value) {
      if (op === 'empty') return sql`o.area_code is null`
      const parts = listed(value).map((code) => sql`o.area_code like ${`${areaPrefix(z.string().regex(/^\d{2,12}$/).parse(code))}%`}`)
      return op === 'in' ? sql`(${sql.join(parts, sql` or `)})` : sql`(o.area_code is null or not (${sql.join(parts, sql` or `)}))`
    },
  },
  ids('matter', '诉求事项', 'matter', 'o.matter_id'),
  {
    key: 'category', label: '问题分类', kind: 'category', ops: ['in', 'notIn', 'empty'],
    async build(ctx, op, value) {
      if (op === 'empty') return sql`o.category_id is null`
      const chosen = z.array(z.uuid()).parse(listed(value))
      const all = [...new Set([...chosen, ...(await Promise.all(chosen.map((id) => nodesUnder(ctx, id)))).flat()])]
      return op === 'in' ? sql`o.category_id = any(${all}::uuid[])` : sql`(o.category_id is null or o.category_id <> all(${all}::uuid[]))`
    },
  },
  ids('leadUnit', '主办单位', 'unit', 'o.lead_unit_id'),
  {
    key: 'unit', label: '参与单位', kind: 'unit', ops: ['has', 'hasNot'],
    build: (_ctx, op, value) => sql`${op === 'has' ? sql`` : sql`not `}exists (select 1 from order_assignment x where x.tenant_id = o.tenant_id and x.order_id = o.id and x.state <> 'cancelled' and x.unit_id = any(${z.array(z.uuid()).parse(listed(value))}::uuid[]))`,
  },
  { key: 'unitLine', label: '经办单位（含下级）', kind: 'unit', ops: ['has', 'hasNot'], build: (_ctx, op, value) => sql`${op === 'has' ? sql`` : sql`not `}exists (select 1 from order_party x where x.tenant_id = o.tenant_id and x.order_id = o.id and x.unit_id = any(${z.array(z.uuid()).parse(listed(value))}::uuid[]))` },
  ids('registeredBy', '登记人', 'user', 'o.registered_by'),
  time('registeredAt', '登记时间', 'o.registered_at'),
  time('occurredAt', '发生时间', 'o.occurred_at'),
  time('dispatchedAt', '派发时间', 'o.dispatched_at'),
  time('closedAt', '办结时间', 'o.closed_at'),
  time('archivedAt', '归档时间', 'o.archived_at'),
  time('nextDueAt', '最近时限', 'o.next_due_at'),
  yes('overdue', '已超期', (ctx) => sql`(o.next_due_at <= ${ts(ctx.clock.now())})`),
  {
    key: 'openDays', label: '未办结天数', kind: 'number', ops: ['gte', 'lte'],
    build: (ctx, op, value) => sql`(o.state in ('draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback') and o.registered_at ${op === 'gte' ? sql`<=` : sql`>=`} ${ts(plus(ctx.clock.now(), -number(value) * DAY))})`,
  },
  numeric('priority', '优先级', sql`o.priority`),
  numeric('round', '办理轮次', sql`o.round`),
  numeric('urgeCount', '催办次数', sql`o.urge_count`),
  numeric('supplementCount', '追加次数', sql`o.supplement_count`),
  numeric('returnCount', '退回次数', sql`o.return_count`),
  numeric('requesterCount', '诉求人数', sql`o.requester_count`),
  numeric('involvedCount', '涉及人数', sql`coalesce(o.involved_count, 0)`),
  {
    key: 'flags', label: '标记', kind: 'flags', ops: ['has', 'hasNot'],
    build: (_ctx, op, value) => (op === 'has' ? sql`(o.flags <> '{}' and o.flags && ${listed(value)}::text[])` : sql`not (o.flags && ${listed(value)}::text[])`),
  },
  {
    key: 'labels', label: '标签', kind: 'labels', ops: ['has', 'hasNot'],
    async build(ctx, op, value) {
      const counted = [...(await labelsCountedUnder(ctx, z.array(z.uuid()).parse(listed(value)))).values()].flat().map((l) => l.id)
      return sql`${op === 'has' ? sql`` : sql`not `}exists (select 1 from order_label l where l.tenant_id = o.tenant_id and l.order_id = o.id and l.removed_at is null and l.label_id = any(${counted}::uuid[]))`
    },
  },
  { key: 'note', label: '内部备注', kind: 'boolean', ops: ['is'], build: (_ctx, _op, value) => sql`${z.boolean().parse(value) ? sql`` : sql`not `}exists (select 1 from order_note n where n.tenant_id = o.tenant_id and n.order_id = o.id)` },
  {
    key: 'specialClass', label: '专项分类', kind: 'specialClass', ops: ['in', 'notIn', 'empty'],
    async build(ctx, op, value) {
      if (op === 'empty') return sql`o.special_class_id is null`
      const chosen = z.array(z.uuid()).parse(listed(value))
      const all = [...new Set([...chosen, ...(await Promise.all(chosen.map((id) => nodesUnder(ctx, id)))).flat()])]
      return op === 'in' ? sql`o.special_class_id = any(${all}::uuid[])` : sql`(o.special_class_id is null or o.special_class_id <> all(${all}::uuid[]))`
    },
  },
  // For rules on one order at a time, also one that is still a form: no index finds these words among a million rows.
  { key: 'mentions', label: '标题或内容提到', kind: 'text', ops: ['has', 'hasNot'], rulesOnly: true, build: (_ctx, op, value) => sql`${op === 'has' ? sql`` : sql`not `}(position(${word(value)} in concat_ws(' ', o.title, o.content)) > 0)` },
  ...(['topic', 'special'] as const).map((kind): QueryField => ({ key: kind === 'topic' ? 'keyTopic' : 'specialMark', label: kind === 'topic' ? '重点专题' : '上级特殊标记', kind: 'choice', ops: ['in', 'notIn'], build: (_ctx, op, value) => sql`${op === 'in' ? sql`` : sql`not `}${markedWith(kind, z.array(z.uuid()).parse(listed(value)))}` })),
  yes('confidential', '保密', () => sql`o.confidential`),
  yes('anonymous', '匿名', () => sql`o.anonymous`),
  yes('hasPoint', '有地图点位', () => sql`(o.lon is not null)`),
  yes('callbackWanted', '需要回访', () => sql`o.callback_wanted`),
  { key: 'words', label: '标题、内容、地点中的词', kind: 'words', ops: ['has', 'hasNot'], build: async (ctx, op, value) => (op === 'has' ? hasWords(ctx, word(value)) : sql`not (${await hasWords(ctx, word(value))})`), selective: true },
  text('number', '工单号', 'o.number', true),
  text('upperNumber', '上级编号', 'o.upper_number'),
  text('enterpriseName', '企业名称', 'o.enterprise_name'),
  text('enterpriseCode', '信用代码', 'o.enterprise_code'),
  text('requesterName', '诉求人姓名', 'o.requester_name', true),
  {
    key: 'phone', label: '联系电话', kind: 'phone', ops: ['is'], selective: true,
    build(ctx, _op, value) {
      const typed = word(value)
      return /^\d{4}$/.test(typed) ? sql`o.contact_last4_hash = ${lastFourHash(ctx, typed)}` : sql`o.contact_phone_hash = ${phoneHash(ctx, normalisePhone(typed))}`
    },
  },
]

export const queryFields: ReadonlyMap<string, QueryField> = new Map(list.map((f) => [f.key, f]))

/** Fields of bound forms, of merged lines' and of case profiles': `form.<key>`; values are compared as text, several of a multiple choice by containment. */
export const formField = (key: string): QueryField => ({
  key: `form.${key}`, label: key, kind: 'form', ops: ['is', 'in', 'contains', 'gte', 'lte', 'empty', 'filled'],
  build(_ctx, op, value) {
    const held = sql`coalesce(o.form_data ->> ${key}, o.profile_data ->> ${key}, o.line_data ->> ${key})`
    const whole = sql`coalesce(o.form_data -> ${key}, o.profile_data -> ${key}, o.line_data -> ${key})`
    if (op === 'empty') return sql`coalesce(${held}, '') = ''`
    if (op === 'filled') return sql`coalesce(${held}, '') <> ''`
    if (op === 'in') return sql`(${held} in (${sql.join(listed(value))}) or jsonb_exists_any(case when jsonb_typeof(${whole}) = 'array' then ${whole} else '[]'::jsonb end, ${listed(value)}::text[]))`
    if (op === 'contains') return sql`position(${word(value)} in ${held}) > 0`
    if (op === 'gte' || op === 'lte') return sql`(case when ${held} ~ '^-?[0-9]+(\.[0-9]+)?$' then ${held}::numeric ${op === 'gte' ? sql`>=` : sql`<=`} ${number(value)} else false end)`
    return sql`${held} = ${z.coerce.string().parse(value)}`
  },
})

export function fieldOf(key: string): QueryField | null {
  if (key.startsWith('form.')) return formField(key.slice(5))
  return queryFields.get(key) ?? null
}
