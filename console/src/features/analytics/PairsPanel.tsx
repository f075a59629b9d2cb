// An association graph beside its pairs; every weight opens its orders.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Empty } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { shown } from '../data/values.ts'
import { graphOf, pairsOf, SUPPORT } from './pairs.ts'
import { asked, type Answer, type Column, type Row } from './question.ts'
import { t } from './texts.zh-CN.ts'

export function PairsPanel({ answer, support, onOpen }: { answer: Answer; support: number | undefined; onOpen: (column: Column, keys: Row['keys']) => void }): ReactElement {
  const column = asked(answer)[0]
  const least = support ?? SUPPORT
  const pairs = column ? pairsOf(answer, column.code, least) : []
  if (!column || pairs.length === 0) return <Empty kind="filter" text={t('noPairs')} hint={t('noPairsHint', { n: least })} />
  return (
    <div className="ms-analytics-pairs">
      <Chart bare height={420} option={graphOf(pairs)} summary={t('pairsSummary', { n: pairs.length })} table={{ columns: [t('name'), column.name, t('lift')], rows: pairs.map((p) => [p.row.keys.map((k) => k.name).join(' – '), String(p.weight), p.lift.toFixed(1)]) }} />
      <div className="ms-analytics-map-list">
        <table className="ms-plain-table">
          <caption className="ms-hidden">{t('pairsSummary', { n: pairs.length })}</caption>
          <thead><tr><th scope="col">{t('pair')}</th><th scope="col">{column.name}</th><th scope="col" title={t('liftHelp')}>{t('lift')}</th></tr></thead>
          <tbody>{pairs.slice(0, 60).map((p) => <tr key={p.row.keys.map((k) => k.key).join('|')}><td>{p.row.keys.map((k) => k.name).join(' – ')}</td><td><Button type="link" size="small" onClick={() => onOpen(column, p.row.keys)}>{shown(p.row.values[column.code], column.unit)}</Button></td><td>{t('times', { n: p.lift.toFixed(1) })}</td></tr>)}</tbody>
        </table>
      </div>
    </div>
  )
}
