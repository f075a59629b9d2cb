// Edits a parameter's value by its schema: numbers, choices, lists, records; nothing needs to be typed as code.
import { Button, Input, InputNumber, Switch } from 'antd'
import type { ReactElement } from 'react'
import { ChoiceSelect } from '../../../ui/ChoiceSelect.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { blank, isRecord } from './json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { choiceName, fieldName } from './setting-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import './settings.css'

type Props = { setting: string; schema: JsonSchema; value: unknown; onChange: (next: unknown) => void; label: string; disabled?: boolean }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export function ValueEditor({ setting, schema, value, onChange, label, disabled }: Props): ReactElement {
  if (schema.enum) {
    const choices = schema.enum.map(String).map((one) => ({ value: one, label: choiceName(setting, one) }))
    return <ChoiceSelect choices={choices} value={textOf(value) || undefined} disabled={disabled} onChange={(next) => { if (typeof next === 'string') onChange(next) }} />
  }
  switch (schema.type) {
    case 'boolean':
      return <Switch aria-label={label} disabled={disabled} checked={value === true} checkedChildren={t('yes')} unCheckedChildren={t('no')} onChange={onChange} />
    case 'integer':
    case 'number':
      return (
        <span className="ms-row">
          <InputNumber aria-label={label} disabled={disabled} style={{ inlineSize: 160 }} changeOnWheel={false} precision={schema.type === 'integer' ? 0 : undefined} value={typeof value === 'number' ? value : null} onChange={(next) => onChange(next ?? schema.minimum ?? 0)} />
          {schema.minimum !== undefined && schema.maximum !== undefined && schema.maximum < 1e9 ? <span className="ms-hint">{t('range', { min: schema.minimum, max: schema.maximum })}</span> : null}
        </span>
      )
    case 'array':
      return <ListEditor setting={setting} schema={schema} value={Array.isArray(value) ? value : []} onChange={onChange} label={label} disabled={disabled} />
    case 'object':
      return <RecordEditor setting={setting} schema={schema} value={isRecord(value) ? value : {}} onChange={onChange} label={label} disabled={disabled} />
    default: {
      const long = (schema.maxLength ?? 0) > 100
      const set = (next: string) => onChange(next)
      return long ? <Input.TextArea aria-label={label} disabled={disabled} autoSize={{ minRows: 2 }} maxLength={schema.maxLength} value={textOf(value)} onChange={(e) => set(e.target.value)} /> : <Input aria-label={label} disabled={disabled} maxLength={schema.maxLength} value={textOf(value)} onChange={(e) => set(e.target.value)} />
    }
  }
}

function ListEditor({ setting, schema, value, onChange, label, disabled }: Props & { value: unknown[] }): ReactElement {
  if (schema.prefixItems) return <div className="ms-row" style={{ flexWrap: 'nowrap' }}>{schema.prefixItems.map((part, i) => <ValueEditor key={i} setting={setting} schema={part} value={value[i]} label={`${label} ${i + 1}`} disabled={disabled} onChange={(next) => onChange((schema.prefixItems ?? []).map((_, at) => (at === i ? next : value[at])))} />)}</div>
  const items = schema.items || {}
  if (items.enum) return <ChoiceSelect multiple disabled={disabled} choices={items.enum.map(String).map((one) => ({ value: one, label: choiceName(setting, one) }))} value={value.filter((one) => typeof one === 'string')} onChange={(next) => onChange(next ?? [])} />
  const put = (i: number, next: unknown) => onChange(value.map((one, at) => (at === i ? next : one)))
  const up = (i: number) => { const next = [...value]; next.splice(i - 1, 0, ...next.splice(i, 1)); onChange(next) }
  return (
    <div className="ms-valuelist">
      {value.map((one, i) => (
        <div key={i} className="ms-valuelist-row">
          <div><ValueEditor setting={setting} schema={items} value={one} label={`${label} ${t('itemN', { n: i + 1 })}`} disabled={disabled} onChange={(next) => put(i, next)} /></div>
          {disabled ? null : <span className="ms-row" style={{ gap: 0, flexWrap: 'nowrap' }}>
            <Button type="text" size="small" disabled={i === 0} icon={<Icon name="arrowUp" size={14} label={t('up')} />} onClick={() => up(i)} />
            <Button type="text" size="small" disabled={value.length <= (schema.minItems ?? 0)} icon={<Icon name="close" size={14} label={t('remove')} />} onClick={() => onChange(value.filter((_, at) => at !== i))} />
          </span>}
        </div>
      ))}
      {disabled ? null : <Button size="small" icon={<Icon name="plus" size={14} />} disabled={value.length >= (schema.maxItems ?? Infinity)} onClick={() => onChange([...value, blank(items)])}>{t('add')}</Button>}
    </div>
  )
}

function RecordEditor({ setting, schema, value, onChange, label, disabled }: Props & { value: Record<string, unknown> }): ReactElement {
  const known = Object.entries(schema.properties ?? {})
  if (known.length) {
    return (
      <div className="ms-valuerecord">
        {known.map(([key, part]) => (
          <div key={key} className="ms-field">
            <span className="ms-field-label">{schema.required?.includes(key) ? <b aria-hidden="true">*</b> : null}{fieldName(key)}</span>
            <ValueEditor setting={setting} schema={part} value={value[key]} label={`${label} ${fieldName(key)}`} disabled={disabled} onChange={(next) => onChange({ ...value, [key]: next })} />
          </div>
        ))}
      </div>
    )
  }
  const part = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}
  const names = schema.propertyNames?.enum?.map(String)
  const free = names?.filter((name) => !(name in value))
  const rename = (from: string, to: string) => onChange(Object.fromEntries(Object.entries(value).map(([key, one]) => [key === from ? to : key, one])))
  return (
    <div className="ms-valuelist">
      {Object.entries(value).map(([key, one], i) => (
        <div key={i} className="ms-valuelist-row">
          <div className="ms-valuemap">
            {names ? <span>{choiceName(setting, key)}</span> : fieldName(key) === key ? <Input aria-label={t('key')} disabled={disabled} value={key} onChange={(e) => rename(key, e.target.value)} /> : <span>{fieldName(key)}</span>}
            <ValueEditor setting={setting} schema={part} value={one} label={`${label} ${key}`} disabled={disabled} onChange={(next) => onChange({ ...value, [key]: next })} />
          </div>
          {disabled ? null : <Button type="text" size="small" icon={<Icon name="close" size={14} label={t('remove')} />} onClick={() => onChange(Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)))} />}
        </div>
      ))}
      {disabled ? null : free ? (free.length ? <ChoiceSelect choices={free.map((name) => ({ value: name, label: choiceName(setting, name) }))} value={undefined} placeholder={t('add')} onChange={(name) => { if (typeof name === 'string') onChange({ ...value, [name]: blank(part) }) }} /> : null)
        : <Button size="small" icon={<Icon name="plus" size={14} />} disabled={'' in value} onClick={() => onChange({ ...value, '': blank(part) })}>{t('add')}</Button>}
    </div>
  )
}
