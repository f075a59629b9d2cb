// The fields of one block of a template; those offered follow its kind.
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ConditionsOf } from '../analytics/PanelForm.tsx'
import { placeholderHelp, t } from './texts.zh-CN.ts'

export type TemplateBlock = OutputOf<'showReportTemplate'>['definition']['sections']['body'][number]
type Of<K extends TemplateBlock['kind']> = Extract<TemplateBlock, { kind: K }>
type Catalogue = OutputOf<'listIndicators'>

const looks = ['cards', 'table', 'bar', 'rows', 'line', 'area', 'stacked', 'pie'] as const
const most: Record<(typeof looks)[number], number> = { cards: 0, table: 2, bar: 2, rows: 1, line: 2, area: 2, stacked: 2, pie: 1 }
const operators = ['>', '>=', '<', '<=', '=', '!='] as const

export function firstOf(kind: TemplateBlock['kind']): TemplateBlock {
  switch (kind) {
    case 'heading': return { kind, text: '标题' }
    case 'text': return { kind, sentences: [{ text: '受理{received}件，{received.change}。' }] }
    case 'data': return { kind, look: 'bar', title: '受理量', indicators: ['received'], dimensions: ['category'], where: [], limit: 10, sentence: true, half: false }
    case 'orders': return { kind, title: '工单明细', indicator: 'received', where: [], limit: 20 }
    case 'scores': return { kind, title: '考核排名', limit: 20 }
    case 'note': return { kind, text: '说明' }
  }
}
export const nameOf = (b: TemplateBlock): string => (b.kind === 'text' ? (b.sentences[0]?.text ?? '') : b.kind === 'heading' || b.kind === 'note' ? b.text : b.title)

export function BlockForm({ block, catalogue, onChange }: { block: TemplateBlock; catalogue: Catalogue; onChange: (next: TemplateBlock) => void }): ReactElement {
  const indicators = catalogue.items.filter((i) => i.state === 'active').map((i) => ({ value: i.code, label: i.name }))
  const dimensions = catalogue.dimensions.map((d) => ({ value: d.key, label: `${d.group} · ${d.label}` }))
  const field = (label: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}</label>
  const title = (b: Of<'data' | 'orders' | 'scores'>): ReactElement => field(t('title'), <Input value={b.title} maxLength={60} onChange={(e) => onChange({ ...b, title: e.target.value })} />)
  const limit = (b: Of<'data' | 'orders' | 'scores'>): ReactElement => field(t('limit'), <InputNumber min={1} max={100} style={{ inlineSize: '100%' }} value={b.limit ?? null} onChange={(n) => onChange({ ...b, limit: n ?? (b.kind === 'data' ? undefined : 20) } as TemplateBlock)} />)
  switch (block.kind) {
    case 'heading': return <div className="ms-report-form">{field(t('text'), <Input value={block.text} maxLength={60} onChange={(e) => onChange({ ...block, text: e.target.value })} />)}</div>
    case 'note': return <div className="ms-report-form">{field(t('text'), <Input.TextArea autoSize value={block.text} maxLength={500} onChange={(e) => onChange({ ...block, text: e.target.value })} />)}</div>
    case 'scores': return <div className="ms-report-form">{title(block)}{limit(block)}</div>
    case 'orders': return <div className="ms-report-form">{title(block)}{field(t('indicator'), <Select showSearch={{ optionFilterProp: 'label' }} value={block.indicator} options={catalogue.items.filter((i) => i.state === 'active' && i.kind === 'basic').map((i) => ({ value: i.code, label: i.name }))} onChange={(indicator: string) => onChange({ ...block, indicator })} />)}<ConditionsOf value={block.where} dimensions={dimensions} onChange={(where) => onChange({ ...block, where })} />{limit(block)}</div>
    case 'text': return <Sentences block={block} indicators={indicators} onChange={onChange} />
    case 'data': return (
      <div className="ms-report-form">
        <div className="ms-data-half">{field(t('look'), <Select value={block.look} options={looks.map((value) => ({ value, label: t(`look.${value}`) }))} onChange={(look) => onChange({ ...block, look, dimensions: look === 'cards' ? [] : block.dimensions.slice(0, most[look]) })} />)}{title(block)}</div>
        {field(t('indicators'), <Select mode="multiple" optionFilterProp="label" value={block.indicators} options={indicators} onChange={(list: string[]) => onChange({ ...block, indicators: list.slice(0, 12) })} />)}
        {most[block.look] > 0 ? field(t('dimensions'), <Select mode="multiple" value={block.dimensions} options={dimensions} onChange={(list: string[]) => onChange({ ...block, dimensions: list.slice(-most[block.look]) })} />) : null}
        <ConditionsOf value={block.where} dimensions={dimensions} onChange={(where) => onChange({ ...block, where })} />
        <div className="ms-data-half">{field(t('compareWith'), <Select value={block.compare ?? 'none'} options={(['none', 'previous', 'lastYear'] as const).map((value) => ({ value, label: t(`compare.${value}`) }))} onChange={(value: 'none' | 'previous' | 'lastYear') => onChange({ ...block, compare: value === 'none' ? undefined : value })} />)}{most[block.look] > 0 ? limit(block) : null}</div>
        <div className="ms-row"><Checkbox checked={block.sentence} onChange={(e) => onChange({ ...block, sentence: e.target.checked })}>{t('sentence')}</Checkbox><Checkbox checked={block.half} onChange={(e) => onChange({ ...block, half: e.target.checked })}>{t('half')}</Checkbox></div>
      </div>
    )
  }
}

type Options = { value: string; label: string }[]
function Sentences({ block, indicators, onChange }: { block: Of<'text'>; indicators: Options; onChange: (next: TemplateBlock) => void }): ReactElement {
  const change = (i: number, next: Partial<Of<'text'>['sentences'][number]>): void => onChange({ ...block, sentences: block.sentences.map((s, at) => (at === i ? { ...s, ...next } : s)) })
  return (
    <div className="ms-report-form">
      <p className="ms-hint">{placeholderHelp.text}</p>
      {block.sentences.map((s, i) => (
        <div key={i}>{/* sentences have no identity of their own */}
          <Input.TextArea aria-label={t('text')} autoSize value={s.text} maxLength={2000} onChange={(e) => change(i, { text: e.target.value })} />
          <div className="ms-row" style={{ marginBlockStart: 4, flexWrap: 'wrap' }}>
            <Select size="small" aria-label={t('insert')} placeholder={t('insert')} style={{ inlineSize: 120 }} showSearch={{ optionFilterProp: 'label' }} value={null} options={indicators} onChange={(code: string | null) => { if (code) change(i, { text: `${s.text}{${code}}` }) }} />
            <Select size="small" aria-label={t('when')} style={{ inlineSize: 130 }} value={s.when?.indicator ?? ''} showSearch={{ optionFilterProp: 'label' }} options={[{ value: '', label: t('always') }, ...indicators.map((o) => ({ ...o, label: `${t('when')} ${o.label}` }))]} onChange={(indicator: string) => change(i, { when: indicator === '' ? undefined : { indicator, of: s.when?.of ?? 'value', op: s.when?.op ?? '>', than: s.when?.than ?? 0 } })} />
            {s.when ? <><Select size="small" value={s.when.of} options={(['value', 'before', 'change'] as const).map((value) => ({ value, label: t(`of.${value}`) }))} onChange={(of) => change(i, { when: s.when ? { ...s.when, of } : undefined })} /><Select size="small" value={s.when.op} options={operators.map((value) => ({ value, label: value }))} onChange={(op) => change(i, { when: s.when ? { ...s.when, op } : undefined })} /><InputNumber size="small" style={{ inlineSize: 80 }} value={s.when.than} onChange={(than) => change(i, { when: s.when ? { ...s.when, than: than ?? 0 } : undefined })} /></> : null}
            <Button size="small" type="text" disabled={block.sentences.length === 1} onClick={() => onChange({ ...block, sentences: block.sentences.filter((_, at) => at !== i) })}>{t('remove')}</Button>
          </div>
        </div>
      ))}
      <div><Button size="small" onClick={() => onChange({ ...block, sentences: [...block.sentences, { text: '' }] })}>{t('addSentence')}</Button></div>
    </div>
  )
}
