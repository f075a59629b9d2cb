// A table field: one line per record, columns as small controls; rows are added, removed and moved by buttons.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useId } from 'react'
import { FieldInput } from './FieldInput.tsx'
import type { ControlProps } from './FieldInput.tsx'
import { isRequired, orderOf, rowSchema, visibleNames, withComputed } from './form-rules.ts'
import type { FormValue } from './form-rules.ts'
import { Icon } from './icons.tsx'
import { t } from './texts.zh-CN.ts'

const isRow = (value: unknown): value is FormValue => typeof value === 'object' && value !== null && !Array.isArray(value)

export function TableField({ field, value, onChange, readOnly, loaders, errors = {}, describedBy }: ControlProps): ReactElement {
  const base = useId()
  const schema = rowSchema(field)
  const columns = orderOf(schema)
  const rows: FormValue[] = Array.isArray(value) ? value.filter(isRow) : []
  const put = (at: number, row: FormValue) => onChange(rows.map((one, index) => (index === at ? row : one)))
  const full = field.maxItems !== undefined && rows.length >= field.maxItems
  return (
    <div className="ms-tablefield" aria-describedby={describedBy}>
      {rows.length > 0 ? (
        <table>
          <thead><tr>{columns.map((name) => <th key={name} scope="col">{schema.required?.includes(name) ? <b aria-hidden="true">*</b> : null}{schema.properties[name]?.title}</th>)}{readOnly ? null : <th aria-label={t('form.rowActs')} />}</tr></thead>
          <tbody>
            {rows.map((row, at) => {
              const whole = withComputed(schema, row)
              const seen = visibleNames(schema, whole)
              return (
                <tr key={at}>
                  {columns.map((name) => {
                    const column = schema.properties[name]
                    const error = errors[`${at}.${name}`]
                    return (
                      <td key={name}>
                        {column && seen.has(name) ? (
                          <>
                            <label className="ms-hidden" id={`${base}-${at}-${name}-label`} htmlFor={`${base}-${at}-${name}`}>{t('form.cell', { column: column.title, row: at + 1 })}{isRequired(schema, name, whole) ? `（${t('required')}）` : ''}</label>
                            <FieldInput id={`${base}-${at}-${name}`} field={column} value={whole[name]} onChange={(next) => put(at, { ...row, [name]: next })} readOnly={readOnly || column['x-compute'] !== undefined} invalid={error !== undefined} describedBy={`${base}-${at}-${name}-note`} loaders={loaders} />
                            {error ? <span id={`${base}-${at}-${name}-note`} className="ms-field-error" role="alert">{error}</span> : null}
                          </>
                        ) : null}
                      </td>
                    )
                  })}
                  {readOnly ? null : <td><Button type="text" size="small" icon={<Icon name="close" size={14} label={t('form.removeRow', { n: at + 1 })} />} onClick={() => onChange(rows.filter((_, index) => index !== at))} /></td>}
                </tr>
              )
            })}
          </tbody>
        </table>
      ) : null}
      {readOnly ? null : <Button size="small" disabled={full} icon={<Icon name="plus" size={14} />} onClick={() => onChange([...rows, {}])}>{t('form.addRow')}</Button>}
    </div>
  )
}
