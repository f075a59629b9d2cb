import type { ReactElement } from 'react'
import { isRequired, orderOf, rowSchema, visibleNames, withComputed, type FieldSchema, type FormValue } from '../../../../forms/index.ts'
import { Button } from '../Button.tsx'
import type { FieldErrors } from '../Fields.tsx'
import { Control, type FormSlots } from './FormView.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { name: string; label: string; help?: string | undefined; error?: string | undefined; field: FieldSchema; value: unknown; onValue: (value: unknown) => void; errors: FieldErrors; slots: FormSlots }
const isRow = (value: unknown): value is FormValue => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A table on a narrow screen: a card a row. */
export function TableCards({ name, label, help, error, field, value, onValue, errors, slots }: Props): ReactElement {
  const schema = rowSchema(field)
  const rows = Array.isArray(value) ? value.filter(isRow) : []
  const full = field.maxItems !== undefined && rows.length >= field.maxItems
  return (
    <fieldset className="k-field" data-field={name} aria-invalid={error ? true : undefined}>
      <legend className="k-label">{label}</legend>
      {help ? <p className="k-help">{help}</p> : null}
      {rows.map((row, at) => {
        const whole = withComputed(schema, row)
        const seen = visibleNames(schema, whole)
        return (
          <section key={at} className="k-stack k-formrow" aria-label={t('row', { n: at + 1 })}>
            <div className="k-line" data-spread><strong>{t('row', { n: at + 1 })}</strong><Button tone="quiet" onClick={() => onValue(rows.filter((_, index) => index !== at))}>{t('removeRow')}</Button></div>
            {orderOf(schema).filter((column) => seen.has(column)).map((column) => {
              const inner = schema.properties[column]
              return inner ? <Control key={column} name={`${name}.${at}.${column}`} field={inner} value={whole[column]} optional={!isRequired(schema, column, whole)} errors={errors} slots={slots} onValue={(next) => onValue(rows.map((one, index) => (index === at ? { ...one, [column]: next } : one)))} /> : null
            })}
          </section>
        )
      })}
      <div><Button disabled={full} onClick={() => onValue([...rows, {}])}>{t('addRow')}</Button></div>
      {error ? <p className="k-error">{error}</p> : null}
    </fieldset>
  )
}
