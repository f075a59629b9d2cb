// 流转分析: where orders were passed on, given back, moved to and fro, left lying; the way of one order, stay by stay (ANA-11).
import { Button, Drawer } from 'antd'
import { useState, type ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { MemberFilter } from './BoardBar.tsx'
import { usePeriod, usePicks } from './board-state.ts'
import { PeriodChoice } from './PeriodBar.tsx'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

type Found = OutputOf<'findFlowPatterns'>
type Pattern = Found['patterns'][number]['pattern']
const filters = ['county', 'unit', 'appealType', 'matter'] as const
const offered = ['week', 'lastWeek', 'month', 'lastMonth', 'quarter', 'last30', 'halfYear', 'assessmentMonth'] as const

export default function FlowPage(): ReactElement {
  const chosen = usePeriod('last30')
  const { picks, pick, drop } = usePicks()
  const [search, setSearch] = useSearchParams()
  const question = { ...chosen.period, where: picks.map((p) => ({ dimension: p.dimension, values: [p.key] })) }
  const query = useQueryOf('findFlowPatterns', question, { keepPrevious: true, enabled: chosen.ready })
  const [path, setPath] = useState<string | null>(null)
  const turn = (pattern: string): void => setSearch((held) => { const all = new URLSearchParams(held); all.set('pattern', pattern); return all }, { replace: true })
  return (
    <Page title={t('flow')} help="flow" sub={t('flowHint')} bar={<div className="ms-data-bar"><PeriodChoice offers={offered} period={chosen} />{filters.map((key) => <MemberFilter key={key} dimension={key} where={[]} period={chosen.period} picked={picks.find((p) => p.dimension === key)} onPick={pick} onDrop={() => drop(key)} />)}</div>}>
      <QueryView query={query}>
        {(data) => {
          const pattern = data.patterns.find((one) => one.pattern === search.get('pattern')) ?? data.patterns.find((one) => one.orders > 0) ?? data.patterns[0]
          return (
            <div className="ms-analytics-stack">
              <Section title={t('flowPatterns')} extra={<span className="ms-hint">{t('flowOrders', { n: data.orders })} · {t('asOf', { time: when(data.asOf) })}</span>}>
                <div className="ms-analytics-cards">{data.patterns.map((one) => <button key={one.pattern} type="button" className="ms-analytics-entry" aria-pressed={one.pattern === pattern?.pattern} onClick={() => turn(one.pattern)}><strong>{one.name} <span className="ms-num">{one.orders}</span></strong><span className="ms-muted">{one.statement}</span></button>)}</div>
              </Section>
              {pattern ? <Orders key={`${pattern.pattern} ${JSON.stringify(question)}`} question={question} pattern={pattern.pattern} name={pattern.name} onPath={setPath} /> : null}
              <Stages data={data} />
              <div className="ms-analytics-grid"><div data-width="6"><Pushed data={data} /></div><div data-width="6"><Unclear data={data} /></div></div>
            </div>
          )
        }}
      </QueryView>
      {path ? <Drawer open size={860} title={t('flowPath')} onClose={() => setPath(null)}><FlowPath id={path} /></Drawer> : null}
    </Page>
  )
}

function Orders({ question, pattern, name, onPath }: { question: { from: string; to: string; where: { dimension: string; values: (string | null)[] }[] }; pattern: Pattern; name: string; onPath: (id: string) => void }): ReactElement {
  const [cursors, setCursors] = useState<string[]>([])
  const cursor = cursors.at(-1)
  const query = useQueryOf('listFlowOrders', { ...question, pattern, ...(cursor ? { cursor } : {}) }, { keepPrevious: true })
  return (
    <Section title={t('flowOf', { name })} flush>
      <QueryView query={query}>
        {({ items, next }) => items.length === 0 ? <Empty kind="done" text={t('flowNone')} /> : (
          <div className="ms-data-table">
            <table className="ms-plain-table">
              <caption className="ms-hidden">{name}</caption>
              <thead><tr>{(['snapshotNumber', 'snapshotTitle', 'flowState', 'flowWay', 'flowDispatches', 'flowReturns', 'flowLongest'] as const).map((key, i) => <th key={key} scope="col" className={i > 3 ? 'ms-num' : undefined}>{t(key)}</th>)}<th /></tr></thead>
              <tbody>{items.map((one) => (
                <tr key={one.id}><td className="ms-nowrap"><Link to={`/orders/${one.number}`} target="_blank">{one.number}</Link></td><td>{one.title}</td><td className="ms-nowrap">{one.stateName}</td><td>{one.path.join(' → ') || '–'}</td><td className="ms-num">{one.dispatches}</td><td className="ms-num">{one.returns}</td><td className="ms-num">{one.longestHours ?? '–'}</td><td><Button size="small" onClick={() => onPath(one.id)}>{t('flowPath')}</Button></td></tr>
              ))}</tbody>
            </table>
            <div className="ms-row" style={{ justifyContent: 'flex-end', padding: 8 }}>{cursors.length > 0 ? <Button onClick={() => setCursors((held) => held.slice(0, -1))}>{t('snapshotFormer')}</Button> : null}{next ? <Button onClick={() => setCursors((held) => [...held, next])}>{t('snapshotNext')}</Button> : null}</div>
          </div>
        )}
      </QueryView>
    </Section>
  )
}

function Stages({ data }: { data: Found }): ReactElement {
  return (
    <Section title={t('flowStages')} extra={<span className="ms-hint">{t('flowStagesHint', { n: data.slowShare })}</span>} flush>
      {data.stages.length === 0 ? <Empty kind="filter" text={t('nothing')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{t('flowStages')}</caption>
          <thead><tr>{(['flowStage', 'flowDone', 'flowAverage', 'flowMedian', 'flowDue', 'flowLate', 'flowLateRate'] as const).map((key, i) => <th key={key} scope="col" className={i > 0 ? 'ms-num' : undefined}>{t(key)}</th>)}</tr></thead>
          <tbody>{data.stages.map((one) => <tr key={one.kind}><th scope="row">{one.name}{one.slow ? <> <Tag tone="over">{t('flowSlow')}</Tag></> : null}</th><td className="ms-num">{one.done}</td><td className="ms-num">{one.average ?? '–'}</td><td className="ms-num">{one.median ?? '–'}</td><td className="ms-num">{one.due}</td><td className="ms-num">{one.late}</td><td className="ms-num">{one.lateRate === null ? '–' : `${one.lateRate}%`}</td></tr>)}</tbody>
        </table>
      )}
    </Section>
  )
}

function Pushed({ data }: { data: Found }): ReactElement {
  return (
    <Section title={t('flowPushed')} extra={<span className="ms-hint">{t('flowPushedHint')}</span>} flush>
      {data.pushed.length === 0 ? <Empty kind="done" text={t('flowPushedNone')} /> : <table className="ms-plain-table"><caption className="ms-hidden">{t('flowPushed')}</caption><thead><tr><th scope="col">{t('flowUnit')}</th><th scope="col" className="ms-num">{t('flowReturns')}</th><th scope="col" className="ms-num">{t('flowDuty')}</th></tr></thead><tbody>{data.pushed.map((one) => <tr key={one.unitId}><th scope="row">{one.unitName}</th><td className="ms-num">{one.returns}</td><td className="ms-num">{one.duty}</td></tr>)}</tbody></table>}
    </Section>
  )
}

function Unclear({ data }: { data: Found }): ReactElement {
  return (
    <Section title={t('flowUnclear')} extra={<span className="ms-hint">{t('flowUnclearHint')}</span>} flush>
      {data.unclear.length === 0 ? <Empty kind="done" text={t('flowUnclearNone')} /> : <table className="ms-plain-table"><caption className="ms-hidden">{t('flowUnclear')}</caption><thead><tr><th scope="col">{t('flowMatter')}</th><th scope="col" className="ms-num">{t('hotOrders')}</th><th scope="col">{t('flowDenied')}</th><th scope="col">{t('flowLead')}</th></tr></thead><tbody>{data.unclear.map((one) => <tr key={one.matterId ?? ''}><th scope="row">{one.matterName}</th><td className="ms-num">{one.orders}</td><td>{one.units.join('、')}</td><td>{one.leads.join('、') || <Tag tone="near">{t('flowNoLead')}</Tag>}</td></tr>)}</tbody></table>}
    </Section>
  )
}

/** The stays in their order, each as long as it was; what lay too long stands out. */
export function FlowPath({ id }: { id: string }): ReactElement {
  const query = useQueryOf('showFlowPath', { id }, { staleTime: 0 })
  return (
    <QueryView query={query}>
      {({ number, title, stateName, registeredAt, closedAt, hops }) => {
        const most = Math.max(1, ...hops.map((hop) => hop.hours))
        return (
          <>
            <p><Link to={`/orders/${number}`} target="_blank">{number}</Link> {title} <Tag tone="low">{stateName}</Tag> <span className="ms-hint"><Time iso={registeredAt} />{closedAt ? <> – <Time iso={closedAt} /></> : null}</span></p>
            {hops.length === 0 ? <Empty kind="filter" text={t('flowNoHop')} /> : (
              <ol className="ms-analytics-hops">{hops.map((hop) => (
                <li key={hop.id} style={{ marginInlineStart: hop.level * 24 }}>
                  <div className="ms-row"><strong>{hop.unitName}</strong><span className="ms-hint">{hop.roleName} · {t('flowRound', { n: hop.round })}</span><Tag tone={hop.to === null ? 'near' : 'low'}>{hop.stateName}</Tag>{hop.reason ? <span className="ms-hint">{t('flowReason', { reason: hop.reason })}</span> : null}<span className="ms-grow" /><span className="ms-num">{t('flowHours', { n: hop.hours })}{hop.suspendedHours > 0 ? t('flowSuspended', { n: hop.suspendedHours }) : ''}</span></div>
                  <span className="ms-analytics-track"><i data-tone={hop.long ? 'near' : undefined} style={{ inlineSize: `${Math.max(1, (hop.hours / most) * 100)}%` }} /></span>
                  <span className="ms-hint"><Time iso={hop.from} /> – {hop.to ? <Time iso={hop.to} /> : t('flowStill')}{hop.signedAt ? <> · {t('flowSigned')} <Time iso={hop.signedAt} /></> : null}</span>
                </li>
              ))}</ol>
            )}
          </>
        )
      }}
    </QueryView>
  )
}
