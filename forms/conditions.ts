// What shows, what must be filled in, what a form begins with. Pure.
import { computed } from './expression.ts'
import { isBlank, orderOf, type Condition, type FieldSchema, type FormSchema, type FormValue, type Rule } from './schema.ts'

export const conditionsOf = (rule: Rule): Condition[] => ('all' in rule ? rule.all : 'any' in rule ? rule.any : [rule])

function fits(condition: Condition, held: unknown): boolean {
  if (condition.filled !== undefined) return isBlank(held) !== condition.filled
  const values: unknown[] = Array.isArray(held) ? held : [held]
  if (condition.in) return values.some((one) => condition.in?.some((wanted) => wanted === one))
  if (condition.not !== undefined) return !values.includes(condition.not)
  if (condition.atLeast !== undefined) return typeof held === 'number' && held >= condition.atLeast
  if (condition.atMost !== undefined) return typeof held === 'number' && held <= condition.atMost
  return values.includes(condition.equals)
}

/** Whether a rule holds for values in which hidden fields have been emptied. */
export function holds(rule: Rule, value: FormValue): boolean {
  const test = (one: Condition): boolean => fits(one, value[one.field])
  return 'any' in rule ? rule.any.some(test) : conditionsOf(rule).every(test)
}

/** Names that show. A field whose condition names a hidden field sees it as empty; a circle of conditions shows its fields. */
export function visibleNames(schema: Pick<FormSchema, 'properties'>, value: FormValue): Set<string> {
  const known = new Map<string, boolean>()
  const shows = (name: string, above: readonly string[]): boolean => {
    const held = known.get(name)
    if (held !== undefined) return held
    const rule = schema.properties[name]?.['x-visibleIf']
    if (!rule || above.includes(name)) return true
    const seen: FormValue = Object.fromEntries(conditionsOf(rule).map(({ field }) => [field, shows(field, [...above, name]) ? value[field] : undefined]))
    const answer = holds(rule, seen)
    if (above.length === 0) known.set(name, answer)
    return answer
  }
  return new Set(Object.keys(schema.properties).filter((name) => shows(name, [])))
}

export const isVisible = (schema: Pick<FormSchema, 'properties'>, name: string, value: FormValue): boolean => visibleNames(schema, value).has(name)

/** Whether a field that shows must be filled in. */
export function isRequired(schema: Pick<FormSchema, 'properties' | 'required'>, name: string, value: FormValue): boolean {
  if (schema.required?.includes(name)) return true
  const rule = schema.properties[name]?.['x-requiredIf']
  if (!rule) return false
  const seen = visibleNames(schema, value)
  return holds(rule, Object.fromEntries(Object.entries(value).filter(([key]) => seen.has(key))))
}

const holdsNothing = (field: FieldSchema): boolean => field.format === 'note'

/** Defaults of the definition under the values already there. */
export function withDefaults(schema: FormSchema, value: FormValue = {}): FormValue {
  const defaults = Object.entries(schema.properties).flatMap(([name, field]) => (field.default === undefined ? [] : [[name, field.default] as const]))
  return { ...Object.fromEntries(defaults), ...value }
}

/** Values with the computed ones as they follow from the others; a computed value that cannot be made yet is left out. */
export function withComputed(schema: FormSchema, value: FormValue): FormValue {
  const names = orderOf(schema).filter((name) => schema.properties[name]?.['x-compute'])
  if (names.length === 0) return value
  const seen = visibleNames(schema, value)
  const next: FormValue = { ...value }
  for (const name of names) {
    const made = seen.has(name) ? computed(schema.properties[name]?.['x-compute'] ?? '', next) : null
    if (made === null) delete next[name]
    else next[name] = schema.properties[name]?.type === 'integer' ? Math.round(made) : made
  }
  return next
}

/** Only what shows and says something is sent: a hidden field keeps its text in the form, not in the record. */
export function visibleValue(schema: FormSchema, value: FormValue): FormValue {
  const whole = withComputed(schema, value)
  const seen = visibleNames(schema, whole)
  return Object.fromEntries(Object.entries(whole).filter(([name, one]) => {
    const field = schema.properties[name]
    return (!field || (seen.has(name) && !holdsNothing(field))) && !(typeof one === 'string' && one.trim() === '') && one !== undefined
  }))
}
