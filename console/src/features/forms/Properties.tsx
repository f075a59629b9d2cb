// Everything about the chosen field; what its kind does not have is not shown.
import { Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { choicesOf } from '../../ui/form-rules.ts'
import type { FieldSchema } from '../../ui/form-rules.ts'
import { ColumnEditor } from './ColumnEditor.tsx'
import { Conditions } from './Conditions.tsx'
import { changed, kindName, kindOf, kinds, needed, optionLines, renamed, replaced, retyped, treeLines, treeOf, withOptions } from './design.ts'
import type { Design, FieldKind } from './design.ts'
import { t } from './texts.zh-CN.ts'

type Props = { design: Design; name: string | null; editable: boolean; onChange: (next: Design) => void; onRenamed: (name: string) => void }

export function Properties({ design, name, editable, onChange, onRenamed }: Props): ReactElement {
  const field = name === null ? undefined : design.properties[name]
  if (!field || name === null) return <aside className="ms-properties"><h2>{t('properties')}</h2><p className="ms-muted">{t('noneChosen')}</p></aside>
  const kind = kindOf(field)
  const off = !editable
  const set = (change: Partial<FieldSchema>) => onChange(changed(design, name, change))
  const number = (key: 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'minItems' | 'maxItems') => (
    <Line label={t(key)}><InputNumber disabled={off} aria-label={t(key)} style={{ inlineSize: '100%' }} value={field[key] ?? null} onChange={(next) => set({ [key]: next ?? undefined })} /></Line>
  )
  const holds = kind !== 'note'
  const typed = kind === 'text' || kind === 'textarea' || kind === 'phone'
  const numeric = kind === 'number' || kind === 'integer' || kind === 'computed'
  const list = kind === 'multiple' || kind === 'file' || kind === 'table'
  return (
    <aside className="ms-properties" aria-label={t('properties')}>
      <h2>{t('properties')}</h2>
      <Line label={t('fieldTitle')}><Input disabled={off} maxLength={60} aria-label={t('fieldTitle')} value={field.title} onChange={(event) => set({ title: event.target.value })} /></Line>
      <KeyInput key={name} name={name} disabled={off} onChange={(next) => { const after = renamed(design, name, next); if (after !== design) { onChange(after); onRenamed(next) } }} />
      <Line label={t('fieldKind')}><Select disabled={off} aria-label={t('fieldKind')} value={kind} options={kinds.map((one) => ({ value: one, label: kindName(one) }))} onChange={(next: FieldKind) => onChange(replaced(design, name, retyped(field, next)))} /></Line>
      {holds && kind !== 'computed' ? <Checkbox disabled={off} checked={design.required.includes(name)} onChange={(event) => onChange(needed(design, name, event.target.checked))}>{t('required')}</Checkbox> : null}
      <Checkbox disabled={off} checked={field['x-half'] === true} onChange={(event) => set({ 'x-half': event.target.checked || undefined })}>{t('half')}</Checkbox>
      <Line label={kind === 'note' ? t('noteText') : t('help')}><Input.TextArea disabled={off} autoSize={{ minRows: kind === 'note' ? 3 : 1, maxRows: 8 }} maxLength={500} aria-label={t('help')} value={field.description ?? ''} onChange={(event) => set({ description: event.target.value || undefined })} /></Line>
      {kind === 'choice' || kind === 'multiple' || kind === 'cascade' ? <Options field={field} kind={kind} off={off} set={set} /> : null}
      {kind === 'computed' ? <Line label={t('compute')} hint={t('computeHint')}><Input disabled={off} className="ms-code" maxLength={300} aria-label={t('compute')} value={field['x-compute'] ?? ''} onChange={(event) => set({ 'x-compute': event.target.value })} /></Line> : null}
      {kind === 'table' ? <ColumnEditor field={field} off={off} onChange={(items) => set({ items })} /> : null}
      {typed ? <div className="ms-form-line">{number('minLength')}{number('maxLength')}</div> : null}
      {numeric && kind !== 'computed' ? <div className="ms-form-line">{number('minimum')}{number('maximum')}</div> : null}
      {kind === 'rating' ? number('maximum') : null}
      {list ? <div className="ms-form-line">{number('minItems')}{number('maxItems')}</div> : null}
      {numeric ? <Line label={t('unit')}><Input disabled={off} maxLength={20} aria-label={t('unit')} value={field['x-unit'] ?? ''} onChange={(event) => set({ 'x-unit': event.target.value || undefined })} /></Line> : null}
      {kind === 'text' ? <Line label={t('pattern')}><Input disabled={off} className="ms-code" maxLength={200} aria-label={t('pattern')} value={field.pattern ?? ''} onChange={(event) => set({ pattern: event.target.value || undefined })} /></Line> : null}
      {typed || numeric ? <Line label={t('message')}><Input disabled={off} maxLength={100} aria-label={t('message')} value={field['x-message'] ?? ''} onChange={(event) => set({ 'x-message': event.target.value || undefined })} /></Line> : null}
      <Default field={field} kind={kind} off={off} set={set} />
      {kind === 'textarea' || kind === 'text' ? <Line label={t('phrases')} hint={t('phrasesHint')}><Lines off={off} label={t('phrases')} value={(field['x-phrases'] ?? []).join('\n')} onDone={(text) => { const phrases = text.split('\n').map((one) => one.trim()).filter(Boolean); set({ 'x-phrases': phrases.length ? phrases : undefined }) }} /></Line> : null}
      {kind === 'text' || kind === 'phone' || kind === 'person' ? <Line label={t('mask')}><Select disabled={off} aria-label={t('mask')} value={field['x-mask'] ?? 'none'} options={(['none', 'partial', 'hidden'] as const).map((one) => ({ value: one, label: t(`mask_${one}`) }))} onChange={(next) => set({ 'x-mask': next === 'none' ? undefined : next })} /></Line> : null}
      <Conditions design={design} name={name} label={t('showIf')} none={t('always')} value={field['x-visibleIf']} disabled={off} onChange={(rule) => set({ 'x-visibleIf': rule })} />
      {holds && kind !== 'computed' && !design.required.includes(name) ? <Conditions design={design} name={name} label={t('requireIf')} none={t('never')} value={field['x-requiredIf']} disabled={off} onChange={(rule) => set({ 'x-requiredIf': rule })} /> : null}
    </aside>
  )
}

export function Line({ label, hint, children }: { label: string; hint?: string; children: ReactNode }): ReactElement {
  return <div className="ms-propline"><span>{label}</span>{children}{hint ? <span className="ms-hint">{hint}</span> : null}</div>
}

/** Takes the text over when it is left, so that half a line does not become an option. */
export function Lines({ label, value, off, onDone }: { label: string; value: string; off: boolean; onDone: (text: string) => void }): ReactElement {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  return <Input.TextArea disabled={off} aria-label={label} autoSize={{ minRows: 2, maxRows: 10 }} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={() => { if (typed !== value) onDone(typed) }} />
}

function KeyInput({ name, disabled, onChange }: { name: string; disabled: boolean; onChange: (next: string) => void }): ReactElement {
  const [typed, setTyped] = useState(name)
  const good = /^[a-z][A-Za-z0-9]{0,39}$/.test(typed)
  return <Line label={t('fieldKey')} hint={good ? undefined : t('fieldKeyHint')}><Input disabled={disabled} className="ms-code" maxLength={40} status={good ? '' : 'error'} aria-label={t('fieldKey')} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={() => (good ? onChange(typed) : setTyped(name))} onPressEnter={() => { if (good) onChange(typed) }} /></Line>
}

type Part = { field: FieldSchema; kind: FieldKind; off: boolean; set: (change: Partial<FieldSchema>) => void }

function Options({ field, kind, off, set }: Part): ReactElement {
  const dictionaries = useQueryOf('listDictionaries', {}, { staleTime: 300_000 })
  const from = field['x-dictionary'] !== undefined
  const own = kind === 'cascade' ? { 'x-tree': field['x-tree'] ?? treeOf('1 1') } : withOptions(field, optionLines(field) || t('sampleOption', { n: 1 }))
  return (
    <>
      <Line label={t('optionSource')}><Select disabled={off} aria-label={t('optionSource')} value={from ? 'dictionary' : 'own'} options={[{ value: 'own', label: t('bySelf') }, { value: 'dictionary', label: t('byDictionary') }]}
        onChange={(next) => set(next === 'dictionary' ? { 'x-dictionary': dictionaries.data?.items[0]?.code ?? '', enum: undefined, oneOf: undefined, items: undefined, 'x-tree': undefined } : { 'x-dictionary': undefined, ...own })} /></Line>
      {from ? <Line label={t('dictionary')}><Select showSearch optionFilterProp="label" disabled={off} aria-label={t('dictionary')} value={field['x-dictionary']} options={(dictionaries.data?.items ?? []).map((one) => ({ value: one.code, label: one.name }))} onChange={(next: string) => set({ 'x-dictionary': next })} /></Line>
        : kind === 'cascade' ? <Line label={t('tree')} hint={t('treeHint')}><Lines off={off} label={t('tree')} value={treeLines(field['x-tree'] ?? [])} onDone={(text) => set({ 'x-tree': treeOf(text) })} /></Line>
        : <Line label={t('options')} hint={t('optionsHint')}><Lines off={off} label={t('options')} value={optionLines(field)} onDone={(text) => set(withOptions(field, text))} /></Line>}
      {kind === 'choice' ? <Checkbox disabled={off} checked={field['x-buttons'] ?? (choicesOf(field)?.length ?? 0) <= 4} onChange={(event) => set({ 'x-buttons': event.target.checked })}>{t('buttons')}</Checkbox> : null}
    </>
  )
}

function Default({ field, kind, off, set }: Part): ReactElement | null {
  const choices = choicesOf(field)
  const label = t('defaultValue')
  if (kind === 'choice' && choices) return <Line label={label}><Select allowClear disabled={off} aria-label={label} value={typeof field.default === 'string' ? field.default : undefined} options={choices} onChange={(next?: string) => set({ default: next })} /></Line>
  if (kind === 'number' || kind === 'integer') return <Line label={label}><InputNumber disabled={off} aria-label={label} style={{ inlineSize: '100%' }} value={typeof field.default === 'number' ? field.default : null} onChange={(next) => set({ default: next ?? undefined })} /></Line>
  if (kind === 'boolean') return <Checkbox disabled={off} checked={field.default === true} onChange={(event) => set({ default: event.target.checked || undefined })}>{label}</Checkbox>
  if (kind === 'text' || kind === 'textarea') return <Line label={label}><Input disabled={off} maxLength={300} aria-label={label} value={typeof field.default === 'string' ? field.default : ''} onChange={(event) => set({ default: event.target.value || undefined })} /></Line>
  return null
}
