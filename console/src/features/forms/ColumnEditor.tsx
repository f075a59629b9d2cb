// Columns of a table field: key, name, kind, required; options by line where the column is a choice.
import { Button, Checkbox, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { orderOf, rowSchema } from '../../ui/form-rules.ts'
import type { FieldSchema } from '../../ui/form-rules.ts'
import { Icon } from '../../ui/icons.tsx'
import { kindName, kindOf, optionLines, retyped, withOptions } from './design.ts'
import type { FieldKind } from './design.ts'
import { Lines } from './Properties.tsx'
import { t } from './texts.zh-CN.ts'

const columnKinds: FieldKind[] = ['text', 'number', 'integer', 'date', 'choice', 'boolean', 'phone', 'computed']
type Items = NonNullable<FieldSchema['items']>

export function ColumnEditor({ field, off, onChange }: { field: FieldSchema; off: boolean; onChange: (items: Items) => void }): ReactElement {
  const { properties, required = [] } = rowSchema(field)
  const order = orderOf(rowSchema(field))
  const give = (columns: Record<string, FieldSchema>, names: string[], needed: string[]) => onChange({ type: 'object', properties: columns, 'x-order': names, ...(needed.length ? { required: needed } : {}) })
  const put = (name: string, column: FieldSchema) => give({ ...properties, [name]: column }, order, required)
  const rekey = (from: string, to: string) => {
    if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(to) || to in properties) return
    give(Object.fromEntries(Object.entries(properties).map(([name, column]) => [name === from ? to : name, column])), order.map((name) => (name === from ? to : name)), required.map((name) => (name === from ? to : name)))
  }
  const add = () => {
    let n = order.length + 1
    while (`column${n}` in properties) n += 1
    give({ ...properties, [`column${n}`]: { type: 'string', title: t('sampleColumn', { n }) } }, [...order, `column${n}`], required)
  }
  return (
    <fieldset className="ms-form-conditions">
      <legend>{t('columns')}</legend>
      {order.map((name) => {
        const column = properties[name]
        if (!column) return null
        const kind = kindOf(column)
        return (
          <div key={name} className="ms-column">
            <Input size="small" disabled={off} maxLength={60} aria-label={t('columnTitle')} value={column.title} onChange={(event) => put(name, { ...column, title: event.target.value })} />
            <Input size="small" disabled={off} className="ms-code" aria-label={t('columnKey')} defaultValue={name} onBlur={(event) => { if (event.target.value !== name) rekey(name, event.target.value) }} />
            <Select size="small" disabled={off} aria-label={t('fieldKind')} value={kind} options={columnKinds.map((one) => ({ value: one, label: kindName(one) }))} onChange={(next: FieldKind) => put(name, retyped(column, next))} />
            <Checkbox disabled={off} checked={required.includes(name)} onChange={(event) => give(properties, order, event.target.checked ? [...required, name] : required.filter((one) => one !== name))}>{t('required')}</Checkbox>
            {off || order.length === 1 ? <span /> : <Button type="text" size="small" icon={<Icon name="close" size={12} label={t('removeColumn')} />} onClick={() => give(Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name)), order.filter((one) => one !== name), required.filter((one) => one !== name))} />}
            {kind === 'choice' ? <div className="ms-column-more"><Lines off={off} label={t('options')} value={optionLines(column)} onDone={(text) => put(name, { ...column, ...withOptions(column, text) })} /></div> : null}
            {kind === 'computed' ? <Input size="small" className="ms-code ms-column-more" disabled={off} aria-label={t('compute')} value={column['x-compute'] ?? ''} onChange={(event) => put(name, { ...column, 'x-compute': event.target.value })} /> : null}
          </div>
        )
      })}
      {off ? null : <Button size="small" type="link" onClick={add}>{t('addColumn')}</Button>}
    </fieldset>
  )
}
