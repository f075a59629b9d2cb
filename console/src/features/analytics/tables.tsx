// Statistics tables and the heat table: every counted number opens its rows.
import { Button, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { sequential } from '../../ui/tokens.ts'
import { shown } from '../data/values.ts'
import { changeWords, toneOf } from './change.ts'
import { asked, changeOf, numberOf, type Answer, type Column, type Row } from './question.ts'
import { t } from './texts.zh-CN.ts'

type Open = (column: Column, keys: Row['keys']) => void

function Cell({ column, values, before, keys, onOpen }: { column: Column; values: Row['values']; before: Row['before']; keys: Row['keys']; onOpen: Open }): ReactElement {
  const text = shown(values[column.code], column.unit)
  const change = before ? changeOf(column, numberOf(values, column.code), numberOf(before, column.code)) : null
  return (
    <td className="ms-data-end">
      {column.formula === null && (values[column.code] ?? '0') !== '0' ? <Button type="link" size="small" className="ms-data-number" onClick={() => onOpen(column, keys)}>{text}</Button> : <span className="ms-data-number">{text}</span>}
      {change && change.text !== 'none' ? <div><small className="ms-analytics-change" data-tone={toneOf(change)}>{changeWords(change)}</small></div> : null}
    </td>
  )
}

export function ValueTable({ answer, compare, onPick, onOpen }: { answer: Answer; compare: 'previous' | 'lastYear' | undefined; onPick: (key: Row['keys'][number] | undefined) => void; onOpen: Open }): ReactElement {
  const columns = asked(answer)
  const heads = answer.rows[0]?.keys.length ?? 0
  return (
    <div className="ms-data-table ms-analytics-table">
      <table className="ms-plain-table">
        <caption className="ms-hidden">{t('tables')}</caption>
        <thead><tr>{Array.from({ length: heads }, (_, i) => <th key={i} scope="col">{t('name')}</th>)}{columns.map((c) => <th key={c.code} scope="col" className="ms-data-end"><Tooltip title={c.statement}><span>{c.name}{c.unit && c.unit !== '%' ? `（${c.unit}）` : ''}</span></Tooltip></th>)}</tr></thead>
        <tbody>
          {answer.rows.map((row) => (
            <tr key={row.keys.map((k) => k.key).join('|')}>
              {row.keys.map((k) => <th key={k.dimension} scope="row"><button type="button" className="ms-link-button" onClick={() => onPick(k)}>{k.name}</button></th>)}
              {columns.map((c) => <Cell key={c.code} column={c} values={row.values} before={compare ? row.before : null} keys={row.keys} onOpen={onOpen} />)}
            </tr>
          ))}
          <tr className="ms-data-total">{heads > 0 ? <th scope="row" colSpan={heads}>{t('total')}</th> : null}{columns.map((c) => <Cell key={c.code} column={c} values={answer.total} before={answer.before?.total ?? null} keys={[]} onOpen={onOpen} />)}</tr>
        </tbody>
      </table>
    </div>
  )
}

const MOST_COLUMNS = 31
const MOST_ROWS = 25

/** Two dimensions as coloured cells; the darker, the more. */
export function HeatTable({ answer, onOpen }: { answer: Answer; onOpen: Open }): ReactElement {
  const column = asked(answer)[0]
  if (!column) return <span />
  const names = (i: number, most: number): Row['keys'][number][] => [...new Map(answer.rows.map((r) => [r.keys[i]?.name ?? '', r.keys[i]])).values()].filter((k) => k !== undefined).slice(0, most)
  const [down, across] = [names(0, MOST_ROWS), names(1, MOST_COLUMNS).toSorted((a, b) => (a.dimension === 'day' || a.dimension === 'hour' ? a.name.localeCompare(b.name) : 0))]
  const at = new Map(answer.rows.map((row) => [row.keys.map((k) => k.name).join('\0'), row]))
  const most = Math.max(1, ...answer.rows.map((r) => numberOf(r.values, column.code) ?? 0))
  const shade = (value: number): number => Math.min(sequential.length - 1, Math.floor((value / most) * sequential.length))
  return (
    <div className="ms-data-table ms-analytics-heat">
      <table>
        <caption className="ms-hidden">{column.name}</caption>
        <thead><tr><th />{across.map((k) => <th key={k.name} scope="col"><span>{/^\d{4}-\d{2}-\d{2}$/.test(k.name) ? k.name.slice(5) : k.name}</span></th>)}</tr></thead>
        <tbody>
          {down.map((d) => (
            <tr key={d.name}>
              <th scope="row" title={d.name}>{d.name}</th>
              {across.map((a) => {
                const row = at.get(`${d.name}\0${a.name}`)
                const value = numberOf(row?.values, column.code) ?? 0
                return <td key={a.name}>{row && value > 0 ? <button type="button" data-deep={shade(value) > 2 || undefined} style={{ background: sequential[shade(value)] }} title={`${d.name} ${a.name}：${value}`} onClick={() => onOpen(column, row.keys)}>{value}</button> : null}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
