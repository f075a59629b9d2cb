// A query model: which rows, under which conditions, shown as which fields or counted by which groups. A definition, never SQL.
import { z } from 'zod'
import type { LocalDate } from '../../../kernel/time/index.ts'
import { conditions } from '../../orders/index.ts'
import { rangeOn } from './relative-range.ts'

const key = z.string().regex(/^[A-Za-z][\w.]{0,79}$/)

/** What a reader is asked before the query runs (ANA-41). */
export const controlKinds = ['text', 'number', 'dateRange', 'select', 'multiSelect', 'tree'] as const
export const control = z.strictObject({
  field: key, kind: z.enum(controlKinds), name: z.string().trim().max(20).describe('Empty: the field’s own'),
  enabled: z.boolean().default(true).describe('False: not asked, no condition'), visible: z.boolean().default(true).describe('False: its value holds and cannot be changed'),
  mayBeEmpty: z.boolean().default(true), message: z.string().trim().max(60).default('').describe('Said when it is empty and may not be'), placeholder: z.string().trim().max(40).default(''),
  value: z.unknown().optional().describe('Where the reader gives none; of days also a range named by today, such as lastMonth'),
})
export type Control = z.output<typeof control>

export const aggregates = ['count', 'orders', 'sum', 'avg', 'min', 'max'] as const
export const measure = z.strictObject({ how: z.enum(aggregates).describe('count: rows; orders: different orders; the others of a number'), field: key.optional() })
export type Measure = z.output<typeof measure>

export const looks = ['list', 'table', 'bar', 'line', 'pie'] as const
export const definition = z.strictObject({
  base: z.string().max(20), where: conditions.default({ all: [] }), controls: z.array(control).max(12).default([]),
  names: z.record(key, z.string().trim().min(1).max(20)).default({}).describe('Own words for fields'),
  fields: z.array(key).max(30).default([]).describe('Columns of the list'),
  groups: z.array(key).max(2).default([]), measures: z.array(measure).max(6).default([]).describe('None: rows are counted'),
  look: z.enum(looks).default('list'), sort: z.string().regex(/^-?[A-Za-z][\w.]{0,79}$/).optional().describe('A column of the list, with "-" descending'),
})
export type ModelDefinition = z.output<typeof definition>

/** A list is asked for, or numbers: a model without groups and measures has only its list. */
export const isList = (d: Pick<ModelDefinition, 'look'>): boolean => d.look === 'list'
export const measuresOf = (d: Pick<ModelDefinition, 'measures'>): readonly Measure[] => (d.measures.length > 0 ? d.measures : [{ how: 'count' }])

const isEmpty = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.every((v) => v === null || v === ''))

export type Asked = { control: Control; value: unknown }
/** Controls with the values that hold: what is not visible keeps its own, what is not enabled asks nothing. `missing` are those that may not be empty; ranges named by today are those of `day`. */
export function answered(controls: readonly Control[], values: Readonly<Record<string, unknown>>, day: LocalDate): { asked: Asked[]; missing: Control[] } {
  const given = (c: Control): unknown => (c.visible && Object.hasOwn(values, c.field) ? values[c.field] : c.value)
  const all = controls.filter((c) => c.enabled).map((control) => ({ control, value: control.kind === 'dateRange' ? rangeOn(given(control), day) : given(control) }))
  return { asked: all.filter((a) => !isEmpty(a.value)), missing: all.filter((a) => isEmpty(a.value) && !a.control.mayBeEmpty).map((a) => a.control) }
}

/** The condition a control stands for; the shape of its value is the field's to check. */
export function conditionOf({ control: { field, kind }, value }: Asked): { field: string; op: string; value: unknown } {
  if (kind === 'dateRange') return { field, op: 'between', value }
  if (kind === 'text') return { field, op: 'contains', value }
  if (kind === 'number') return Array.isArray(value) ? { field, op: 'between', value } : { field, op: 'is', value }
  return { field, op: 'in', value: Array.isArray(value) ? value : [value] }
}
