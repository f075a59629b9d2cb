// 热点话题与事件: what the orders of a period speak of, gathered live; and the list of events that people put into words and confirmed.
import { Button, Drawer, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import type { Period } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { BehindFigure, type Behind } from '../data/BehindFigure.tsx'
import { usePeriod } from './board-state.ts'
import { HotEventDrawer } from './HotEventDrawer.tsx'
import { PeriodBar } from './PeriodBar.tsx'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

type Topic = OutputOf<'findTopics'>['items'][number]
const views = ['topics', 'events'] as const
const lists = ['all', 'week', 'month', 'own'] as const
const tones = { rising: 'over', steady: 'low', falling: 'ok' } as const
const stateTones = { draft: 'near', confirmed: 'ok', rejected: 'low' } as const

export default function HotPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const view = views.find((one) => one === search.get('view')) ?? 'topics'
  const chosen = usePeriod('last30')
  const turn = (next: string): void => setSearch((held) => { const all = new URLSearchParams(held); all.set('view', next); return all }, { replace: true })
  return (
    <Page title={t('hot')} help="hot" sub={t('hotHint')} bar={<PeriodBar offers={['week', 'lastWeek', 'month', 'lastMonth', 'last30', 'assessmentMonth', 'holiday']} period={chosen} />}>
      <div className="ms-row"><Segmented value={view} options={views.map((value) => ({ value, label: t(`hot.${value}`) }))} onChange={turn} /></div>
      {view === 'topics' ? <Topics period={chosen.period} onMade={() => turn('events')} /> : <Events period={chosen.period} />}
    </Page>
  )
}

/** The rows of exactly these orders. */
const behind = (name: string, orderIds: readonly string[], period: Period): Behind => ({ column: { code: 'received', name, kind: 'basic', unit: '件', direction: 'none', version: 1, statement: '', formula: null, asked: true }, keys: [], period, where: [{ dimension: 'order', values: [...orderIds] }] })

function Topics({ period, onMade }: { period: Period; onMade: () => void }): ReactElement {
  const query = useQueryOf('findTopics', { ...period }, { keepPrevious: true, staleTime: 60_000 })
  const send = useAct('listHotEvents')
  const [opened, setOpened] = useState<Behind | null>(null)
  const [busy, setBusy] = useState(false)
  const make = async (): Promise<void> => {
    setBusy(true)
    try {
      const { made } = await send('generateHotEvents', period)
      say(made > 0 ? t('hotMade', { n: made }) : t('hotMadeNone'))
      if (made > 0) onMade()
    } catch (error) { say(asProblem(error).title, 'over') } finally { setBusy(false) }
  }
  return (
    <QueryView query={query}>
      {(data) => (
        <Section title={t('hot.topics')} extra={<><span className="ms-hint">{t(data.whole ? 'hotRead' : 'hotReadPart', { n: data.read })} · {t('asOf', { time: when(data.asOf) })}</span>{data.mayManage && data.items.length > 0 ? <Button size="small" type="primary" loading={busy} onClick={() => void make()}>{t('hotGenerate')}</Button> : null}</>} flush>
          {data.items.length === 0 ? <Empty kind="filter" text={t('hotNone')} hint={t('hotNoneHint', { n: data.least })} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('hot.topics')}</caption>
              <thead><tr><th scope="col">{t('hotTopic')}</th><th scope="col">{t('hotHeat')}</th><th scope="col">{t('hotOrders')}</th><th scope="col">{t('hotMentions')}</th><th scope="col">{t('hotCourse')}</th><th scope="col">{t('hotAreas')}</th></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.orderIds[0]}>
                  <td><strong>{one.name}</strong><div className="ms-hint">{one.words}</div></td>
                  <td className="ms-nowrap"><span className="ms-num">{one.heat}</span> <Tag tone={tones[one.trend]}>{one.trendName}</Tag></td>
                  <td className="ms-num"><Button type="link" size="small" onClick={() => setOpened(behind(one.name, one.orderIds, period))}>{one.orders}</Button></td>
                  <td className="ms-num">{one.mentions}</td>
                  <td><Course topic={one} /></td>
                  <td>{one.areas.map((area) => `${area.name} ${area.n}`).join('、') || '–'}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
          {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
        </Section>
      )}
    </QueryView>
  )
}

/** Bars of the days; the words beside say the same. */
function Course({ topic: { days, words } }: { topic: Topic }): ReactElement {
  const most = Math.max(1, ...days.map((one) => one.n))
  return <span className="ms-analytics-course" role="img" aria-label={words}>{days.slice(-30).map((one) => <i key={one.day} title={`${one.day} ${one.n}`} style={{ blockSize: `${(one.n / most) * 100}%` }} />)}</span>
}

function Events({ period }: { period: Period }): ReactElement {
  const [list, setList] = useState<'all' | 'week' | 'month' | 'own'>('all')
  const query = useQueryOf('listHotEvents', { ...period, ...(list === 'all' ? {} : { list }) }, { keepPrevious: true })
  const [opened, setOpened] = useState<Behind | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  return (
    <QueryView query={query}>
      {(data) => (
        <Section title={t('hot.events')} extra={<Segmented size="small" value={list} options={lists.map((value) => ({ value, label: t(`hotList.${value}`) }))} onChange={setList} />} flush>
          {data.items.length === 0 ? <Empty kind="done" text={t('hotEventsNone')} hint={t(data.mayManage ? 'hotEventsHow' : 'hotEventsWait')} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('hot.events')}</caption>
              <thead><tr><th scope="col">{t('hotEvent')}</th><th scope="col">{t('hotSubject')}</th><th scope="col">{t('hotPeople')}</th><th scope="col">{t('hotArea')}</th><th scope="col">{t('hotOrders')}</th><th scope="col">{t('snapshotPeriod')}</th><th scope="col">{t('hotState')}</th></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.id}>
                  <td><Button type="link" size="small" onClick={() => setShown(one.id)}>{one.title}</Button><div className="ms-hint">{one.summary}</div></td>
                  <td>{one.subject || '–'}</td><td className="ms-num">{one.people}</td><td>{one.areaName || '–'}</td><td className="ms-num">{one.orders}</td>
                  <td className="ms-nowrap">{one.from} – {one.to}<div className="ms-hint">{one.listName}</div></td><td><Tag tone={stateTones[one.state]}>{one.stateName}</Tag></td>
                </tr>
              ))}</tbody>
            </table>
          )}
          {shown ? <HotEventDrawer key={shown} id={shown} mayManage={data.mayManage} onClose={() => setShown(null)} onRows={(name, ids, days) => setOpened(behind(name, ids, days))} /> : null}
          {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
        </Section>
      )}
    </QueryView>
  )
}
