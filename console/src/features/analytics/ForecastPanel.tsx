// What the next period may bring, with its interval and how wrong the last forecasts were; every past value opens its rows.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { PanelProps } from './PanelView.tsx'
import type { Column } from './question.ts'
import { t } from './texts.zh-CN.ts'

const PAST = 6

export function ForecastPanel({ board, panel, picks, onOpen }: PanelProps): ReactElement {
  const where = [...board.where, ...panel.where, ...picks.map((p) => ({ dimension: p.dimension, values: [p.key] }))].slice(0, 10)
  const indicator = panel.indicators[0] ?? 'received'
  const query = useQueryOf('forecastFigures', { indicator, ...(panel.dimensions[0] ? { dimension: panel.dimensions[0] } : {}), where, limit: panel.limit ?? 10 }, { staleTime: 300_000 })
  return (
    <QueryView query={query}>
      {({ items, name, unit, grain, next }) => {
        const column: Column = { code: indicator, name, kind: 'basic', unit, direction: 'none', version: 1, statement: '', formula: null, asked: true }
        const periods = items[0]?.past.slice(-PAST) ?? []
        return items.every((i) => i.forecast === null) ? <Empty kind="filter" text={t('noForecast')} hint={items[0]?.reason ?? t('nothingHint')} /> : (
          <div className="ms-data-table">
            <table className="ms-plain-table">
              <caption className="ms-hidden">{panel.title}</caption>
              <thead><tr><th scope="col">{t('name')}</th>{periods.map((p) => <th key={p.period} scope="col">{grain === 'week' ? `${p.from.slice(5)} – ${p.to.slice(5)}` : p.period}</th>)}<th scope="col" title={next}>{t(grain === 'week' ? 'nextWeek' : 'nextMonth')}</th><th scope="col" title={t('intervalHelp')}>{t('interval')}</th><th scope="col" title={t('errorHelp')}>{t('lastError')}</th></tr></thead>
              <tbody>{items.map((item) => (
                <tr key={item.key?.key ?? ''}>
                  <th scope="row">{item.key?.name ?? t('whole')}</th>
                  {item.past.slice(-PAST).map((p) => <td key={p.period} className="ms-num">{p.value > 0 ? <Button type="link" size="small" onClick={() => onOpen({ column, keys: item.key ? [item.key] : [], period: { from: p.from, to: p.to }, where })}>{p.value}</Button> : 0}</td>)}
                  {item.forecast ? <><td className="ms-num"><strong title={t('wayOf', { way: item.forecast.wayName })}>{item.forecast.value}</strong></td><td className="ms-num">{item.forecast.low}–{item.forecast.high}</td><td className="ms-num">{item.forecast.error === null ? '–' : `±${item.forecast.error}%`}</td></> : <td colSpan={3} className="ms-muted">{item.reason}</td>}
                </tr>
              ))}</tbody>
            </table>
          </div>
        )
      }}
    </QueryView>
  )
}
