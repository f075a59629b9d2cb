// Conditions under which a point on the map is mandatory: groups, tried on past orders, saved with a reason.
import { Button, Input, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { FormRenderer } from '../../ui/FormRenderer.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { categoryLoader, orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Rule = OutputOf<'pointRules'>['rules'][number]
// no format of its own stands for categories: the slot of units serves them here
const loaders = { ...orderLoaders, unit: categoryLoader('category') }
const lists = ['appealTypes', 'matterIds', 'categoryIds', 'areaCodes', 'urgencies'] as const

export function PointsPart(): ReactElement {
  const query = useQueryOf('pointRules', {})
  return <QueryView query={query}>{(data) => <Editor key={JSON.stringify(data.rules)} saved={data.rules} />}</QueryView>
}

function Editor({ saved }: { saved: Rule[] }): ReactElement {
  const known = useQueryOf('listProofreadRules', {})
  const [rules, setRules] = useState(saved)
  const [reason, setReason] = useState('')
  const [trial, setTrial] = useState<OutputOf<'tryPointRules'> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = useAct('pointRules')
  const change = (next: Rule[]) => { setRules(next); setTrial(null); setProblem(null) }
  const choices = (field: string) => (known.data?.fields.find((one) => one.value === field)?.choices ?? []).map((one) => ({ const: one.value, title: one.label }))
  const many = (format: 'matter' | 'unit' | 'area') => ({ type: 'array' as const, items: { type: 'string' as const }, format })
  const test = () => void call('tryPointRules', { rules, days: 30 }).then(setTrial).catch((error: Error) => say(error.message, 'over'))
  const save = () => void send('setPointRules', { rules, reason }).then(() => say(t('saved'))).catch((error: unknown) => setProblem(asProblem(error)))
  const dirty = JSON.stringify(rules) !== JSON.stringify(saved)
  return (
    <Section title={t('points')} extra={<span className="ms-hint">{t('pointsHint')}</span>}>
      <div className="ms-stack">
        {rules.length === 0 ? <Empty kind="done" text={t('noPoints')} hint={t('noPointsHint')} /> : rules.map((rule, i) => (
          <fieldset key={i} className="ms-call-group">
            <legend className="ms-row">{t('group', { n: i + 1 })}<Segmented size="small" value={rule.join} options={(['all', 'any'] as const).map((value) => ({ value, label: t(`join.${value}`) }))} onChange={(join) => change(rules.map((one, at) => (at === i ? { ...one, join } : one)))} /><Button size="small" type="link" danger onClick={() => change(rules.filter((_, at) => at !== i))}>{t('remove')}</Button></legend>
            <FormRenderer layout="left" loaders={loaders} errors={{}} value={rule} onChange={(value) => change(rules.map((one, at) => (at === i ? { ...one, ...Object.fromEntries(lists.map((name) => [name, Array.isArray(value[name]) ? value[name].filter((v): v is string => typeof v === 'string') : []])) } : one)))}
              schema={{ type: 'object', properties: { appealTypes: { type: 'array', title: t('type'), items: { type: 'string', oneOf: choices('appealType') } }, urgencies: { type: 'array', title: t('urgencies'), items: { type: 'string', oneOf: choices('urgency') } }, matterIds: { ...many('matter'), title: t('matters') }, categoryIds: { ...many('unit'), title: t('categories') }, areaCodes: { ...many('area'), title: t('areas') } } }} />
          </fieldset>
        ))}
        <div className="ms-row"><Button onClick={() => change([...rules, { join: 'all', appealTypes: [], matterIds: [], categoryIds: [], areaCodes: [], urgencies: [] }])}>{t('addGroup')}</Button><Button disabled={rules.length === 0} onClick={test}>{t('tryNow')}</Button></div>
        {trial ? <div role="status">{t('pointTrial', { examined: trial.examined, needed: trial.needed, lacking: trial.lacking })}<ul className="ms-plain-list">{trial.sample.map((one) => <li key={one.id}><bdi className="ms-code">{one.number}</bdi> {one.title}</li>)}</ul></div> : null}
        {dirty ? <div className="ms-row"><Input style={{ inlineSize: 320 }} aria-label={t('reason')} placeholder={t('reason')} value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /><Button type="primary" disabled={reason.trim() === ''} onClick={save}>{t('save')}</Button></div> : null}
        {problem ? <ProblemLine problem={problem} /> : null}
      </div>
    </Section>
  )
}
