// Elements: what is asked for at registration. A row each; order, conditions and bounds under "more".
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import { elementTypes } from '../parts/standard.tsx'
import type { Element } from '../parts/standard.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

const typeOptions = elementTypes.map((type) => ({ value: type, label: shared(`elementType_${type}`) }))

/** Elements out of a form value, whatever is held there. */
export function elementsOf(value: unknown): Element[] {
  const list: unknown[] = Array.isArray(value) ? value : []
  return list.filter(isElement)
}
function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'code' in value && 'name' in value && 'type' in value
}

/** What stands against the rows, in words; null when nothing does. */
export function elementProblem(elements: readonly Element[]): string | null {
  if (elements.some((one) => one.code.trim() === '' || one.name.trim() === '')) return t('elementMissing')
  return new Set(elements.map((one) => one.code)).size < elements.length ? t('duplicate') : null
}

type Props = { label: string; hint?: string; value: Element[]; onChange: (next: Element[]) => void; error?: string }

export function ElementEditor({ label, hint, value, onChange, error }: Props): ReactElement {
  const put = (i: number, change: Partial<Element>) => onChange(value.map((one, at) => (at === i ? { ...one, ...change } : one)))
  const up = (i: number) => { const next = [...value]; next.splice(i - 1, 0, ...next.splice(i, 1)); onChange(next) }
  return (
    <div className="ms-field" data-field="elements">
      <span className="ms-field-label">{label}</span>
      <div>
        {value.map((element, i) => <Row key={i} element={element} others={value.filter((_, at) => at !== i)} first={i === 0} put={(change) => put(i, change)} up={() => up(i)} remove={() => onChange(value.filter((_, at) => at !== i))} />)}
        <Button size="small" style={{ marginBlockStart: 8 }} icon={<Icon name="plus" size={14} />} onClick={() => onChange([...value, { code: '', name: '', type: 'text', required: false, masked: false }])}>{t('addElement')}</Button>
      </div>
      <div className="ms-field-notes">{error ? <span className="ms-field-error" role="alert">{error}</span> : hint ? <span>{hint}</span> : null}</div>
    </div>
  )
}

type RowProps = { element: Element; others: readonly Element[]; first: boolean; put: (change: Partial<Element>) => void; up: () => void; remove: () => void }

function Row({ element, others, first, put, up, remove }: RowProps): ReactElement {
  const [more, setMore] = useState(element.type === 'choice' && !element.options?.length)
  const choice = element.type === 'choice' || element.type === 'multiple'
  const name = element.name || t('element')
  return (
    <div className="ms-rowedit">
      <div className="ms-grow">
        <div className="ms-elementgrid">
          <Input placeholder={t('elementCode')} aria-label={`${name} ${t('elementCode')}`} maxLength={50} className="ms-code" value={element.code} onChange={(e) => put({ code: e.target.value })} />
          <Input placeholder={t('elementName')} aria-label={`${name} ${t('elementName')}`} maxLength={100} value={element.name} onChange={(e) => put({ name: e.target.value })} />
          <Select aria-label={`${name} ${t('elementType')}`} value={element.type} options={typeOptions} onChange={(type) => { put({ type }); if (type === 'choice' || type === 'multiple') setMore(true) }} />
          <span className="ms-row" style={{ flexWrap: 'nowrap' }}>
            <Checkbox checked={element.required} onChange={(e) => put({ required: e.target.checked })}>{t('required')}</Checkbox>
            <button type="button" className="ms-link-button" aria-expanded={more} onClick={() => setMore(!more)}>{more ? t('less') : t('more')}</button>
          </span>
        </div>
        {more ? (
          <div className="ms-elementmore">
            {choice ? <Input.TextArea style={{ gridColumn: '1 / -1' }} autoSize={{ minRows: 2, maxRows: 8 }} placeholder={t('optionsHint')} aria-label={`${name} ${t('options')}`} value={(element.options ?? []).join('\n')} onChange={(e) => put({ options: e.target.value.split('\n') })} onBlur={() => put({ options: (element.options ?? []).map((one) => one.trim()).filter(Boolean) })} /> : null}
            <Input placeholder={t('help')} aria-label={`${name} ${t('help')}`} maxLength={300} value={element.help ?? ''} onChange={(e) => put({ help: e.target.value || undefined })} />
            <Input placeholder={t('prompt')} aria-label={`${name} ${t('prompt')}`} maxLength={300} value={element.prompt ?? ''} onChange={(e) => put({ prompt: e.target.value || undefined })} />
            {element.type === 'number' ? (
              <><InputNumber style={{ inlineSize: '100%' }} placeholder={t('min')} aria-label={`${name} ${t('min')}`} value={element.min ?? null} onChange={(next) => put({ min: next ?? undefined })} /><InputNumber style={{ inlineSize: '100%' }} placeholder={t('max')} aria-label={`${name} ${t('max')}`} value={element.max ?? null} onChange={(next) => put({ max: next ?? undefined })} /></>
            ) : null}
            {element.type === 'text' ? <Input placeholder={t('format')} aria-label={`${name} ${t('format')}`} maxLength={300} value={element.format ?? ''} onChange={(e) => put({ format: e.target.value || undefined })} /> : null}
            <span className="ms-row" style={{ flexWrap: 'nowrap' }}>
              <span className="ms-muted" style={{ whiteSpace: 'nowrap' }}>{t('dependsOn')}</span>
              <Select style={{ flex: 1, minInlineSize: 100 }} allowClear placeholder={t('dependsNone')} aria-label={`${name} ${t('dependsOn')}`} value={element.dependsOn?.code} options={others.filter((one) => one.code).map((one) => ({ value: one.code, label: one.name || one.code }))} onChange={(code?: string) => put({ dependsOn: code ? { code, equals: element.dependsOn?.equals ?? [] } : undefined })} />
              {element.dependsOn ? <><span className="ms-muted" style={{ whiteSpace: 'nowrap' }}>{t('dependsEquals')}</span><Select mode="tags" style={{ flex: 1, minInlineSize: 120 }} aria-label={t('dependsEquals')} value={element.dependsOn.equals} options={(others.find((one) => one.code === element.dependsOn?.code)?.options ?? []).map((one) => ({ value: one, label: one }))} onChange={(equals: string[]) => put({ dependsOn: { code: element.dependsOn?.code ?? '', equals } })} /></> : null}
            </span>
            <Checkbox checked={element.masked} onChange={(e) => put({ masked: e.target.checked })}>{t('masked')}</Checkbox>
          </div>
        ) : null}
      </div>
      <span className="ms-row" style={{ gap: 0, flexWrap: 'nowrap' }}>
        <Button type="text" disabled={first} icon={<Icon name="arrowUp" size={14} label={shared('up')} />} onClick={up} />
        <Button type="text" icon={<Icon name="close" size={14} label={t('removeElement')} />} onClick={remove} />
      </span>
    </div>
  )
}
