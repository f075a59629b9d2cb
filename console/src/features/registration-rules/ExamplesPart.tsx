// The test set of proofreading: its accuracy, what went wrong, and examples that a centre adds.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'
import '../supervision/supervision.css'

const GOAL = 85

export function ExamplesPart(): ReactElement {
  const query = useQueryOf('listProofreadExamples', {})
  const rules = useQueryOf('listProofreadRules', {})
  const [adding, setAdding] = useState(false)
  const [measure, setMeasure] = useState<OutputOf<'measureProofreading'> | null>(null)
  const [busy, setBusy] = useState(false)
  const send = useAct('listProofreadExamples')
  const run = () => { setBusy(true); void call('measureProofreading', {}).then(setMeasure).catch((error: Error) => say(error.message, 'over')).finally(() => setBusy(false)) }
  const known = [...(rules.data?.shipped.map((one) => ({ const: one.code as string, title: one.name })) ?? []), ...(rules.data?.own.filter((one) => one.enabled).map((one) => ({ const: `own:${one.id}`, title: one.name })) ?? [])]
  const nameOf = (code: string): string => known.find((one) => one.const === code)?.title ?? code
  return (
    <QueryView query={query}>
      {({ shipped, items }) => (
        <div className="ms-stack">
          <Section title={t('accuracy')} extra={<span className="ms-row"><span className="ms-hint">{t('shippedExamples', { n: shipped, m: items.length })}</span><Button size="small" type="primary" loading={busy} onClick={run}>{t('measure')}</Button></span>}>
            {measure ? (
              <div className="ms-stack" role="status">
                <div className="ms-watch-figures"><Figure label={t('accuracy')} value={`${measure.accuracy}%`} delta={{ text: t('accuracyGoal') }} {...(measure.accuracy < GOAL ? { tone: 'over' as const } : {})} /><Figure label={t('exampleCount')} value={measure.examples} /><Figure label={t('right')} value={measure.right} /></div>
                <table className="ms-plain-table">
                  <thead><tr><th scope="col">{t('name')}</th>{(['expectedCount', 'right', 'missed', 'wrong'] as const).map((key) => <th key={key} scope="col" className="ms-num">{t(key)}</th>)}</tr></thead>
                  <tbody>{measure.rules.map((one) => <tr key={one.code}><th scope="row">{one.name}</th><td className="ms-num">{one.expected}</td><td className="ms-num">{one.right}</td><td className="ms-num">{one.missed}</td><td className="ms-num">{one.wrong}</td></tr>)}</tbody>
                </table>
                {measure.faults.length === 0 ? <span className="ms-hint">{t('noFaults')}</span> : <><strong>{t('faults')}</strong><ul className="ms-plain-list">{measure.faults.map((one, i) => <li key={i}>{one.title}：{one.content} <span className="ms-hint">{t('expected')}：{one.expected.join('、') || t('expectedNone')}；{t('found')}：{one.found.join('、') || t('expectedNone')}</span></li>)}</ul></>}
              </div>
            ) : <span className="ms-hint">{t('accuracyGoal')}</span>}
          </Section>
          <Section title={t('examples')} flush extra={<Button size="small" onClick={() => setAdding(true)}>{t('addExample')}</Button>}>
            {items.length === 0 ? <Empty kind="done" text={t('noExamples')} hint={t('noExamplesHint')} /> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col" style={{ inlineSize: 180 }}>{t('caption')}</th><th scope="col">{t('content')}</th><th scope="col" style={{ inlineSize: 180 }}>{t('area')}</th><th scope="col" style={{ inlineSize: 200 }}>{t('expected')}</th><th scope="col" style={{ inlineSize: 72 }}>{t('acts')}</th></tr></thead>
                <tbody>{items.map((one) => <tr key={one.id}><th scope="row" title={one.title}>{one.title}</th><td title={one.content}>{one.content}</td><td title={one.areaName ?? ''}>{one.areaName ?? '–'}</td><td>{one.expected.map(nameOf).join('、') || t('expectedNone')}</td><td><Button size="small" type="link" danger onClick={() => void send('removeProofreadExample', { id: one.id }).catch((error: Error) => say(error.message, 'over'))}>{t('remove')}</Button></td></tr>)}</tbody>
              </table>
            )}
          </Section>
          {adding ? (
            <ActDrawer open onClose={() => setAdding(false)} title={t('addExample')} submitLabel={t('addExample')} onDone={() => { say(t('saved')); setAdding(false) }} loaders={orderLoaders}
              schema={{ type: 'object', required: ['title', 'content'], properties: { title: { type: 'string', title: t('caption'), maxLength: 80 }, content: { type: 'string', format: 'textarea', title: t('content'), maxLength: 2000 }, areaCode: { type: 'string', format: 'area', title: t('area') }, phone: { type: 'string', title: t('phone'), maxLength: 40 }, expected: { type: 'array', title: t('expected'), items: { type: 'string', oneOf: known } } } }}
              submit={(v) => send('addProofreadExample', v)} />
          ) : null}
        </div>
      )}
    </QueryView>
  )
}
