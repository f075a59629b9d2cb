// Rules of schema forms in the console: the shared language of forms, errors by field with words that name it.
import { checkValues, namedWords } from '../../../forms/index.ts'
import type { FormSchema, FormValue } from '../../../forms/index.ts'
import type { Problem } from '../api/problem.ts'

export { choicesOf, conditionsOf, isBlank, isRequired, isVisible, linesOf, orderOf, rowSchema, sectionsOf, visibleNames, visibleValue, withComputed, withDefaults } from '../../../forms/index.ts'
export type { Choice, Condition, FieldFormat, FieldSchema, FormSchema, FormValue, Rule, TreeChoice } from '../../../forms/index.ts'

export type FormErrors = Record<string, string>

/** All errors at once, by field name, in the order of the form; cells of a table by `rows.0.amount`. */
export function validate(schema: FormSchema, value: FormValue): FormErrors {
  const errors: FormErrors = {}
  for (const problem of checkValues(schema, value, { strict: false })) errors[problem.path] ??= namedWords(problem)
  return errors
}

/**
 * The server's field messages by form field. Paths come as `reason`, `/reason`, `body.reason`, `values.address.text`: the longest known
 * beginning wins; what belongs to no field is returned as `rest`.
 */
export function errorsOf(problem: Problem, names: readonly string[]): { errors: FormErrors; rest: string[] } {
  const errors: FormErrors = {}
  const rest: string[] = []
  for (const { path, message } of problem.fields) {
    const parts = path.split(/[./[\]]+/).filter(Boolean)
    const name = parts.find((part) => names.includes(part))
    if (name === undefined) rest.push(message)
    else errors[name] ??= message
  }
  return { errors, rest }
}
