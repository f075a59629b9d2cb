// A definition: counted from rows by conditions, or computed by a formula; new ones at once, changes from a coming day on.
import { Button, Drawer, Input, InputNumber, Segmented, Select } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { asProblem, type Problem } from '../../api/problem.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { say } from '../../ui/notices.ts'
import { month } from '../../ui/period.ts'
import { useAct } from '../../ui/use-act.ts'
import type { Catalogue, Indicator } from './CataloguePage.tsx'
import { Conditions } from './Conditions.tsx'
import { t } from './texts.zh-CN.ts'

export type Definition = Indicator['definition']
export type Basic = Extract<Definition, { kind: 'basic' }>
const empty: Extract<Definition, { formula: string }> = { kind: 'derived', unit: '%', scale: 2, direction: 'up', statement: '', formula: '' }
const emptyBasic: Basic = { kind: 'basic', unit: '件', scale: 0, direction: 'none', statement: '', fact: 'order', date: 'registered', aggregate: 'count', where: [] }

/** Changes usually begin with a month. */
function nextMonth(): string {
  const [year = 0, number = 1] = month().from.split('-').map(Number)
  return `${number === 12 ? year + 1 : year}-${String((number % 12) + 1).padStart(2, '0')}-01`
}

export function IndicatorForm({ catalogue, indicator, onClose }: { catalogue: Catalogue; indicator: Indicator | null; onClose: () => void }): ReactElement {
  const send = useAct('listIndicators', 'listIndicatorChanges', 'queryFigures')
  const [head, setHead] = useState({ code: indicator?.code ?? '', name: indicator?.name ?? '', owner: indicator?.owner ?? '', fromDay: nextMonth(), reason: '' })
  const [d, setDefinition] = useState<Definition>(indicator?.versions[0]?.definition ?? empty)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (next: Partial<Definition>): void => setDefinition((held) => ({ ...held, ...next }) as Definition) // parts of the same kind
  const fault = (path: string): string | undefined => problem?.fields?.find((f) => f.path === path)?.message
  const turn = (kind: Definition['kind']): void => {
    if (kind === 'basic') setDefinition({ ...emptyBasic, statement: d.statement })
    else setDefinition({ ...(d.kind === 'basic' ? empty : d), kind, statement: d.statement })
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const { code, name, owner, fromDay, reason } = head
      const { waiting } = indicator ? await send('changeIndicator', { code, name, owner, reason, fromDay, definition: d }) : await send('createIndicator', { code, name, owner, reason, definition: d })
      say(t(waiting ? 'sentForReview' : 'saved'))
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const field = (label: string, path: string, control: ReactNode, hint?: string): ReactElement => (
    <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{fault(path) ? <span className="ms-data-fault" role="alert">{fault(path)}</span> : hint ? <span className="ms-hint">{hint}</span> : null}</label>
  )
  const fact = d.kind === 'basic' ? catalogue.facts.find((f) => f.key === d.fact) : undefined
  const named = (list: readonly { key: string; label: string }[]) => list.map((one) => ({ value: one.key, label: one.label }))
  return (
    <Drawer open size={720} title={indicator ? `${t('change')}：${indicator.name}` : t('create')} onClose={onClose} footer={<div className="ms-row" style={{ justifyContent: 'flex-end' }}>{problem ? <span className="ms-data-fault" role="alert">{problem.title}</span> : null}<Button type="primary" loading={busy} onClick={() => void save()}>{t('save')}</Button></div>}>
      <div className="ms-data-form">
        <div className="ms-data-half">
          {field(t('name'), 'name', <Input value={head.name} maxLength={40} onChange={(e) => setHead({ ...head, name: e.target.value })} />)}
          {field(t('code'), 'code', <Input value={head.code} disabled={indicator !== null} maxLength={40} onChange={(e) => setHead({ ...head, code: e.target.value })} />)}
        </div>
        {indicator ? (
          <div className="ms-data-half">
            {field(t('fromDay'), 'fromDay', <DateInput value={head.fromDay} onChange={(fromDay) => setHead({ ...head, fromDay: fromDay ?? '' })} />, t('fromDayHelp'))}
            {field(t('reason'), 'reason', <Input value={head.reason} maxLength={200} onChange={(e) => setHead({ ...head, reason: e.target.value })} />)}
          </div>
        ) : null}
        <Segmented value={d.kind} onChange={turn} options={(['basic', 'derived', 'composite'] as const).map((value) => ({ value, label: catalogue.items.find((i) => i.kind === value)?.kindName ?? value }))} />
        {d.kind === 'basic' ? (
          <>
            <div className="ms-data-half">
              {field(t('fact'), 'definition.fact', <Select value={d.fact} options={named(catalogue.facts)} onChange={(key) => set({ fact: key, date: catalogue.facts.find((f) => f.key === key)?.dates[0]?.key ?? '', where: [], measure: undefined })} />)}
              {field(t('date'), 'definition.date', <Select value={d.date} options={named(fact?.dates ?? [])} onChange={(date) => set({ date })} />)}
              {field(t('aggregate'), 'definition.aggregate', <Select value={d.aggregate} options={(['count', 'orders', 'sum', 'max'] as const).map((value) => ({ value, label: t(`aggregate.${value}`) }))} onChange={(aggregate) => set({ aggregate })} />)}
              {d.aggregate === 'sum' || d.aggregate === 'max' ? field(t('measure'), 'definition.measure', <Select value={d.measure} options={named(fact?.measures ?? [])} onChange={(measure) => set({ measure })} />) : null}
            </div>
            {fact ? <Conditions fact={fact} value={d.where} fault={fault} onChange={(where) => set({ where })} /> : null}
          </>
        ) : field(t('formula'), 'definition.formula', <Input.TextArea autoSize={{ minRows: 2 }} value={d.formula} maxLength={1000} onChange={(e) => set({ formula: e.target.value })} />, t('formulaHelp', { functions: catalogue.functions.join('、') }))}
        <div className="ms-data-half">
          {field(t('unitLabel'), 'definition.unit', <Input value={d.unit} maxLength={10} onChange={(e) => set({ unit: e.target.value })} />)}
          {field(t('scale'), 'definition.scale', <InputNumber style={{ inlineSize: '100%' }} min={0} max={6} value={d.scale} onChange={(scale) => set({ scale: scale ?? 0 })} />)}
        </div>
        {field(t('direction'), 'definition.direction', <Segmented value={d.direction} options={(['up', 'down', 'none'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))} onChange={(direction) => set({ direction })} />)}
        {field(t('statement'), 'definition.statement', <Input.TextArea autoSize={{ minRows: 2 }} value={d.statement} maxLength={500} onChange={(e) => set({ statement: e.target.value })} />)}
      </div>
    </Drawer>
  )
}
