// The fields one drags, and the zones they are dropped on; each zone is a select as well, so that everything goes by keyboard.
import { Button, Input, Select } from 'antd'
import { useState, type DragEvent, type ReactElement, type ReactNode } from 'react'
import { Section } from '../../ui/Page.tsx'
import { axes, marks, NONE, type Axis, type Dimension, type Indicator, type Mark, type State } from './explore.ts'
import { t } from './texts.zh-CN.ts'

const MIME = 'text/plain'
type FieldKind = 'dimension' | 'measure'
const mark = (kind: FieldKind, key: string): string => `${kind}:${key}`
const read = (e: DragEvent): [kind: string, key: string] => { const [kind = '', key = ''] = e.dataTransfer.getData(MIME).split(':'); return [kind, key] }

type ListProps = { dimensions: Dimension[]; indicators: Indicator[]; used: string[]; refusal: (kind: FieldKind, key: string) => string | undefined }
export function FieldList({ dimensions, indicators, used, refusal }: ListProps): ReactElement {
  const [text, setText] = useState('')
  const item = (kind: FieldKind, key: string, label: string, hint: string): ReactElement | null => {
    if (text !== '' && !label.includes(text)) return null
    const why = refusal(kind, key)
    return <li key={key} draggable={why === undefined} data-used={used.includes(key) || undefined} data-refused={why ? true : undefined} title={why ?? label} onDragStart={(e) => e.dataTransfer.setData(MIME, mark(kind, key))}><span className="ms-ellipsis">{label}</span><span className="ms-hint">{hint}</span></li>
  }
  return (
    <div className="ms-analytics-fields">
      <Input.Search size="small" allowClear aria-label={t('exploreSearch')} placeholder={t('exploreSearch')} value={text} onChange={(e) => setText(e.target.value)} />
      <Section title={t('dimensions')}><ul className="ms-analytics-dims">{dimensions.map((one) => item('dimension', one.key, one.label, one.group))}</ul></Section>
      <Section title={t('indicators')}><ul className="ms-analytics-dims">{indicators.map((one) => item('measure', one.code, one.name, one.definition.unit))}</ul></Section>
    </div>
  )
}

type ZonesProps = {
  state: State; dimensions: Dimension[]; indicators: Indicator[]; up: (axis: Axis) => { label: string; go: () => void } | null; children: ReactNode
  onDimension: (axis: Axis, key: string) => void; onMeasure: (mark: Mark, code: string) => void; onSlice: (key: string) => void; onClear: (zone: 'columns' | 'colour' | 'size') => void; onSwap: () => void
}
export function ExploreZones({ state, dimensions, indicators, up, children, onDimension, onMeasure, onSlice, onClear, onSwap }: ZonesProps): ReactElement {
  const takes = (kind: FieldKind, put: (key: string) => void) => ({ onDragOver: (e: DragEvent) => e.preventDefault(), onDrop: (e: DragEvent) => { e.preventDefault(); const [dropped, key] = read(e); if (dropped === kind && (kind === 'dimension' ? dimensions.some((one) => one.key === key) : indicators.some((one) => one.code === key))) put(key) } })
  const byDimension = dimensions.map((one) => ({ value: one.key, label: one.label }))
  const byIndicator = indicators.map((one) => ({ value: one.code, label: one.name }))
  const search = { showSearch: { optionFilterProp: 'label' }, popupMatchSelectWidth: false } as const
  return (
    <div className="ms-analytics-zones">
      {axes.map((axis, i) => {
        const higher = up(axis)
        return (
          <div key={axis} className="ms-analytics-zone" {...takes('dimension', (key) => onDimension(axis, key))}>
            <label className="ms-row"><span>{t(axis === 'rows' ? 'exploreRows' : 'exploreColumns')}</span><Select {...search} style={{ minInlineSize: 120 }} value={state[axis]} options={i === 0 ? byDimension : [{ value: NONE, label: t('exploreNone') }, ...byDimension]} onChange={(key: string) => (key === NONE ? onClear('columns') : onDimension(axis, key))} /></label>
            {higher ? <Button size="small" type="text" aria-label={higher.label} title={higher.label} onClick={higher.go}>↑</Button> : null}
          </div>
        )
      })}
      <Button aria-label={t('exploreSwap')} title={t('exploreSwap')} disabled={state.columns === NONE} onClick={onSwap}>⇄</Button>
      {marks.map((one) => <div key={one} className="ms-analytics-zone" {...takes('measure', (code) => onMeasure(one, code))}><label className="ms-row"><span>{t(`mark.${one}`)}</span><Select {...search} style={{ minInlineSize: 130 }} value={state[one]} options={one === 'height' ? byIndicator : [{ value: NONE, label: t('exploreNone') }, ...byIndicator]} onChange={(code: string) => (code === NONE && one !== 'height' ? onClear(one) : onMeasure(one, code))} /></label></div>)}
      <div className="ms-analytics-zone" {...takes('dimension', onSlice)}>
        <span>{t('exploreSlices')}</span>{children}
        <Select {...search} aria-label={t('exploreAddSlice')} placeholder={t(state.slices.length === 0 ? 'exploreDropSlice' : 'exploreAddSlice')} value={null} options={byDimension.filter((one) => !state.slices.includes(one.value))} onChange={(key: string | null) => { if (key) onSlice(key) }} />
      </div>
    </div>
  )
}
