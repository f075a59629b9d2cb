// 话务大屏: the hall's board; the share answered within the limit is the largest figure (15 seconds, live).
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { clockTime, stopwatch } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import { t } from './texts.zh-CN.ts'
import './telephony.css'

const time = (ms: number | null): string => (ms === null ? t('noBase') : stopwatch(ms))

export default function WallboardPage(): ReactElement {
  const board = useQueryOf('wallboard', {}, { keepPrevious: true, staleTime: 1000 })
  useTopic('telephony.live', ['wallboard'])
  useTopic('telephony.calls', ['wallboard'])
  const at = useNow(1)
  return (
    <QueryView query={board}>
      {(data) => (
        <main className="ms-board">
          <header className="ms-board-head"><h1 style={{ margin: 0 }}>{t('wallboard')}</h1><span className="ms-board-mid">{clockTime(at)}</span><span className="ms-grow" />{data.exchange === 'down' ? <strong data-tone="red">{t('exchangeDown')}</strong> : <span className="ms-hint">{t('dataAt', { time: clockTime(data.at) })}</span>}</header>
          <section className="ms-board-card"><span>{t('levelNow', { n: data.serviceLevel.seconds })}</span><span className="ms-board-big" data-tone={data.serviceLevel.now === null ? undefined : data.serviceLevel.now >= data.serviceLevel.share ? 'green' : data.serviceLevel.now >= data.serviceLevel.share - 10 ? 'yellow' : 'red'}>{data.serviceLevel.now === null ? t('noBase') : `${data.serviceLevel.now.toFixed(1)}%`}</span><span className="ms-hint">{t('levelTarget', { n: data.serviceLevel.share })}</span></section>
          <section className="ms-board-card"><span>{t('waitingNowN')}</span><span className="ms-board-big" data-tone={data.tone}>{data.waiting}</span><span className="ms-hint">{t('longestNow')} {stopwatch(data.longestMs)}</span></section>
          <section className="ms-board-card"><span>{t('monitor')}</span><span className="ms-board-mid"><span data-tone="green">● {data.seats.ready}</span> <span data-tone="yellow">▲ {data.seats.talking}</span> <span data-tone="red">■ {data.seats.busy}</span></span><span className="ms-hint">{t('idle')} / {t('talkingN')} / {t('busyN')}</span></section>
          <section className="ms-board-card ms-board-wide"><div className="ms-board-figures">{([['arrived', data.today.arrived], ['answered', data.today.answered], ['abandoned', data.today.abandoned], ['inIvr', data.today.inIvr], ['outboundN', data.today.outbound], ['averageWait', time(data.today.averageWaitMs)], ['averageTalk', time(data.today.averageTalkMs)], ['satisfaction', data.today.rating ?? t('noBase')]] as const).map(([key, value]) => <div key={key}><div className="ms-hint">{t(key)}</div><div className="ms-board-mid">{value}</div></div>)}</div></section>
          <section className="ms-board-card ms-board-wide"><span>{t('byHour')}</span>
            <Chart height={220} summary={`${t('arrived')} ${data.today.arrived}，${t('answered')} ${data.today.answered}`} table={{ columns: [t('hour', { n: '' }), t('arrived'), t('answered')], rows: data.hours.map((one) => [t('hour', { n: one.hour }), one.arrived, one.answered]) }}
              option={{ grid: { left: 40, right: 16, top: 16, bottom: 28 }, xAxis: { type: 'category', data: Array.from({ length: 24 }, (_, hour) => t('hour', { n: hour })) }, yAxis: { type: 'value', minInterval: 1 }, series: [{ name: t('arrived'), type: 'bar', data: Array.from({ length: 24 }, (_, hour) => data.hours.find((one) => one.hour === hour)?.arrived ?? 0) }, { name: t('answered'), type: 'bar', data: Array.from({ length: 24 }, (_, hour) => data.hours.find((one) => one.hour === hour)?.answered ?? 0) }] }} />
          </section>
        </main>
      )}
    </QueryView>
  )
}
