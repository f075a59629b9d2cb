// The control of one schema field. New kinds are one entry in `controls`.
import { Cascader, Checkbox, Input, InputNumber, Radio, Rate, Switch } from 'antd'
import type { ReactElement } from 'react'
import { Attachments, isAttachments } from './Attachments.tsx'
import { DateInput } from './DateInput.tsx'
import { choicesOf } from './form-rules.ts'
import type { FieldSchema, FormErrors, TreeChoice } from './form-rules.ts'
import { PickerInput } from './Pickers.tsx'
import type { TreeLoader } from './Pickers.tsx'
import { ChoiceSelect } from './ChoiceSelect.tsx'
import { TableField } from './TableField.tsx'
import { t } from './texts.zh-CN.ts'

export type FormLoaders = { unit?: TreeLoader; matter?: TreeLoader; area?: TreeLoader; user?: TreeLoader }

export type ControlProps = {
  id: string
  field: FieldSchema
  value: unknown
  onChange: (next: unknown) => void
  readOnly: boolean
  invalid: boolean
  describedBy: string
  loaders?: FormLoaders
  /** Messages of inner parts (cells of a table), by `0.amount`. */
  errors?: FormErrors
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

function common({ id, readOnly, invalid, describedBy }: ControlProps) {
  return { id, disabled: readOnly, status: invalid ? ('error' as const) : ('' as const), 'aria-describedby': describedBy, 'aria-invalid': invalid }
}

function TextLine(p: ControlProps): ReactElement {
  return <Input {...common(p)} value={text(p.value)} maxLength={p.field.maxLength} onChange={(e) => p.onChange(e.target.value)} />
}

function Phone(p: ControlProps): ReactElement {
  return <Input {...common(p)} type="tel" inputMode="tel" dir="ltr" value={text(p.value)} onChange={(e) => p.onChange(e.target.value)} />
}

/** A credential: never shown, never offered to the password store of the browser. */
function Secret(p: ControlProps): ReactElement {
  return <Input.Password {...common(p)} visibilityToggle={false} autoComplete="new-password" value={text(p.value)} onChange={(e) => p.onChange(e.target.value)} />
}

function TextBlock(p: ControlProps): ReactElement {
  return <Input.TextArea {...common(p)} autoSize={{ minRows: 3, maxRows: 12 }} value={text(p.value)} onChange={(e) => p.onChange(e.target.value)} />
}

function NumberField(p: ControlProps): ReactElement {
  return (
    <InputNumber {...common(p)} style={{ inlineSize: '100%' }} value={typeof p.value === 'number' ? p.value : null} precision={p.field.type === 'integer' ? 0 : undefined}
      min={p.field.minimum} max={p.field.maximum} changeOnWheel={false} suffix={p.field['x-unit']} onChange={(next) => p.onChange(next ?? undefined)} />
  )
}

function YesNo(p: ControlProps): ReactElement {
  return <Switch id={p.id} disabled={p.readOnly} checked={p.value === true} checkedChildren={t('yes')} unCheckedChildren={t('no')} onChange={p.onChange} aria-describedby={p.describedBy} />
}

function One(p: ControlProps): ReactElement {
  const choices = choicesOf(p.field) ?? []
  if (p.field['x-buttons'] ?? choices.length <= 4) {
    return <Radio.Group id={p.id} aria-labelledby={`${p.id}-label`} disabled={p.readOnly} optionType="button" value={p.value} options={choices} onChange={(e) => p.onChange(e.target.value)} />
  }
  return <ChoiceSelect {...common(p)} choices={choices} value={text(p.value) || undefined} onChange={p.onChange} />
}

function Several(p: ControlProps): ReactElement {
  const choices = choicesOf(p.field) ?? []
  const held = Array.isArray(p.value) ? p.value.filter((one) => typeof one === 'string') : []
  if (choices.length <= 6) return <Checkbox.Group disabled={p.readOnly} aria-labelledby={`${p.id}-label`} options={choices} value={held} onChange={(next) => p.onChange(next)} />
  return <ChoiceSelect {...common(p)} multiple choices={choices} value={held} onChange={p.onChange} />
}

function Person(p: ControlProps): ReactElement {
  const value = record(p.value)
  const set = (key: string, next: unknown) => p.onChange({ ...value, [key]: next })
  return (
    <div className="ms-form-line">
      <Input {...common(p)} placeholder={t('form.name')} aria-label={t('form.name')} value={text(value.name)} onChange={(e) => set('name', e.target.value)} />
      <Input disabled={p.readOnly} type="tel" dir="ltr" placeholder={t('form.phone')} aria-label={t('form.phone')} value={text(value.phone)} onChange={(e) => set('phone', e.target.value)} />
      <Radio.Group disabled={p.readOnly} optionType="button" aria-label={t('form.gender')} value={value.gender} options={[{ value: 'male', label: t('form.male') }, { value: 'female', label: t('form.female') }]} onChange={(e) => set('gender', e.target.value)} />
    </div>
  )
}

function Address(p: ControlProps): ReactElement {
  const value = record(p.value)
  const set = (key: string, next: unknown) => p.onChange({ ...value, [key]: next })
  return (
    <div className="ms-form-line">
      {p.loaders?.area ? <PickerInput loader={p.loaders.area} value={text(value.areaId) || undefined} onChange={(next) => set('areaId', next)} disabled={p.readOnly} /> : null}
      <Input {...common(p)} placeholder={t('form.detail')} value={text(value.text)} onChange={(e) => set('text', e.target.value)} />
    </div>
  )
}

function pick(kind: keyof FormLoaders) {
  return function Pick(p: ControlProps): ReactElement {
    const loader = p.loaders?.[kind]
    if (!loader) return <TextLine {...p} />
    const multiple = p.field.type === 'array'
    const value = multiple ? (Array.isArray(p.value) ? p.value.filter((one) => typeof one === 'string') : []) : text(p.value) || undefined
    return <PickerInput {...common(p)} loader={loader} multiple={multiple} value={value} onChange={(next) => p.onChange(next)} />
  }
}

function Files(p: ControlProps): ReactElement {
  return <Attachments value={isAttachments(p.value) ? p.value : []} onChange={p.onChange} readOnly={p.readOnly} max={p.field.maxItems} />
}

function Cascade(p: ControlProps): ReactElement {
  const tree = p.field['x-tree'] ?? []
  return (
    <Cascader {...common(p)} style={{ inlineSize: '100%' }} showSearch options={tree} fieldNames={{ value: 'const', label: 'title', children: 'children' }} placeholder={t('form.choose')}
      value={pathTo(tree, text(p.value))} onChange={(path) => p.onChange(path?.at(-1)?.toString())} />
  )
}

/** Constants from the root to a leaf. */
function pathTo(nodes: readonly TreeChoice[], wanted: string): string[] {
  for (const node of nodes) {
    if (node.const === wanted && !node.children?.length) return [node.const]
    const below = pathTo(node.children ?? [], wanted)
    if (below.length > 0) return [node.const, ...below]
  }
  return []
}

function Point(p: ControlProps): ReactElement {
  const value = record(p.value)
  const set = (key: string, next: unknown) => p.onChange({ ...value, [key]: next ?? undefined })
  const degree = (key: 'lon' | 'lat', most: number) => (
    <InputNumber {...(key === 'lon' ? common(p) : { disabled: p.readOnly })} style={{ inlineSize: '100%' }} min={-most} max={most} precision={6} changeOnWheel={false} prefix={t(`form.${key}`)} aria-label={t(`form.${key}`)} value={typeof value[key] === 'number' ? value[key] : null} onChange={(next) => set(key, next)} />
  )
  return (
    <div className="ms-form-line">
      {degree('lon', 180)}{degree('lat', 90)}
      <Input disabled={p.readOnly} placeholder={t('form.detail')} aria-label={t('form.detail')} maxLength={300} value={text(value.text)} onChange={(e) => set('text', e.target.value || undefined)} />
    </div>
  )
}

function Rating(p: ControlProps): ReactElement {
  return <Rate id={p.id} disabled={p.readOnly} count={p.field.maximum ?? 5} value={typeof p.value === 'number' ? p.value : 0} onChange={(next) => p.onChange(next || undefined)} aria-labelledby={`${p.id}-label`} />
}

const controls: Record<string, (p: ControlProps) => ReactElement> = {
  text: TextLine, password: Secret, textarea: TextBlock, phone: Phone, number: NumberField, integer: NumberField, boolean: YesNo, one: One, several: Several, person: Person, address: Address,
  file: Files, unit: pick('unit'), matter: pick('matter'), area: pick('area'), user: pick('user'),
  cascade: Cascade, point: Point, rating: Rating, table: (p) => <TableField {...p} />,
  date: (p) => <DateInput {...common(p)} value={text(p.value)} onChange={p.onChange} />,
  'date-time': (p) => <DateInput {...common(p)} withTime value={text(p.value)} onChange={p.onChange} />,
}

function kindOf(field: FieldSchema): string {
  const format = field.format ?? field.items?.format
  if (format && format !== 'text') return format
  if (choicesOf(field)) return field.type === 'array' ? 'several' : 'one'
  return field.type === 'string' ? 'text' : field.type
}

export function FieldInput(props: ControlProps): ReactElement {
  const Control = controls[kindOf(props.field)] ?? TextLine
  return <Control {...props} />
}
