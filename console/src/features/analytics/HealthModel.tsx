// The model behind the score, changed by clicks: indicators, what is good and bad, weights, plans and bands.
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { InputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import type { Health } from './HealthPage.tsx'
import { t } from './texts.zh-CN.ts'

type Model = NonNullable<InputOf<'keepHealthModel'>['model']>
type Factor = Omit<Model['factors'][number], 'trouble'> & { trouble?: string | undefined }

export function HealthModel({ data, onClose }: { data: Health; onClose: () => void }): ReactElement {
  const [factors, setFactors] = useState<Factor[]>(() => data.factors.map(({ indicator, measure, good, bad, weight, plan, trouble }) => ({ indicator, measure, good, bad, weight, plan, ...(trouble ? { trouble } : {}) })))
  const [bands, setBands] = useState<Model['bands']>(data.bands)
  const [sending, setSending] = useState(false)
  const indicators = useQueryOf('listIndicators', {}, { staleTime: 600_000 })
  const send = useAct('checkHealth')
  const options = (indicators.data?.items ?? []).filter((one) => one.state === 'active').map((one) => ({ value: one.code, label: one.name }))
  const countable = (indicators.data?.items ?? []).filter((one) => one.state === 'active' && one.kind === 'basic').map((one) => ({ value: one.code, label: one.name }))
  const change = (i: number, part: Partial<Factor>): void => setFactors((held) => held.map((one, at) => (at === i ? { ...one, ...part } : one)))
  const save = async (model: Model | null): Promise<void> => {
    setSending(true)
    try {
      await send('keepHealthModel', { model, edit: data.edit })
      say(t('healthSaved'))
      onClose()
    } catch (error) { const problem = asProblem(error); say(problem.title, 'over'); setSending(false) }
  }
  const restore = async (): Promise<void> => { if (await confirm({ title: t('healthRestore'), text: t('healthRestoreAsk'), verb: t('healthRestore') })) await save(null) }
  const number = (label: string, value: number, onChange: (next: number) => void, most = 100_000): ReactElement => <label className="ms-field"><small>{label}</small><InputNumber min={-most} max={most} value={value} onChange={(next) => onChange(next ?? 0)} style={{ inlineSize: 84 }} /></label>
  return (
    <Drawer open size={860} title={t('healthEdit')} onClose={onClose} extra={<div className="ms-row">{data.edit > 0 ? <Button onClick={() => void restore()}>{t('healthRestore')}</Button> : null}<Button type="primary" loading={sending} onClick={() => void save({ factors: factors.map(({ trouble, ...rest }) => ({ ...rest, ...(trouble ? { trouble } : {}) })), bands })}>{t('healthSave')}</Button></div>}>
      <p className="ms-hint">{t('healthModelHint')}{data.changedByName ? t('healthChangedBy', { by: data.changedByName }) : ''}</p>
      <div className="ms-row">{([0, 1, 2] as const).map((i) => <span key={i}>{number(t(`healthBand.${i}`), bands[i], (next) => setBands((held) => { const all: Model['bands'] = [...held]; all[i] = next; return all }), 100)}</span>)}</div>
      <ul className="ms-analytics-factors">
        {factors.map((one, i) => (
          <li key={i}>
            <div className="ms-row ms-analytics-factor-form">
              <label className="ms-field"><small>{t('healthIndicator')}</small><Select showSearch={{ optionFilterProp: 'label' }} value={one.indicator} options={options} onChange={(indicator) => change(i, { indicator })} style={{ inlineSize: 180 }} /></label>
              <label className="ms-field"><small>{t('healthMeasure')}</small><Select value={one.measure} options={[{ value: 'value', label: t('healthValue') }, { value: 'change', label: t('healthRate') }]} onChange={(measure) => change(i, { measure })} style={{ inlineSize: 110 }} /></label>
              {number(t('healthGood'), one.good, (good) => change(i, { good }))}{number(t('healthBad'), one.bad, (bad) => change(i, { bad }))}{number(t('healthWeight'), one.weight, (weight) => change(i, { weight }), 100)}
              <label className="ms-field"><small>{t('healthTrouble')}</small><Select allowClear showSearch={{ optionFilterProp: 'label' }} value={one.trouble} options={countable} onChange={(trouble: string | undefined) => change(i, { trouble })} style={{ inlineSize: 140 }} /></label>
              <Button type="text" aria-label={t('healthRemove', { n: i + 1 })} disabled={factors.length === 1} onClick={() => setFactors((held) => held.filter((_, at) => at !== i))}>×</Button>
            </div>
            <Input.TextArea aria-label={t('healthPlan')} placeholder={t('healthPlan')} autoSize maxLength={500} value={one.plan} onChange={(e) => change(i, { plan: e.target.value })} />
          </li>
        ))}
      </ul>
      <Button disabled={factors.length >= 20} onClick={() => setFactors((held) => [...held, { indicator: 'urged', measure: 'value', good: 0, bad: 10, weight: 5, plan: '' }])}>{t('healthAdd')}</Button>
    </Drawer>
  )
}
