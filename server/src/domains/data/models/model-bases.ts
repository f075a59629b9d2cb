// What models are made of: every fact with its fields, dates, measures and dimensions, and for orders what is joined to them in advance,
// one row an order each, so that nothing is counted twice. The registry is all a model can name.
import { sql, type RawBuilder } from 'kysely'
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type ConditionOperator } from '../../orders/index.ts'
import { callDimensions } from '../call-dimensions.ts'
import { applies, dimensions, type Dimension } from '../dimensions.ts'
import { facts } from '../fact-catalogue.ts'
import { liveOrders, type Fact, type Range } from '../facts.ts'
import { noSpecialDays } from '../special-days.ts'
import { orderParts, partFields, type Part } from './order-parts.ts'
import { modelWords } from './models.zh-CN.ts'

export type FieldKind = 'text' | 'number' | 'instant' | 'choice' | 'boolean' | 'words' | 'area' | 'unit' | 'matter' | 'category'
export type ModelField = {
  key: string; label: string; group: string; kind: FieldKind; sql: (range: Range, timeZone: string) => RawBuilder<unknown>
  choices?: Readonly<Record<string, string>>; /** Names of what is kept as a key. */ names?: Dimension['names']
  /** Only in conditions, or only in columns and groups. */
  only?: 'where' | 'shown'
  /** In the order of time. */
  sorted?: true
  /** The right to see it; without it the field is not offered, and refused if named. */
  needs?: string
  part?: string
}
export type Base = { key: string; label: string; fact: Fact; object: 'order' | 'call' | 'seat'; needs: string; from: RawBuilder<unknown>; parts: Readonly<Record<string, Part>>; fields: ReadonlyMap<string, ModelField> }

export const opsOf: Record<FieldKind, readonly ConditionOperator[]> = {
  text: ['contains', 'is', 'empty', 'filled'], number: ['gte', 'lte', 'is', 'between', 'empty', 'filled'], instant: ['between', 'lastDays', 'before', 'after', 'empty', 'filled'], choice: ['in', 'notIn', 'empty', 'filled'], boolean: ['is'], words: ['has', 'hasNot'],
  area: ['in', 'notIn', 'empty'], unit: ['in', 'notIn', 'empty', 'filled'], matter: ['in', 'notIn', 'empty', 'filled'], category: ['in', 'notIn', 'empty', 'filled'],
}

const trees: Readonly<Record<string, FieldKind>> = { unit: 'unit', matter: 'matter', category: 'category' }
const w = modelWords.groups

function dimensionFields(fact: Fact): ModelField[] {
  const own = fact.own ? callDimensions : dimensions
  return own.filter((d) => applies(d, fact) && d.group !== 'time' && d.group !== 'slot' && (d.group !== 'own' || fact.places?.[d.key])).map((d): ModelField => {
    const field = fact.fields[d.key]
    const choices = field?.choices ?? (modelWords.choices as Record<string, Readonly<Record<string, string>>>)[d.key]
    const number = field?.kind === 'number'
    return { key: d.key, label: d.label, group: w.class, kind: trees[d.key] ?? (number ? 'number' : 'choice'), names: d.names, ...(choices && !number ? { choices } : {}), ...(!trees[d.key] && !choices && !number ? { only: 'shown' as const } : {}), sql: (_range, timeZone) => (number ? field.sql(_range) : d.sql({ fact, date: null, timeZone, days: noSpecialDays })) }
  })
}

function fieldsOf(key: string, fact: Fact): Map<string, ModelField> {
  const all: ModelField[] = dimensionFields(fact)
  const text = (name: string, label: string, of: RawBuilder<unknown>): ModelField => ({ key: name, label, group: w.text, kind: 'text', sql: () => of })
  if (fact.own?.object === 'call') all.push(text('phone', modelWords.phone, sql`c.phone_mask`), text('agentName', modelWords.agentName, sql`c.agent_name`), text('queueName', modelWords.queueName, sql`c.queue_name`))
  else if (fact.own) all.push(text('agentName', modelWords.agentName, sql`c.agent_name`))
  else {
    all.unshift(text('number', modelWords.number, sql.ref('o.number')), text('title', modelWords.title, sql.ref('o.title')), { key: 'words', label: modelWords.words, group: w.text, kind: 'words', only: 'where', sql: () => sql`null` }, { key: 'area', label: modelWords.area, group: w.class, kind: 'area', only: 'where', sql: () => sql.ref('o.area_code') })
    all.push({ key: 'confidential', label: modelWords.confidential, group: w.mark, kind: 'boolean', needs: 'orders.readConfidential', sql: () => sql.ref('o.confidential') })
  }
  const has = new Set(all.map((f) => f.key))
  for (const [name, field] of Object.entries(fact.fields)) if (!has.has(name)) all.push({ key: name, label: field.label, group: field.kind === 'flag' ? w.mark : field.kind === 'number' ? w.number : w.class, kind: field.kind === 'flag' ? 'boolean' : field.kind, sql: field.sql, ...(field.choices ? { choices: field.choices } : {}), ...(field.kind === 'choice' && !field.choices ? { only: 'shown' as const } : {}) })
  const dates = { ...(key === 'order' || fact.own ? {} : { orderRegistered: { label: modelWords.orderRegistered, column: sql.ref('o.registered_at') }, orderClosed: { label: modelWords.orderClosed, column: sql.ref('o.closed_at') } }), ...fact.dates }
  for (const [name, { label, column }] of Object.entries(dates)) {
    if (!column) continue
    const head = name === 'assessed' ? name : `${name}At`
    all.push({ key: head, label, group: w.time, kind: 'instant', sql: () => column })
    for (const d of dimensions.filter((one) => one.group === 'time')) all.push({ key: `${head}.${d.key}`, label: `${label} · ${d.label}`, group: w.byTime, kind: 'text', only: 'shown', sorted: true, sql: (_range, timeZone) => d.sql({ fact, date: column, timeZone, days: noSpecialDays }) })
  }
  for (const [name, m] of Object.entries(fact.measures)) if (!all.some((f) => f.label === m.label)) all.push({ key: name, label: m.label, group: w.number, kind: 'number', sql: () => m.sql })
  if (key === 'order') all.push(...partFields)
  return new Map(all.map((f) => [f.key, f]))
}

export const bases: ReadonlyMap<string, Base> = new Map(Object.entries(facts).filter(([key]) => key !== 'external').map(([key, fact]) => [key, {
  key, label: fact.label, fact, object: fact.own?.object ?? 'order', needs: fact.own ? 'telephony.calls' : 'orders.read', from: fact.from(liveOrders), parts: key === 'order' ? orderParts : {}, fields: fieldsOf(key, fact),
}]))

/** What this reader may name. */
export const offered = (ctx: Ctx, base: Base): ModelField[] => [...base.fields.values()].filter((f) => !f.needs || can(ctx, f.needs))
