// 考核成绩: the reader's own standings first, then all periods he may see.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { month } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import { moment } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { fields } from '../orders/acts/act-form.ts'
import { StandingTag, shown } from './parts.tsx'
import { t } from './texts.zh-CN.ts'
import './assessment.css'

type Mine = OutputOf<'myAssessment'>['items'][number]

export default function PeriodsPage(): ReactElement {
  const { can } = useSession()
  const manages = can('assessment.manage')
  const periods = useQueryOf('listAssessmentPeriods', {})
  const mine = useQueryOf('myAssessment', {})
  const [opening, setOpening] = useState(false)
  useTopic('assessment', ['listAssessmentPeriods', 'myAssessment'])
  return (
    <Page title={t('periods')} help="assessment" acts={manages ? <Button type="primary" onClick={() => setOpening(true)}>{t('openNew')}</Button> : null}>
      {mine.data && mine.data.items.length > 0 ? <div className="ms-assess-cards">{mine.data.items.map((one) => <MineCard key={`${one.modelName}${one.objectId}`} one={one} />)}</div> : null}
      <Section flush title={t('period')}>
        <QueryView query={periods}>
          {({ items }) => items.length === 0 ? <Empty kind="pending" text={manages ? t('none') : t('noneUnit')} hint={manages ? <Link to="/assessment/models">{t('noneHint')}</Link> : undefined} /> : <PeriodTable items={items} />}
        </QueryView>
      </Section>
      {opening ? <OpenPeriod onClose={() => setOpening(false)} /> : null}
    </Page>
  )
}

function MineCard({ one }: { one: Mine }): ReactElement {
  const line = (kind: 'asPublished' | 'live', value: NonNullable<Mine['asPublished']> | NonNullable<Mine['live']>) => (
    <div className="ms-assess-standing">
      <div className="ms-row"><StandingTag standing={kind} /><span>{value.name}</span></div>
      <div className="ms-assess-figure"><strong>{shown(value.total)}</strong>{value.rank === null ? <span className="ms-hint">{t('noScore')}</span> : <span>{t('rankOf', { rank: value.rank, of: value.of })}</span>}</div>
      <div className="ms-hint">{'appealUntil' in value ? (value.appealUntil ? t('appealUntil', { time: moment(value.appealUntil) }) : '') : t('asOfLive', { time: moment(value.asOf) })}</div>
    </div>
  )
  const goal = one.goalRank === null ? null : (one.live ?? one.asPublished)?.rank ?? null
  return (
    <Section title={<>{one.objectName} <span className="ms-hint">{one.modelName}</span></>} extra={one.goalRank === null ? null : <Tag tone={goal !== null && goal <= one.goalRank ? 'ok' : 'near'}>{t('goal', { n: one.goalRank })} {goal !== null && goal <= one.goalRank ? t('goalMet') : t('goalMissed')}</Tag>}>
      <div className="ms-assess-mine">
        {one.asPublished ? <Link className="ms-assess-link" to={`/assessment/${one.asPublished.periodId}/${one.objectId}`}>{line('asPublished', one.asPublished)}</Link> : null}
        {one.live ? line('live', one.live) : null}
      </div>
    </Section>
  )
}

function PeriodTable({ items }: { items: OutputOf<'listAssessmentPeriods'>['items'] }): ReactElement {
  const navigate = useNavigate()
  return (
    <table className="ms-plain-table">
      <caption className="ms-hidden">{t('period')}</caption>
      <thead><tr>{(['period', 'model', 'level', 'days', 'state', 'published'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
      <tbody>{items.map((p) => (
        <tr key={p.id} className="ms-assess-row" onClick={() => void navigate(`/assessment/${p.id}`)}>
          <td><Link to={`/assessment/${p.id}`} onClick={(e) => e.stopPropagation()}>{p.name}</Link></td><td>{p.modelName}</td><td>{p.levelName}</td><td className="ms-assess-nowrap">{p.fromDay} – {p.toDay}</td>
          <td><Tag tone={p.state === 'published' || p.state === 'frozen' ? 'ok' : p.state === 'inReview' ? 'near' : 'calm'}>{p.stateName}</Tag>{p.problem ? <div className="ms-assess-down">{p.problem}</div> : null}</td>
          <td>{p.published ? <>{t('version', { n: p.published.number })} <Time iso={p.published.at} /></> : '–'}</td>
        </tr>
      ))}</tbody>
    </table>
  )
}

function OpenPeriod({ onClose }: { onClose: () => void }): ReactElement {
  const models = useQueryOf('listAssessmentModels', {})
  const send = useAct('listAssessmentPeriods')
  const kinds = { month: '月', quarter: '季度', year: '年', week: '周', day: '日' }
  const schema = fields({
    modelId: { type: 'string', title: t('model'), oneOf: (models.data?.items ?? []).map((m) => ({ const: m.id, title: `${m.name}（${m.levelName}）` })) },
    kind: { type: 'string', title: t('kind'), oneOf: Object.entries(kinds).map(([value, title]) => ({ const: value, title })), 'x-buttons': true },
    day: { type: 'string', format: 'date', title: t('openDay') },
  }, ['modelId', 'kind', 'day'])
  return <ActDrawer open onClose={onClose} title={t('openNew')} schema={schema} initial={{ kind: 'month', day: month().from, ...(models.data?.items[0] ? { modelId: models.data.items[0].id } : {}) }} key={models.data ? 'ready' : 'wait'} submitLabel={t('create')} submit={(v) => send('openAssessmentPeriod', v)} onDone={() => { say(t('created')); onClose() }} />
}
