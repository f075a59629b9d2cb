// Renders a JSON-Schema form: labels above or left, one column, errors at the field, hidden fields left out.
import type { ReactElement } from 'react'
import { useId } from 'react'
import { FieldInput } from './FieldInput.tsx'
import type { FormLoaders } from './FieldInput.tsx'
import { isRequired, linesOf, sectionsOf, visibleNames, withComputed } from './form-rules.ts'
import type { FieldSchema, FormErrors, FormSchema, FormValue } from './form-rules.ts'
import { t } from './texts.zh-CN.ts'
import './acts.css'

export type { FormLoaders } from './FieldInput.tsx'

export type FormRendererProps = {
  schema: FormSchema
  value: FormValue
  onChange: (next: FormValue) => void
  errors?: FormErrors
  /** Above in drawers and on phones, left (96 px) at desks. */
  layout?: 'above' | 'left'
  readOnly?: boolean
  /** Where pickers get units, matters, areas and users from. */
  loaders?: FormLoaders
  /** Called when a field is left, for checks. */
  onBlur?: (name: string) => void
}

export function FormRenderer({ schema, value, onChange, errors = {}, layout = 'above', readOnly, loaders, onBlur }: FormRendererProps): ReactElement {
  const base = useId()
  const whole = withComputed(schema, value)
  const seen = visibleNames(schema, whole)
  const show = (name: string) => {
    const field = schema.properties[name]
    if (!field || !seen.has(name)) return null
    if (field.format === 'note') return <p key={name} className="ms-form-note" data-field={name}>{field.description}</p>
    return (
      <Field key={name} id={`${base}-${name}`} name={name} field={field} required={isRequired(schema, name, whole)} error={errors[name]} errors={errors} value={whole[name]}
        onChange={(next) => onChange({ ...value, [name]: next })} onBlur={() => onBlur?.(name)} readOnly={readOnly || field.readOnly || field['x-compute'] !== undefined} loaders={loaders} />
    )
  }
  return (
    <div className="ms-form" data-layout={layout}>
      {sectionsOf(schema).map((section) => {
        const lines = linesOf(schema, section.fields.filter((name) => seen.has(name)))
        if (lines.length === 0) return null
        const body = lines.map((line) => (line.length === 1 ? show(line[0] ?? '') : <div className="ms-form-line" key={line.join()}>{line.map(show)}</div>))
        return section.title ? <fieldset className="ms-form-group" key={section.title}><legend>{section.title}</legend>{body}</fieldset> : body
      })}
    </div>
  )
}

type FieldProps = {
  id: string
  name: string
  field: FieldSchema
  required: boolean
  error?: string
  errors: FormErrors
  value: unknown
  onChange: (next: unknown) => void
  onBlur: () => void
  readOnly: boolean
  loaders?: FormLoaders
}

function Field({ id, name, field, required, error, errors, value, onChange, onBlur, readOnly, loaders }: FieldProps): ReactElement {
  const notes = `${id}-notes`
  const length = typeof value === 'string' && field.maxLength ? value.length : 0
  const left = field.maxLength && length >= field.maxLength * 0.8 ? field.maxLength - length : null
  return (
    <div className="ms-field" data-field={name} onBlur={onBlur}>
      <label className="ms-field-label" htmlFor={id} id={`${id}-label`}>
        {required ? <b aria-hidden="true">*</b> : null}
        {field.title}
        {required ? <span className="ms-hidden">（{t('required')}）</span> : null}
      </label>
      <div>
        <FieldInput id={id} field={field} value={value} onChange={onChange} readOnly={readOnly} invalid={error !== undefined} describedBy={notes} loaders={loaders} errors={cellErrors(errors, name)} />
        {field['x-phrases'] && !readOnly ? (
          <div className="ms-phrases">{field['x-phrases'].map((phrase) => (
            <button key={phrase} type="button" onClick={() => onChange(typeof value === 'string' && value ? `${value}${phrase}` : phrase)}>{phrase}</button>
          ))}</div>
        ) : null}
      </div>
      <div className="ms-field-notes" id={notes}>
        {error ? <span className="ms-field-error" role="alert">{error}</span> : field.description ? <span>{field.description}</span> : null}
        {left !== null && !error ? <span>{t('form.charsLeft', { n: Math.max(0, left) })}</span> : null}
      </div>
    </div>
  )
}

/** Messages of a table's cells, by `0.amount`. */
function cellErrors(errors: FormErrors, name: string): FormErrors {
  const head = `${name}.`
  return Object.fromEntries(Object.entries(errors).flatMap(([path, message]) => (path.startsWith(head) ? [[path.slice(head.length), message]] : [])))
}

/** Puts the focus on a field of the form shown, for jumping to the first error. */
export function focusField(root: ParentNode | null, name: string): void {
  const field = root?.querySelector(`[data-field="${CSS.escape(name)}"]`) ?? root?.querySelector(`[data-field="${CSS.escape(name.split('.')[0] ?? name)}"]`)
  field?.scrollIntoView({ block: 'center' })
  const input = field?.querySelector('input, textarea, button, [tabindex="0"]')
  if (input instanceof HTMLElement) input.focus()
}
