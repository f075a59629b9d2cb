// The pivot: members of two dimensions, the measure in the cells, sums of rows and columns asked for themselves, each number opening its orders.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import type { Period } from '../../ui/period.ts'
import { shown } from '../data/values.ts'
import type { Opened } from './PanelView.tsx'
import { levelBelow, pivotOf, type Key } from './pivot.ts'
import { asked, type Answer, type Row } from './question.ts'
import { t } from './texts.zh-CN.ts'

type Props = { answer: Answer; period: Period; where: { dimension: string; values: (string | null)[] }[]; by: string[]; timed: (dimension: string) => boolean; onDown: (key: Key) => void; onOpen: (opened: Opened) => void }
const MOST = { down: 100, across: 31 }

export function PivotTable({ answer, period, where, by, timed, onDown, onOpen }: Props): ReactElement {
  const column = asked(answer)[0]
  const pivot = useMemo(() => pivotOf(answer, timed, MOST), [answer]) // oxlint-disable-line react-hooks/exhaustive-deps -- `timed` reads a catalogue that stays
  const sums = (dimension: string) => ({ ...period, indicators: [column?.code ?? 'received'], dimensions: [dimension], where, below: false, limit: 2000 })
  const ofRows = useQueryOf('queryFigures', sums(by[0] ?? 'county'), { keepPrevious: true })
  const ofColumns = useQueryOf('queryFigures', sums(by[1] ?? 'county'), { keepPrevious: true })
  if (!column) return <span />
  const sumAt = (data: Answer | undefined, key: Key): Row['values'] | undefined => data?.rows.find((row) => row.keys[0]?.key === key.key)?.values
  const cell = (values: Row['values'] | undefined, keys: Key[]): ReactElement => {
    const text = values ? shown(values[column.code], column.unit) : ''
    return column.formula === null && values && (values[column.code] ?? '0') !== '0' ? <Button type="link" size="small" className="ms-data-number" onClick={() => onOpen({ column, keys, period, where })}>{text}</Button> : <span className="ms-data-number">{text}</span>
  }
  const head = (key: Key): ReactElement => (levelBelow(key.dimension) && !timed(key.dimension) && key.key !== null ? <button type="button" className="ms-link-button" title={t('exploreDown', { name: key.name })} onClick={() => onDown(key)}>{key.name}</button> : <>{key.name}</>)
  return (
    <div className="ms-data-table ms-analytics-table">
      <table className="ms-plain-table">
        <caption className="ms-hidden">{column.name}</caption>
        <thead><tr><th scope="col">{t('name')}</th>{pivot.across.map((key) => <th key={key.key ?? ''} scope="col" className="ms-data-end">{head(key)}</th>)}<th scope="col" className="ms-data-end">{t('total')}</th></tr></thead>
        <tbody>
          {pivot.down.map((d) => <tr key={d.key ?? ''}><th scope="row">{head(d)}</th>{pivot.across.map((a) => { const row = pivot.cell(d, a); return <td key={a.key ?? ''} className="ms-data-end">{cell(row?.values, [d, a])}</td> })}<td className="ms-data-end"><strong>{cell(sumAt(ofRows.data, d), [d])}</strong></td></tr>)}
          <tr className="ms-data-total"><th scope="row">{t('total')}</th>{pivot.across.map((a) => <td key={a.key ?? ''} className="ms-data-end">{cell(sumAt(ofColumns.data, a), [a])}</td>)}<td className="ms-data-end"><strong>{cell(answer.total, [])}</strong></td></tr>
        </tbody>
      </table>
    </div>
  )
}
