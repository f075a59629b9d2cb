// Public figures (INT-21): drawn by bars of our own with the table behind each; ECharts alone would be ten times the page's budget.
import type { ReactElement, ReactNode } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { Skeleton, Trouble } from '../../kit/States.tsx'
import { day } from '../../kit/time.ts'
import './statistics.css'
import { t } from './texts.zh-CN.ts'

type Data = OutputOf<'publicStatistics'>
type Cell = Data['hot'][number]

export default function StatisticsPage(): ReactElement {
  const { data, error, refetch } = useQueryOf('publicStatistics', {}, { staleTime: 300_000 })
  if (!data) return <Page title={t('title')}>{error ? <Trouble problem={error} retry={() => void refetch()} /> : <Skeleton lines={8} />}</Page>
  return (
    <Page title={t('title')} intro={t('intro', { from: day(data.from), until: day(data.until) })} wide>
      <dl className="s-figures">
        {data.figures.map((f) => (
          <div key={f.code} className="k-card">
            <dt>{f.name}</dt>
            <dd><strong className="k-num">{f.value}</strong><span className="k-hint">{f.base}</span><details><summary>{t('definition')}</summary><p className="k-hint">{f.definition}</p></details></dd>
          </div>
        ))}
      </dl>
      <div className="s-charts">
        {(['hot', 'types', 'areas'] as const).map((one) => (data.shown.includes(one) ? <Bars key={one} title={t(one)} cells={data[one]} /> : null))}
        {data.shown.includes('trend') ? <Trend days={data.trend} /> : null}
      </div>
      <p className="k-hint">{t('small', { n: data.suppressBelow })}</p>
      <div><Button onClick={() => download(data)}>{t('download')}</Button></div>
    </Page>
  )
}

function Bars({ title, cells }: { title: string; cells: readonly Cell[] }): ReactElement {
  const most = Math.max(1, ...cells.map((c) => c.count ?? 0))
  const first = cells.find((c) => c.count !== null)
  return (
    <Card title={title}>
      {cells.length === 0 || !first ? <p className="k-hint">{t('none')}</p> : (
        <>
          <p className="k-hint">{t('summary', { name: first.name, n: first.shown })}</p>
          <ul className="s-bars">{cells.map((c) => <li key={c.name}><span>{c.name}</span><i aria-hidden="true"><b style={{ inlineSize: `${((c.count ?? 0) / most) * 100}%` }} /></i><span className="k-num">{c.shown}</span></li>)}</ul>
        </>
      )}
    </Card>
  )
}

function Trend({ days }: { days: Data['trend'] }): ReactElement {
  const most = Math.max(1, ...days.flatMap((d) => [d.received ?? 0, d.closed ?? 0]))
  const peak = days.reduce<Data['trend'][number] | null>((best, d) => ((d.received ?? 0) > (best?.received ?? 0) ? d : best), null)
  return (
    <Card title={t('trend')}>
      <p className="k-hint">{peak ? t('trendSummary', { day: peak.day, n: peak.received ?? 0 }) : t('none')} {t('legend')}</p>
      <div className="s-trend" aria-hidden="true">{days.map((d) => <span key={d.day} title={`${d.day} ${d.shown}`}><i><b style={{ blockSize: `${((d.received ?? 0) / most) * 100}%` }} /></i><i data-kind="closed"><b style={{ blockSize: `${((d.closed ?? 0) / most) * 100}%` }} /></i></span>)}</div>
      <Table><thead><tr><th scope="col">{t('day')}</th><th scope="col">{t('received')}</th><th scope="col">{t('closed')}</th></tr></thead><tbody>{days.map((d) => { const [received, closed] = words(d); return <tr key={d.day}><th scope="row">{d.day}</th><td>{received}</td><td>{closed}</td></tr> })}</tbody></Table>
    </Card>
  )
}

const Table = ({ children }: { children: ReactNode }): ReactElement => <details><summary>{t('table')}</summary><table className="s-table">{children}</table></details>

/** "受理 <5 件，办结 3 件" as its two values. */
const words = (d: Data['trend'][number]): [string, string] => {
  const found = [...d.shown.matchAll(/\s([<\d]+)\s/g)].map((m) => m[1] ?? '')
  return [found[0] ?? '', found[1] ?? '']
}

function download(data: Data): void {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const rows = [
    ...data.figures.map((f) => [t('title'), f.name, f.value]), ...([[t('hot'), data.hot], [t('types'), data.types], [t('areas'), data.areas]] as const).flatMap(([title, cells]) => cells.map((c) => [title, c.name, c.shown])),
    ...data.trend.flatMap((d) => { const [received, closed] = words(d); return [[t('received'), d.day, received], [t('closed'), d.day, closed]] }),
  ]
  const url = URL.createObjectURL(new Blob([`\uFEFF${rows.map((row) => row.map(quote).join(',')).join('\r\n')}`], { type: 'text/csv' }))
  Object.assign(document.createElement('a'), { href: url, download: `${t('title')}.csv` }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
