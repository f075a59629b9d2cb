// A form of the platform in the light kit: the same definition, conditions, computed values and words as in the console.
import type { ReactElement, ReactNode } from 'react'
import { choicesOf, isRequired, sectionsOf, visibleNames, withComputed, type FieldSchema, type FormSchema, type FormValue } from '../../../../forms/index.ts'
import { Check, Checks, Choices, Field, TextArea, TextInput, type FieldErrors } from '../Fields.tsx'
import { Stars } from '../Stars.tsx'
import { localMoment, momentIso } from '../time.ts'
import { Cascade } from './Cascade.tsx'
import { PointField } from './PointField.tsx'
import { TableCards } from './TableCards.tsx'
import { t } from './texts.zh-CN.ts'
import './form-view.css'

export type ControlSlot = { name: string; label: string; field: FieldSchema; value: unknown; onValue: (value: unknown) => void; error?: string | undefined; optional: boolean }
/** Controls that need the page's own data: files, areas, units, matters, people. Without one the field is a text. */
export type FormSlots = Partial<Record<'file' | 'area' | 'unit' | 'matter' | 'user', (slot: ControlSlot) => ReactNode>>

type Props = { schema: FormSchema; value: FormValue; onChange: (value: FormValue) => void; errors?: FieldErrors; slots?: FormSlots; /** Before field names in errors: `formData.`. */ prefix?: string }

export function FormView({ schema, value, onChange, errors = {}, slots = {}, prefix = '' }: Props): ReactElement {
  const whole = withComputed(schema, value)
  const seen = visibleNames(schema, whole)
  return (
    <div className="k-stack" data-gap="large">
      {sectionsOf(schema).map((section) => {
        const names = section.fields.filter((name) => seen.has(name))
        if (names.length === 0) return null
        const body = names.map((name) => {
          const field = schema.properties[name]
          return field ? <Control key={name} name={`${prefix}${name}`} field={field} value={whole[name]} optional={!isRequired(schema, name, whole)} errors={errors} slots={slots} onValue={(next) => onChange({ ...value, [name]: next })} /> : null
        })
        return section.title ? <section key={section.title} className="k-stack k-formgroup"><h3>{section.title}</h3>{body}</section> : <div key="" className="k-stack">{body}</div>
      })}
    </div>
  )
}

type ControlProps = { name: string; field: FieldSchema; value: unknown; onValue: (value: unknown) => void; optional: boolean; errors: FieldErrors; slots: FormSlots }
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const blank = (next: string): string | undefined => (next === '' ? undefined : next)

export function Control({ name, field, value, onValue, optional, errors, slots }: ControlProps): ReactElement {
  const label = field['x-unit'] ? `${field.title}（${field['x-unit']}）` : field.title
  const shared = { name, label, help: field.description, error: errors[name], optional }
  const format = field.format ?? field.items?.format
  if (format === 'note') return <p className="k-note k-formnote" data-field={name}>{field.description}</p>
  if (field['x-compute']) return <div className="k-field" data-field={name}><span className="k-label">{field.title}</span><output className="k-computed k-num">{typeof value === 'number' ? `${value}${field['x-unit'] ? ` ${field['x-unit']}` : ''}` : t('notYet')}</output></div>
  const slot = format === 'file' || format === 'area' || format === 'unit' || format === 'matter' || format === 'user' ? slots[format] : undefined
  if (slot) return <>{slot({ ...shared, field, value, onValue })}</>
  const choices = choicesOf(field)
  switch (format) {
    case 'table':
      return <TableCards {...shared} field={field} value={value} onValue={onValue} errors={errors} slots={slots} />
    case 'cascade':
      return <Cascade {...shared} tree={field['x-tree'] ?? []} value={text(value)} onValue={onValue} />
    case 'point':
      return <PointField {...shared} value={value} onValue={onValue} />
    case 'rating':
      return <Stars label={label} value={typeof value === 'number' ? value : 0} onValue={onValue} />
    case 'textarea':
      return <TextArea {...shared} limit={field.maxLength} value={text(value)} onValue={(next) => onValue(blank(next))} />
    case 'date':
      return <TextInput {...shared} type="date" value={text(value)} onValue={(next) => onValue(blank(next))} />
    case 'date-time':
      return <TextInput {...shared} type="datetime-local" value={text(value) ? localMoment(text(value)) : ''} onValue={(next) => onValue(momentIso(next) ?? undefined)} />
    case 'phone':
      return <TextInput {...shared} type="tel" autoComplete="tel" value={text(value)} onValue={(next) => onValue(blank(next))} />
    case 'address':
    case 'person':
      return <Compound {...shared} parts={format === 'address' ? ['text'] : ['name', 'phone']} value={value} onValue={onValue} />
    default:
      break
  }
  if (field.type === 'boolean') return <Check label={label} hint={field.description} value={value === true} onValue={onValue} />
  if (field.type === 'array' && choices) return <Checks {...shared} columns options={choices} max={field.maxItems} value={texts(value)} onValue={onValue} />
  if (choices && choices.length > 7) return <Field {...shared}>{(wired) => <select {...wired} className="k-input" value={text(value)} onChange={(event) => onValue(blank(event.target.value))}><option value="">{t('choose')}</option>{choices.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</select>}</Field>
  if (choices) return <Choices {...shared} columns options={choices} value={text(value) || null} onValue={onValue} />
  if (field.type === 'number' || field.type === 'integer') return <NumberInput {...shared} whole={field.type === 'integer'} value={value} onValue={onValue} />
  return <TextInput {...shared} maxLength={field.maxLength} value={text(value)} onValue={(next) => onValue(blank(next))} />
}

type Shared = { name: string; label: string; help?: string | undefined; error?: string | undefined; optional: boolean }

function NumberInput({ whole, value, onValue, ...shared }: Shared & { whole: boolean; value: unknown; onValue: (value: unknown) => void }): ReactElement {
  return <TextInput {...shared} type="number" inputMode={whole ? 'numeric' : 'decimal'} step={whole ? 1 : 'any'} value={typeof value === 'number' ? String(value) : ''} onValue={(next) => onValue(next === '' || Number.isNaN(Number(next)) ? undefined : Number(next))} />
}

function Compound({ parts, value, onValue, ...shared }: Shared & { parts: ('text' | 'name' | 'phone')[]; value: unknown; onValue: (value: unknown) => void }): ReactElement {
  const held = typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)) : new Map<string, unknown>()
  const set = (part: string, next: string) => onValue(Object.fromEntries([...held, [part, next]].filter(([, one]) => one !== '')))
  return (
    <Field {...shared}>
      {(wired) => <>{parts.map((part, at) => <input key={part} {...(at === 0 ? wired : {})} className="k-input" type={part === 'phone' ? 'tel' : 'text'} placeholder={t(part)} aria-label={`${shared.label} ${t(part)}`} value={text(held.get(part))} onChange={(event) => set(part, event.target.value)} />)}</>}
    </Field>
  )
}
