// The pivot: members of two dimensions, measures in the cells, sums of rows, columns and groups asked for themselves, each number opening its orders.
import { Button } from 'antd'
import { Fragment, useMemo, useState, type ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { grouped } from '../../ui/grouped.ts'
import type { Period } from '../../ui/period.ts'
import { shown } from '../data/values.ts'
import type { Opened } from './PanelView.tsx'
import { isTime, levelBelow, parentOf, pivotOf, sortedBy, subtotalBy, type Key, type Sort } from './pivot.ts'
import { asked, numberOf, type Answer, type Column, type Row } from './question.ts'
import { t } from './texts.zh-CN.ts'

type Props = { answer: Answer; period: Period; where: { dimension: string; values: (string | null)[] }[]; by: string[]; subtotals?: boolean; onDown: (key: Key) => void; onOpen: (opened: Opened) => void }
const MOST = { down: 200, across: 31 }

export function PivotTable({ answer, period, where, by, subtotals = false, onDown, onOpen }: Props): ReactElement {
  const columns = asked(answer)
  const [sort, setSort] = useState<Sort | null>(null)
  const pivot = useMemo(() => pivotOf(answer, MOST), [answer])
  const [rows = 'county', across = 'county'] = by
  const parent = subtotals ? subtotalBy(rows) : undefined
  const sums = (...dimensions: string[]) => ({ ...period, indicators: columns.map((c) => c.code), dimensions, where, below: false, limit: 2000 })
  const enabled = columns.length > 0
  const ofRows = useQueryOf('queryFigures', sums(rows), { keepPrevious: true, enabled })
  const ofColumns = useQueryOf('queryFigures', sums(across), { keepPrevious: true, enabled })
  const ofGroups = useQueryOf('queryFigures', sums(parent ?? rows, across), { keepPrevious: true, enabled: enabled && parent !== undefined })
  const ofGroupSums = useQueryOf('queryFigures', sums(parent ?? rows), { keepPrevious: true, enabled: enabled && parent !== undefined })
  const sumAt = (data: Answer | undefined, ...keys: (string | null)[]): Row | undefined => data?.rows.find((row) => keys.every((key, i) => row.keys[i]?.key === key))
  const valueOf = (d: Key): number | null => { if (!sort) return null; const a = pivot.across.find((key) => sort.across !== undefined && (key.key ?? '') === sort.across); return numberOf((sort.across === undefined ? sumAt(ofRows.data, d.key) : a ? pivot.cell(d, a) : undefined)?.values, sort.code) }
  const down = sort ? sortedBy(pivot.down, valueOf, sort.up) : pivot.down
  const groups = parent ? [...grouped(down, parentOf)] : [['', down] as const]

  const cells = (values: Row['values'] | undefined, keys: Key[], strong = false): ReactElement[] => columns.map((column) => {
    const text = values ? shown(values[column.code], column.unit) : ''
    const opens = column.formula === null && values && (values[column.code] ?? '0') !== '0'
    return <td key={column.code} className="ms-data-end">{opens ? <Button type="link" size="small" className="ms-data-number" style={strong ? { fontWeight: 700 } : undefined} onClick={() => onOpen({ column, keys, period, where })}>{text}</Button> : <span className="ms-data-number">{strong ? <strong>{text}</strong> : text}</span>}</td>
  })
  const head = (key: Key): ReactElement => (levelBelow(key.dimension) && !isTime(key.dimension) && key.key !== null ? <button type="button" className="ms-link-button" title={t('exploreDown', { name: key.name })} onClick={() => onDown(key)}>{key.name}</button> : <>{key.name}</>)
  const sorter = (at: string | undefined, name: string, column: Column): ReactElement => {
    const on = sort !== null && sort.across === at && sort.code === column.code
    return <button type="button" className="ms-link-button ms-analytics-sort" aria-pressed={on} aria-label={t('exploreSort', { name: columns.length > 1 ? `${name} ${column.name}` : name })} onClick={() => setSort(on ? (sort.up ? null : { ...sort, up: true }) : { ...(at === undefined ? {} : { across: at }), code: column.code, up: false })}>{on ? (sort.up ? '↑' : '↓') : '⇅'}</button>
  }
  const only = columns.length === 1 ? columns[0] : undefined
  const many = only === undefined
  const sorted = (at: string | undefined): 'ascending' | 'descending' | undefined => (sort && sort.across === at ? (sort.up ? 'ascending' : 'descending') : undefined)
  return (
    <div className="ms-data-table ms-analytics-table">
      <table className="ms-plain-table">
        <caption className="ms-hidden">{columns.map((c) => c.name).join('、')}</caption>
        <thead>
          <tr><th scope="col" rowSpan={many ? 2 : 1}>{t('name')}</th>{pivot.across.map((key) => <th key={key.key ?? ''} scope={many ? 'colgroup' : 'col'} colSpan={columns.length} className={many ? 'ms-analytics-over' : 'ms-data-end'} aria-sort={only ? sorted(key.key ?? '') : undefined}>{head(key)}{only ? sorter(key.key ?? '', key.name, only) : null}</th>)}<th scope={many ? 'colgroup' : 'col'} colSpan={columns.length} className={many ? 'ms-analytics-over' : 'ms-data-end'} aria-sort={only ? sorted(undefined) : undefined}>{t('total')}{only ? sorter(undefined, t('total'), only) : null}</th></tr>
          {many ? <tr className="ms-analytics-under">{[...pivot.across, undefined].map((key) => columns.map((c) => <th key={`${key?.key ?? ''} ${c.code} ${key ? '' : 'sum'}`} scope="col" className="ms-data-end">{c.name}{sorter(key ? (key.key ?? '') : undefined, key?.name ?? t('total'), c)}</th>))}</tr> : null}
        </thead>
        <tbody>
          {groups.map(([code, members]) => {
            const group = parent ? sumAt(ofGroupSums.data, code === '' ? null : code) : undefined
            const key = group?.keys[0]
            return (
              <Fragment key={code}>
                {members.map((d) => <tr key={d.key ?? ''}><th scope="row" style={parent ? { paddingInlineStart: 24 } : undefined}>{head(d)}</th>{pivot.across.map((a) => <Fragment key={a.key ?? ''}>{cells(pivot.cell(d, a)?.values, [d, a])}</Fragment>)}{cells(sumAt(ofRows.data, d.key)?.values, [d], true)}</tr>)}
                {key ? <tr className="ms-analytics-subtotal"><th scope="row">{t('exploreSubtotal', { name: key.name })}</th>{pivot.across.map((a) => <Fragment key={a.key ?? ''}>{cells(sumAt(ofGroups.data, key.key, a.key)?.values, [key, a])}</Fragment>)}{cells(group?.values, [key], true)}</tr> : null}
              </Fragment>
            )
          })}
          <tr className="ms-data-total"><th scope="row">{t('total')}</th>{pivot.across.map((a) => <Fragment key={a.key ?? ''}>{cells(sumAt(ofColumns.data, a.key)?.values, [a])}</Fragment>)}{cells(answer.total, [], true)}</tr>
        </tbody>
      </table>
    </div>
  )
}
