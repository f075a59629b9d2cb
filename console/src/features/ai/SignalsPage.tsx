// 新发与主体: what many orders tell together: new and surging words, complained-against subjects, themes that no label fits.
import { Button, Checkbox, DatePicker, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { dateFromPicker, fromEpoch, now, toPicker } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

const tabs = ['surges', 'subjects', 'labels'] as const
type Sample = { number: string; title: string }
type Proposal = OutputOf<'listLabelProposals'>['items'][number]

export default function SignalsPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'surges'
  return (
    <Page title={t('signals')} sub={t(`signals.${tab}Help`)} state={<Segmented size="small" value={tab} options={tabs.map((value) => ({ value, label: t(`signals.${value}`) }))} onChange={(value) => setParams({ tab: value })} />}>
      {tab === 'surges' ? <Surges /> : tab === 'subjects' ? <Subjects /> : <Labels />}
    </Page>
  )
}

const Samples = ({ list }: { list: readonly Sample[] }): ReactElement => <>{list.map((one) => <div key={one.number} className="ms-ellipsis"><Link to={`/orders/${one.number}`}>{one.title}</Link></div>)}</>

/** Orders a day; the last one stands out. */
function Curve({ of }: { of: readonly number[] }): ReactElement {
  const most = Math.max(1, ...of)
  return (
    <svg width={of.length * 5} height={28} role="img" aria-label={t('curveOf', { list: of.slice(-7).join('、') })}>
      {of.map((n, at) => <rect key={at} x={at * 5} width={4} y={28 - Math.max(1, (n * 28) / most)} height={Math.max(1, (n * 28) / most)} fill={at === of.length - 1 ? 'var(--ms-over, #cf1322)' : 'var(--ms-border, #bfbfbf)'} />)}
    </svg>
  )
}

function Surges(): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const states = ['open', 'setMade', 'labelProposed', 'dismissed'] as const
  const [state, setState] = useState<(typeof states)[number]>('open')
  const list = useQueryOf('listSurges', { state })
  const send = useAct('listSurges')
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  const decide = (id: string, act: 'set' | 'label' | 'dismiss') => void send('decideSurge', { id, act }).then((done) => { say(t('savedIt')); if (done.setId) void navigate(`/orders/sets/${done.setId}`) }, failed)
  return (
    <Section flush title={<Segmented size="small" value={state} options={states.map((value) => ({ value, label: t(`surge.${value}`) }))} onChange={setState} />} extra={can('ai.manage') ? <Button size="small" onClick={() => void send('findSurges', {}).then((done) => say(t('foundNew', { n: done.found })), failed)}>{t('analyseNow')}</Button> : null}>
      <QueryView query={list}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('surgesNone')} hint={t('surgesNoneHint')} /> : (
        <table className="ms-plain-table">
          <thead><tr><th scope="col">{t('term')}</th><th scope="col" className="ms-num">{t('ofDay')}</th><th scope="col" className="ms-num">{t('meanBefore')}</th><th scope="col">{t('lastDays')}</th><th scope="col">{t('sampleOrders')}</th><th scope="col" /></tr></thead>
          <tbody>{items.map((one) => (
            <tr key={one.id}>
              <td style={{ inlineSize: 200 }}><strong>{one.term}</strong> <Tag tone="plain">{t(`surgeKind.${one.kind}`)}</Tag>{one.fresh ? <Tag tone="over">{t('fresh')}</Tag> : null}{one.seasonal ? <Tag tone="calm">{t('seasonal', { n: one.lastYear })}</Tag> : null}<div className="ms-hint">{one.day}</div></td>
              <td className="ms-num">{one.orders}</td><td className="ms-num">{one.mean}</td><td style={{ inlineSize: 160 }}><Curve of={one.curve} /></td><td><Samples list={one.samples} /></td>
              <td style={{ inlineSize: 220 }}>{one.state === 'open' ? <span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>{can('orders.manageSets') ? <button type="button" className="ms-link-button" onClick={() => decide(one.id, 'set')}>{t('makeSet')}</button> : null}<button type="button" className="ms-link-button" onClick={() => decide(one.id, 'label')}>{t('makeLabel')}</button><button type="button" className="ms-link-button" onClick={() => decide(one.id, 'dismiss')}>{t('dismiss')}</button></span> : <span className="ms-hint">{one.decidedByName}</span>}</td>
            </tr>
          ))}</tbody>
        </table>
      ))}</QueryView>
    </Section>
  )
}

const dayBefore = (days: number): string => dateFromPicker(toPicker(fromEpoch(now() - days * 86_400_000))) ?? ''

function Subjects(): ReactElement {
  const [params, setParams] = useSearchParams()
  const [from, to] = [params.get('from') ?? dayBefore(29), params.get('to') ?? dayBefore(0)]
  const outside = params.get('outOfArea') === 'true'
  const read = useQueryOf('subjectFigures', { from, to, ...(outside ? { outOfArea: 'true' as const } : {}) })
  const set = (change: Record<string, string>) => setParams((held) => { const next = new URLSearchParams(held); for (const [key, value] of Object.entries(change)) if (value) next.set(key, value); else next.delete(key); return next }, { replace: true })
  return (
    <div className="ms-stack">
      <div className="ms-row">
        <DatePicker.RangePicker size="small" allowClear={false} value={[toPicker(from), toPicker(to)]} onChange={(range) => { const [a, b] = [dateFromPicker(range?.[0] ?? null), dateFromPicker(range?.[1] ?? null)]; if (a && b) set({ from: a, to: b }) }} />
        <Checkbox checked={outside} onChange={(e) => set({ outOfArea: e.target.checked ? 'true' : '' })}>{t('onlyOutOfArea')}</Checkbox>
      </div>
      <QueryView query={read}>{({ items, quality }) => (
        <>
          <div className="ms-row"><Figure label={t('subjectRead')} value={quality.read} /><Figure label={t('subjectLinked')} value={quality.read === 0 ? '—' : `${(quality.linked * 100 / quality.read).toFixed(1)}%`} /><Figure label={t('subjectCorrected')} value={quality.corrected + quality.dropped} /><Figure label={t('subjectAdded')} value={quality.added} /></div>
          <Section flush title={t('subjects')}>
            {items.length === 0 ? <Empty kind="filter" /> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('subjectName')}</th><th scope="col">{t('industry')}</th><th scope="col">{t('place')}</th><th scope="col" className="ms-num">{t('ordersOf')}</th><th scope="col" className="ms-num">{t('ordersBefore')}</th><th scope="col" className="ms-num">{t('ordersOpen')}</th><th scope="col" className="ms-num">{t('ordersNegative')}</th><th scope="col">{t('sampleOrders')}</th></tr></thead>
                <tbody>{items.map((one) => <tr key={`${one.enterpriseId ?? ''}${one.name}`}><td>{one.name} <Tag tone={one.enterpriseId ? 'ok' : 'plain'}>{one.enterpriseId ? t('linked') : t('unlinked')}</Tag>{one.outOfArea ? <Tag tone="near">{t('outOfArea')}</Tag> : null}</td><td>{one.industry ?? '—'}</td><td>{one.areaName ?? '—'}</td><td className="ms-num">{one.orders}</td><td className="ms-num">{one.before}</td><td className="ms-num">{one.open}</td><td className="ms-num">{one.negative}</td><td><Samples list={one.samples} /></td></tr>)}</tbody>
              </table>
            )}
          </Section>
        </>
      )}</QueryView>
    </div>
  )
}

function Labels(): ReactElement {
  const { can } = useSession()
  const states = ['proposed', 'confirmed', 'rejected'] as const
  const [state, setState] = useState<(typeof states)[number]>('proposed')
  const list = useQueryOf('listLabelProposals', { state })
  const classes = useQueryOf('listLabelClasses', {}, { staleTime: 300_000 })
  const send = useAct('listLabelProposals')
  const [open, setOpen] = useState<Proposal | null>(null)
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  return (
    <Section flush title={<Segmented size="small" value={state} options={states.map((value) => ({ value, label: t(`proposal.${value}`) }))} onChange={setState} />} extra={can('ai.manage') ? <Button size="small" onClick={() => void send('mineLabels', {}).then((done) => say(t('foundNew', { n: done.found })), failed)}>{t('analyseNow')}</Button> : null}>
      <QueryView query={list}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('proposalsNone')} hint={t('proposalsNoneHint')} /> : (
        <table className="ms-plain-table">
          <thead><tr><th scope="col">{t('labelName')}</th><th scope="col">{t('keywords')}</th><th scope="col" className="ms-num">{t('ordersOf')}</th><th scope="col">{t('sampleOrders')}</th><th scope="col">{t('at')}</th><th scope="col" /></tr></thead>
          <tbody>{items.map((one) => (
            <tr key={one.id}><td><strong>{one.name}</strong><div className="ms-hint">{one.definition}</div></td><td>{one.keywords.join('、')}</td><td className="ms-num">{one.orders}</td><td><Samples list={one.samples} /></td><td style={{ inlineSize: 110 }}><Time iso={one.proposedAt} /></td>
              <td style={{ inlineSize: 120 }}>{one.state === 'proposed' && can('platform.manageLabels') ? <span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}><button type="button" className="ms-link-button" onClick={() => setOpen(one)}>{t('confirmIt')}</button><button type="button" className="ms-link-button" onClick={() => void send('decideLabelProposal', { id: one.id, outcome: 'reject' }).then(() => say(t('savedIt')), failed)}>{t('rejectIt')}</button></span> : <span className="ms-hint">{one.decidedByName}</span>}</td></tr>
          ))}</tbody>
        </table>
      ))}</QueryView>
      {open ? <ActDrawer open onClose={() => setOpen(null)} title={t('confirmLabel')} sub={t('ordersCount', { n: open.orders })} notice={t('confirmLabelHelp')} submitLabel={t('confirmIt')} initial={{ name: open.name, definition: open.definition, keywords: open.keywords.join('、'), classCode: classes.data?.items.find((one) => one.state === 'active')?.code, putOn: true }}
        schema={{ type: 'object', required: ['name', 'classCode'], properties: { name: { type: 'string', title: t('labelName'), maxLength: 40 }, classCode: { type: 'string', title: t('class'), oneOf: (classes.data?.items ?? []).filter((one) => one.state === 'active').map((one) => ({ const: one.code, title: one.name })) }, definition: { type: 'string', format: 'textarea', title: t('definition'), maxLength: 500 }, keywords: { type: 'string', title: t('keywords'), maxLength: 400 }, putOn: { type: 'boolean', title: t('putOn') } } }}
        submit={async (values) => { const done = await send('decideLabelProposal', { id: open.id, outcome: 'confirm', name: String(values.name ?? ''), definition: String(values.definition ?? ''), classCode: String(values.classCode ?? ''), keywords: String(values.keywords ?? '').split(/[\s、,，]+/).filter(Boolean), putOn: values.putOn !== false }); say(t('labelMade', { n: done.labelled })) }} /> : null}
    </Section>
  )
}
