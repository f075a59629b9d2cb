// 对象得分: the score with the numbers put into its formulas, where each point went, and what would raise it. Score → lost point →
// evidence → recording: three clicks.
import { Button, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Chart } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { moment } from '../../ui/time.ts'
import { light } from '../../ui/tokens.ts'
import { useAct } from '../../ui/use-act.ts'
import { FigureEvidence } from './FigureSheets.tsx'
import { Losses } from './Losses.tsx'
import { shown, StandingTag } from './parts.tsx'
import { t } from './texts.zh-CN.ts'
import './assessment.css'

export type Score = OutputOf<'showAssessmentScore'>
type Item = Score['items'][number]

export default function ScorePage(): ReactElement {
  const { period = '', object = '' } = useParams()
  const [search] = useSearchParams()
  const runId = search.get('run') ?? undefined
  const score = useQueryOf('showAssessmentScore', { id: period, objectId: object, ...(runId ? { runId } : {}) }, { keepPrevious: true })
  useTopic('assessment', ['showAssessmentScore', 'listAssessmentLosses'])
  const data = score.data
  return (
    <Page title={data ? data.objectName : t('score')} help="assessment" state={data ? <><StandingTag standing={data.standing} />{data.run.number > 0 ? <span className="ms-muted">{t('version', { n: data.run.number })}</span> : null}</> : null}
      sub={data ? <><Link to={`/assessment/${data.id}${runId ? `?run=${runId}` : ''}`}>{data.name} · {data.modelName}</Link>{data.appealUntil ? ` · ${t('appealUntil', { time: moment(data.appealUntil) })}` : ''}</> : null}
      acts={data ? <><Button type="text" href={`/api/assessment/periods/${data.id}/report?format=pdf&objectId=${data.objectId}&runId=${data.run.id}`} download>{t('reportPdf')}</Button><Button type="text" href={`/api/assessment/periods/${data.id}/report?format=docx&objectId=${data.objectId}&runId=${data.run.id}`} download>Word</Button><Button type="text" icon={<Icon name="download" />} onClick={() => void exportSheet('assessmentLosses', { id: data.id, objectId: data.objectId, runId: data.run.id }, ['number', 'title', 'item', 'cause', 'points', 'calculation', 'basis', 'appeal'], 'xlsx')}>{t('export')}</Button></> : null}>
      <QueryView query={score}>{(found) => <Content data={found} />}</QueryView>
    </Page>
  )
}

function Content({ data }: { data: Score }): ReactElement {
  return (
    <>
      <Section>
        <div className="ms-row" style={{ gap: 32, flexWrap: 'wrap' }}>
          <div className="ms-assess-figure"><strong>{shown(data.total)}</strong>{data.grade ? <Tag>{data.grade}</Tag> : null}{data.rank === null ? <span className="ms-hint">{t('noScore')}</span> : <span>{t('rankOf', { rank: data.rank, of: data.of })}{data.peer && data.peerRank ? `（${data.peer} ${t('peerRank')} ${data.peerRank}）` : ''}</span>}</div>
          <span>{t('raw')} {shown(data.rawTotal)}{data.rawRank === null ? '' : `（${t('rankOf', { rank: data.rawRank, of: data.of })}）`}</span>
          {data.goalRank === null ? null : <Tag tone={data.rank !== null && data.rank <= data.goalRank ? 'ok' : 'near'}>{t('goal', { n: data.goalRank })} {data.rank !== null && data.rank <= data.goalRank ? t('goalMet') : t('goalMissed')}</Tag>}
          {data.leftOut.map((l) => <span key={l.reason} className="ms-hint">{l.reasonName} {t('count', { n: l.orders })}</span>)}
        </div>
      </Section>
      <div className="ms-assess-halves">
        <Section title={t('items')}><div className="ms-assess-items">{data.items.map((item) => <ItemLine key={item.code} item={item} />)}</div></Section>
        <div className="ms-stack">
          <ToDo data={data} />
          {data.trend.length > 1 ? <Trend data={data} /> : null}
        </div>
      </div>
      {data.trend.length > 1 ? <Course data={data} /> : null}
      <FigureEvidence id={data.id} objectId={data.objectId} runId={data.run.id} />
      <Losses score={data} />
    </>
  )
}

function ItemLine({ item }: { item: Item }): ReactElement {
  const [open, setOpen] = useState(false)
  const share = item.points === null || Number(item.weight) === 0 ? 0 : (Number(item.points) / Number(item.weight)) * 100
  const far = item.deviation === null ? null : <span className={item.deviation.startsWith('-') ? 'ms-assess-down' : 'ms-assess-up'}>{t('target')} {shown(item.target, item.unit)} {t('deviation')} {item.deviation.startsWith('-') ? `−${item.deviation.slice(1)}` : `+${item.deviation}`}</span>
  return (
    <div className="ms-assess-item">
      <div className="ms-assess-item-head">
        <strong>{item.name}</strong>{item.role === 'score' ? null : <Tag>{item.roleName}</Tag>}<span>{shown(item.value, item.unit)}</span><span className="ms-grow" />
        {Number(item.lost ?? 0) > 0 ? <span className="ms-assess-down">−{item.lost}</span> : null}<strong>{shown(item.points)}</strong>{item.role === 'score' ? <span className="ms-hint">/ {item.weight}</span> : null}
        <Button size="small" type="link" aria-expanded={open} onClick={() => setOpen(!open)}>{t('formula')}</Button>
      </div>
      {item.role === 'score' ? <div className="ms-assess-bar"><i style={{ inlineSize: `${share}%` }} /></div> : null}
      <div className="ms-hint">{item.calculation} {item.value === null ? '' : `= ${shown(item.value, item.unit)}`}；{item.ruleText} {far} {item.note}</div>
      {open ? (
        <>
          <div>{t('formula')}：{item.formula}{item.basis ? `（${item.basis}）` : ''}</div>
          <table className="ms-plain-table"><caption className="ms-hidden">{t('parts')}</caption><thead><tr><th scope="col">{t('parts')}</th><th scope="col" className="ms-num">{t('adjusted')}</th><th scope="col" className="ms-num">{t('rawValue')}</th></tr></thead><tbody>
            {item.parts.map((p) => <tr key={p.code}><td>{p.name}</td><td className="ms-num">{p.value}</td><td className="ms-num">{p.rawValue}</td></tr>)}
            <tr><td>{t('points')}</td><td className="ms-num">{shown(item.points)}</td><td className="ms-num">{shown(item.rawPoints)}</td></tr>
          </tbody></table>
        </>
      ) : null}
    </div>
  )
}

/** What to do: the items with most to gain, and a trial of one of them. */
function ToDo({ data }: { data: Score }): ReactElement | null {
  const send = useAct()
  const gains = data.items.filter((i) => i.role === 'score' && i.value !== null && Number(i.lost ?? 0) > 0).toSorted((a, b) => Number(b.lost) - Number(a.lost))
  const [code, setCode] = useState<string | null>(null)
  const item = gains.find((i) => i.code === code) ?? gains[0]
  const [value, setValue] = useState<number | null>(null)
  const [result, setResult] = useState<OutputOf<'simulateAssessmentScore'> | null>(null)
  if (!item) return null
  const aim = value ?? Math.min(100, Math.ceil(Number(item.value) / 5) * 5 + 5)
  const run = async (): Promise<void> => {
    try {
      setResult(await send('simulateAssessmentScore', { id: data.id, objectId: data.objectId, runId: data.run.id, item: item.code, value: aim }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Section title={t('toDo')}>
      <div className="ms-assess-items">
        {gains.slice(0, 3).map((g) => <div key={g.code} className="ms-row"><span>{g.cause}</span><span className="ms-assess-down">−{g.lost}</span><span className="ms-hint">{g.ruleText}</span></div>)}
        <div className="ms-assess-simulate">
          <span>{t('simulate')}：{t('simulateHint')}</span>
          <Select aria-label={t('items')} value={item.code} onChange={(next) => { setCode(next); setValue(null); setResult(null) }} options={gains.map((g) => ({ value: g.code, label: g.name }))} style={{ inlineSize: 130 }} />
          <InputNumber aria-label={t('value')} value={aim} min={0} max={1_000_000} onChange={(next) => { setValue(next); setResult(null) }} suffix={item.unit} style={{ inlineSize: 110 }} />
          <Button onClick={() => void run()}>{t('simulate')}</Button>
        </div>
        {result ? <div role="status"><strong>{t('simulateResult', { total: shown(result.total), gain: result.gain === null ? '–' : result.gain.startsWith('-') ? result.gain : `+${result.gain}`, rank: result.rank ?? '–' })}</strong></div> : null}
      </div>
    </Section>
  )
}

/** 历期画像: the parts of the score and its grade side by side over time, each period by the rules it had. */
function Course({ data }: { data: Score }): ReactElement {
  const periods = data.trend.slice(-6)
  const graded = periods.some((p) => p.grade !== null)
  const line = (label: string, cell: (p: (typeof periods)[number]) => ReactElement | string | number): ReactElement => <tr key={label}><th scope="row">{label}</th>{periods.map((p) => <td key={p.periodId} className="ms-num">{cell(p)}</td>)}</tr>
  return (
    <Section flush title={t('course')}>
      <div className="ms-assess-table">
        <table className="ms-plain-table"><caption className="ms-hidden">{t('course')}</caption>
          <thead><tr><th scope="col">{t('items')}</th>{periods.map((p) => <th key={p.periodId} scope="col" className="ms-num">{p.periodId === data.id ? p.name : <Link to={`/assessment/${p.periodId}/${data.objectId}`}>{p.name}</Link>}</th>)}</tr></thead>
          <tbody>
            {data.items.map((item) => line(item.name, (p) => shown(p.items.find((one) => one.code === item.code)?.points ?? null)))}
            {line(t('total'), (p) => <strong>{shown(p.total)}</strong>)}
            {graded ? line(t('grade'), (p) => p.grade ?? '–') : null}
            {line(t('rank'), (p) => p.rank ?? '–')}
          </tbody></table>
      </div>
    </Section>
  )
}

function Trend({ data }: { data: Score }): ReactElement {
  const option = {
    tooltip: { trigger: 'axis' }, grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: data.trend.map((p) => p.name) }, yAxis: [{ type: 'value', scale: true }, { type: 'value', inverse: true, min: 1, minInterval: 1, show: false }],
    series: [{ type: 'line', name: t('total'), itemStyle: { color: light.primary }, data: data.trend.map((p) => (p.total === null ? null : Number(p.total))) }, { type: 'line', name: t('rank'), yAxisIndex: 1, lineStyle: { type: 'dashed' }, data: data.trend.map((p) => p.rank) }],
  }
  return <Section title={t('trend')}><Chart height={200} option={option} summary={t('trendSummary', { n: data.trend.length })} table={{ columns: [t('period'), t('total'), t('rank')], rows: data.trend.map((p) => [p.name, p.total, p.rank]) }} /></Section>
}
