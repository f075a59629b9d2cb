// 考核月: standing, ranking with the parts of each score, versions and process; acts of the centre and of who publishes.
import { Button, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { asProblem } from '../../api/problem.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Chart } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { moment } from '../../ui/time.ts'
import { light } from '../../ui/tokens.ts'
import { useAct } from '../../ui/use-act.ts'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { f } from './figures.zh-CN.ts'
import { Moved, shown, StandingTag } from './parts.tsx'
import { t } from './texts.zh-CN.ts'
import './assessment.css'

type Answer = OutputOf<'showAssessmentPeriod'>
type Row = Answer['rows'][number]
const stale = ['showAssessmentPeriod', 'listAssessmentPeriods', 'myAssessment', 'showAssessmentScore', 'listAssessmentLosses']

export default function RankingPage(): ReactElement {
  const id = useParams()['period'] ?? ''
  const [search, setSearch] = useSearchParams()
  const runId = search.get('run') ?? undefined
  const period = useQueryOf('showAssessmentPeriod', { id, ...(runId ? { runId } : {}) }, { keepPrevious: true })
  const { can } = useSession()
  const [act, setAct] = useState<'run' | 'review' | 'withdraw' | 'reopen' | null>(null)
  useTopic('assessment', stale)
  const data = period.data
  const known = { run: { run: () => setAct('run') }, review: { run: () => setAct('review') }, withdraw: { run: () => setAct('withdraw'), danger: true }, reopen: { run: () => setAct('reopen') } }
  const choose = (next: string) => setSearch(next === '' ? {} : { run: next }, { replace: true })
  const standing = data?.standing ?? 'live'
  return (
    <Page title={data ? `${data.name} · ${data.modelName}` : t('ranking')} help="assessment" stateText={data ? t(standing) : undefined}
      state={data ? <><StandingTag standing={standing} />{data.run && data.run.number > 0 ? <span className="ms-muted">{t('version', { n: data.run.number })}</span> : null}</> : null}
      sub={data ? <>{data.fromDay} – {data.toDay}{data.appealUntil ? ` · ${t('appealUntil', { time: moment(data.appealUntil) })}` : ''}</> : null}
      acts={data ? <>
        {data.runs.length > 1 ? <Select aria-label={t('runs')} value={runId ?? data.run?.id ?? ''} onChange={choose} style={{ inlineSize: 190 }} options={data.runs.toReversed().map((r) => ({ value: r.id, label: `${t('version', { n: r.number })} ${r.stateName}` }))} /> : null}
        {data.rows.length > 0 && data.run ? <><Button type="text" icon={<Icon name="download" />} onClick={() => void exportSheet('assessmentScores', { id, runId: data.run?.id ?? '' }, sheetColumns, 'xlsx')}>{t('export')}</Button><Button type="text" href={`/api/assessment/periods/${id}/report?format=pdf&runId=${data.run.id}`} download>{t('reportPdf')}</Button><Button type="text" href={`/api/assessment/periods/${id}/report?format=docx&runId=${data.run.id}`} download>Word</Button></> : null}
        {data.inputs > 0 ? <Link to={`/assessment/${id}/figures`}><Button>{f('enter')}</Button></Link> : null}
        <ActBar acts={data.acts} known={known} main={data.acts.find((a) => a.act === 'review')?.enabled ? 'review' : data.acts.find((a) => a.act === 'run')?.enabled ? 'run' : 'reopen'} max={3} />
      </> : null}>
      <QueryView query={period}>
        {(found) => (
          <>
            {found.problem ? <div className="ms-note" data-tone="over">{found.problem}</div> : null}
            {found.state === 'calculating' ? <div className="ms-note" data-tone="info">{t('calculating')}</div> : null}
            {found.standing === 'live' && found.rows.length > 0 ? <div className="ms-note" data-tone="info">{t('liveHint')}</div> : null}
            {found.rows.length === 0 ? <Section><Empty kind="pending" text={t('noRows')} hint={t('noRowsHint')} /></Section> : <Results data={found} runId={runId} />}
            {found.runs.length > 0 ? <Runs data={found} manages={can('assessment.manage')} /> : null}
          </>
        )}
      </QueryView>
      {act && data ? <PeriodAct act={act} data={data} onClose={() => setAct(null)} /> : null}
    </Page>
  )
}
const sheetColumns = ['rank', 'name', 'peer', 'peerRank', 'total', 'grade', 'rawTotal', 'rankBefore', 'totalBefore', 'parts']

function Results({ data, runId }: { data: Answer; runId: string | undefined }): ReactElement {
  const [own, setOwn] = useState(false)
  const some = data.rows.some((r) => r.mine) && data.rows.some((r) => !r.mine)
  const rows = own ? data.rows.filter((r) => r.mine) : data.rows
  const detailed = data.rows.filter((r) => r.items.length > 0)
  return (
    <>
      <div className="ms-assess-halves">
        <Bars data={data} />
        {detailed.length > 2 ? <Lost rows={detailed} data={data} /> : null}
      </div>
      <Section flush title={t('places')} extra={data.grades.length > 0 || some ? <div className="ms-row">{data.grades.map((g) => <span key={g.name} className="ms-hint">{t('gradeOf', { name: g.name, from: g.from, n: g.objects })}</span>)}{some ? <label className="ms-row"><Switch size="small" checked={own} onChange={setOwn} />{t('onlyMine')}</label> : null}</div> : null}>
        <div className="ms-assess-table">
          <table className="ms-plain-table">
            <caption className="ms-hidden">{t('ranking')}</caption>
            <thead><tr><th scope="col" className="ms-num">{t('rank')}</th><th scope="col">{t('object')}</th><th scope="col" className="ms-num">{t('total')}</th>{data.grades.length > 0 ? <th scope="col">{t('grade')}</th> : null}<th scope="col" className="ms-num">{t('before')}</th><th scope="col" className="ms-num">{t('raw')}</th>{data.heads.map((h) => <th key={h.code} scope="col" className="ms-num">{h.name}{h.role === 'score' ? '' : `（${h.roleName}）`}</th>)}</tr></thead>
            <tbody>{rows.map((row) => <RankRow key={row.objectId} row={row} data={data} runId={runId} />)}</tbody>
          </table>
        </div>
      </Section>
      {data.anomalies.length > 0 ? <Anomalies data={data} runId={runId} /> : null}
      {data.warnings.length > 0 ? <Warnings items={data.warnings} /> : null}
      {data.belowAverage.length > 0 ? <BelowAverage data={data} runId={runId} /> : null}
    </>
  )
}

/** To be looked at before publication; mended at the source, then computed anew with a reason. */
function Anomalies({ data, runId }: { data: Answer; runId: string | undefined }): ReactElement {
  const present = new Set(data.rows.map((r) => r.objectId))
  return (
    <Section flush title={t('anomalies', { n: data.anomalies.length })} extra={<span className="ms-hint">{t('anomaliesHelp')}</span>}>
      <table className="ms-plain-table">
        <caption className="ms-hidden">{t('anomalies', { n: data.anomalies.length })}</caption>
        <thead><tr><th scope="col">{t('object')}</th><th scope="col">{t('anomaly')}</th><th scope="col">{t('anomalyItem')}</th><th scope="col" className="ms-num">{t('before')}</th><th scope="col" className="ms-num">{t('nowValue')}</th></tr></thead>
        <tbody>{data.anomalies.slice(0, 50).map((a) => (
          <tr key={`${a.objectId}${a.kind}${a.item}`}><th scope="row">{present.has(a.objectId) ? <Link to={`/assessment/${data.id}/${a.objectId}${runId ? `?run=${runId}` : ''}`}>{a.name}</Link> : a.name}</th><td><Tag tone={a.kind === 'range' || a.kind === 'missing' ? 'over' : 'near'}>{a.kindName}</Tag></td><td>{a.item ?? t('total')}</td><td className="ms-num">{shown(a.before)}</td><td className="ms-num">{shown(a.now)}</td></tr>
        ))}</tbody>
      </table>
    </Section>
  )
}

/** Running places that miss their goal or fell, while they last and as they ended. */
function Warnings({ items }: { items: Answer['warnings'] }): ReactElement {
  return (
    <Section flush title={t('warnings')}>
      <table className="ms-plain-table"><caption className="ms-hidden">{t('warnings')}</caption><tbody>{items.slice(0, 20).map((w) => (
        <tr key={`${w.objectId}${w.since}`}><td><Tag tone={w.endedAt ? 'calm' : 'over'}>{t(w.endedAt ? 'warningOver' : 'warningOpen')}</Tag></td><td>{w.text}</td><td className="ms-assess-nowrap"><Time iso={w.since} />{w.endedAt ? <> – <Time iso={w.endedAt} /></> : null}</td></tr>
      ))}</tbody></table>
    </Section>
  )
}

/** One list an item: those below its average, worst first; each opens its lost points. */
function BelowAverage({ data, runId }: { data: Answer; runId: string | undefined }): ReactElement {
  return (
    <Section title={t('belowAverage')} extra={<span className="ms-hint">{t('belowAverageHelp')}</span>}>
      <div className="ms-assess-below">
        {data.belowAverage.map((list) => (
          <table key={list.code} className="ms-plain-table">
            <caption><strong>{list.name}</strong> <span className="ms-hint">{t('averageOf', { average: `${list.average}${list.unit}`, of: list.of, below: list.rows.length })}</span></caption>
            <tbody>{list.rows.length === 0 ? <tr><td className="ms-hint">{t('noneBelow')}</td></tr> : list.rows.slice(0, 15).map((row) => <tr key={row.objectId}><th scope="row"><Link to={`/assessment/${data.id}/${row.objectId}${runId ? `?run=${runId}` : ''}`}>{row.name}</Link></th><td className="ms-num">{row.value}{list.unit}</td><td className="ms-num ms-assess-down">{row.gap.replace('-', '−')}</td></tr>)}</tbody>
          </table>
        ))}
      </div>
    </Section>
  )
}

function RankRow({ row, data, runId }: { row: Row; data: Answer; runId: string | undefined }): ReactElement {
  const to = `/assessment/${data.id}/${row.objectId}${runId ? `?run=${runId}` : ''}`
  return (
    <tr data-mine={row.mine || undefined} className="ms-assess-line">
      <td className="ms-num">{row.rank ?? '–'} <Moved now={row.rank} before={row.rankBefore} /></td>
      <th scope="row">{row.items.length > 0 ? <Link to={to}>{row.name}</Link> : row.name}{row.peer ? <span className="ms-hint"> {row.peer}{row.peerRank ? ` ${t('peerRank')} ${row.peerRank}` : ''}</span> : null}{row.goalRank ? <> <Tag tone={row.rank !== null && row.rank <= row.goalRank ? 'ok' : 'near'}>{t('goal', { n: row.goalRank })}</Tag></> : null}</th>
      <td className="ms-num"><strong>{shown(row.total)}</strong></td>{data.grades.length > 0 ? <td>{row.grade ?? '–'}{row.gradeBefore !== null && row.gradeBefore !== row.grade ? <span className="ms-hint"> {t('gradeWas', { grade: row.gradeBefore })}</span> : null}</td> : null}<td className="ms-num">{shown(row.totalBefore)}</td><td className="ms-num">{shown(row.rawTotal)}</td>
      {data.heads.map((h) => { const item = row.items.find((i) => i.code === h.code); return <td key={h.code} className="ms-num">{item ? <>{shown(item.points)} <span className="ms-hint">{shown(item.value, h.unit)}</span></> : '–'}</td> })}
    </tr>
  )
}

const MOST = 40
function Bars({ data }: { data: Answer }): ReactElement {
  const navigate = useNavigate()
  const rows = data.rows.filter((r) => r.total !== null).slice(0, MOST)
  const option = {
    tooltip: { trigger: 'axis' }, grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true }, xAxis: { type: 'category', data: rows.map((r) => r.name), axisLabel: { interval: 0, rotate: rows.length > 6 ? 30 : 0, width: 100, overflow: 'truncate' } }, yAxis: { type: 'value', max: data.full },
    series: [{ type: 'bar', barMaxWidth: 28, data: rows.map((r) => ({ value: Number(r.total), itemStyle: { color: r.mine ? light['near-mark'] : light.primary } })) }],
  }
  return <Section title={t('chart')}><Chart height={240} option={option} summary={t('chartSummary', { n: rows.length })} table={{ columns: [t('object'), t('total'), t('rank')], rows: rows.map((r) => [r.name, r.total, r.rank]) }} onPick={({ dataIndex }) => { const row = rows[dataIndex]; if (row && row.items.length > 0) void navigate(`/assessment/${data.id}/${row.objectId}`) }} /></Section>
}

/** Where improving raises the result most: lost points by item, stacked. */
function Lost({ rows, data }: { rows: Row[]; data: Answer }): ReactElement {
  const lost = (row: Row, code: string): number => Number(row.items.find((i) => i.code === code)?.lost ?? 0)
  const total = (row: Row): number => data.heads.reduce((sum, h) => sum + lost(row, h.code), 0)
  const worst = rows.filter((r) => r.total !== null).toSorted((a, b) => total(b) - total(a)).slice(0, 12).toReversed()
  const heads = data.heads.filter((h) => h.role !== 'bonus')
  const option = {
    tooltip: { trigger: 'axis' }, legend: {}, grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true }, xAxis: { type: 'value' }, yAxis: { type: 'category', data: worst.map((r) => r.name), axisLabel: { width: 110, overflow: 'truncate' } },
    series: heads.map((h) => ({ type: 'bar', stack: 'lost', name: h.name, barMaxWidth: 22, data: worst.map((r) => lost(r, h.code)) })),
  }
  return <Section title={t('lost')}><Chart height={240} option={option} summary={t('causes')} table={{ columns: [t('object'), ...heads.map((h) => h.name)], rows: worst.toReversed().map((r) => [r.name, ...heads.map((h) => lost(r, h.code))]) }} /></Section>
}

function Runs({ data, manages }: { data: Answer; manages: boolean }): ReactElement {
  const send = useAct()
  const verify = async (runId: string): Promise<void> => {
    try {
      const { same } = await send('verifyAssessmentRun', { id: data.id, runId })
      say(same ? t('verified') : t('verifyFailed'), same ? undefined : 'over')
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <div className="ms-assess-halves">
      <Section flush title={t('runs')}>
        <table className="ms-plain-table"><caption className="ms-hidden">{t('runs')}</caption><tbody>{data.runs.toReversed().map((r) => (
          <tr key={r.id}><td className="ms-assess-nowrap">{t('version', { n: r.number })} <Tag tone={r.state === 'published' ? 'ok' : 'calm'}>{r.stateName}</Tag></td><td>{t('rules', { n: r.modelVersion })}{r.corrections > 0 ? ` · ${t('corrections', { n: r.corrections })}` : ''} {r.reason}</td><td className="ms-assess-nowrap">{t('runBy', { name: r.computedByName })} <Time iso={r.computedAt} /></td><td>{manages ? <Button size="small" type="link" onClick={() => void verify(r.id)}>{t('verify')}</Button> : null}</td></tr>
        ))}</tbody></table>
      </Section>
      <Section flush title={t('process')}>
        <table className="ms-plain-table"><caption className="ms-hidden">{t('process')}</caption><tbody>{data.steps.toReversed().map((s) => <tr key={`${s.at}${s.act}`}><td className="ms-assess-nowrap"><Time iso={s.at} /></td><td>{s.act}</td><td>{s.byName}</td><td>{s.text}</td></tr>)}</tbody></table>
      </Section>
    </div>
  )
}

function PeriodAct({ act, data, onClose }: { act: 'run' | 'review' | 'withdraw' | 'reopen'; data: Answer; onClose: () => void }): ReactElement {
  const send = useAct(...stale)
  const working = data.runs.findLast((r) => r.state === 'inReview')
  const done = (name: string) => () => { say(t('done', { act: name })); onClose() }
  const common = { open: true, onClose, sub: `${data.name} · ${data.modelName}` }
  if (act === 'review') {
    const schema = fields({ outcome: { type: 'string', title: t('outcome'), oneOf: [{ const: 'publish', title: t('publish') }, { const: 'return', title: t('return') }], 'x-buttons': true }, opinion: opinionField({ title: t('opinion'), maxLength: 500 }) }, ['outcome'])
    return <ActDrawer {...common} title={t('review')} notice={working ? `${t('version', { n: working.number })} ${working.reason}` : undefined} schema={schema} initial={{ outcome: 'publish' }} submitLabel={t('review')} submit={(v) => send('reviewAssessmentPeriod', { id: data.id, runId: working?.id ?? '', ...v })} onDone={done(t('review'))} />
  }
  const schema = fields({ reason: opinionField({ title: t('reason'), maxLength: act === 'run' ? 200 : 500 }) }, act === 'run' && data.state !== 'inReview' ? [] : ['reason'])
  if (act === 'run') return <ActDrawer {...common} title={t('run')} schema={schema} submitLabel={t('run')} submit={(v) => send('runAssessmentPeriod', { id: data.id, ...v })} onDone={() => { say(t('runDone')); onClose() }} />
  return act === 'withdraw'
    ? <ActDrawer {...common} title={t('withdraw')} notice={t('withdrawEffect')} schema={schema} submitLabel={t('withdraw')} submit={(v) => send('withdrawAssessmentPeriod', { id: data.id, ...v })} onDone={done(t('withdraw'))} />
    : <ActDrawer {...common} title={t('reopen')} notice={t('reopenEffect')} schema={schema} submitLabel={t('reopen')} submit={(v) => send('reopenAssessmentPeriod', { id: data.id, ...v })} onDone={done(t('reopen'))} />
}
