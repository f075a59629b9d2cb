// What a run gives: a list whose rows open their orders, or groups with their total, each of which opens its rows; and the drawing.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { Empty } from '../../ui/Empty.tsx'
import { Chart } from '../../ui/Figure.tsx'
import { Section } from '../../ui/Page.tsx'
import { when } from '../../ui/time.ts'
import { drawingOf, type Key, type Result } from './models.ts'
import { t } from './texts.zh-CN.ts'

type Props = { result: Result; look: string; groups: number; offset: number; onPage: (offset: number) => void; onOpen: (keys: Key[]) => void }
const PAGE = 50

export function ModelResult({ result, look, groups, offset, onPage, onOpen }: Props): ReactElement {
  const { columns, rows, total } = result
  const drawing = look === 'bar' || look === 'line' || look === 'pie' ? drawingOf(look, groups, result) : null
  const lines = rows.map((r) => [...r.keys.map((k) => k.name), ...r.cells.map((c) => c ?? '–')])
  return (
    <>
      {drawing ? <Section><Chart height={300} option={drawing} summary={t('modelChart', { n: rows.length })} table={{ columns: columns.map((c) => c.label), rows: lines }} /></Section> : null}
      <Section flush title={total ? t('groups', { n: result.count }) : t(result.more ? 'modelMore' : 'modelCount', { n: result.count })} extra={<span className="ms-hint">{result.more && total ? `${t('truncated', { n: result.count })} · ` : ''}{t('asOf', { time: when(result.asOf) })}</span>}>
        {rows.length === 0 && !total ? <Empty kind="filter" text={t('modelNothing')} hint={t('modelNothingHint')} /> : (
          <div className="ms-data-table">
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('models')}</caption>
              <thead><tr>{columns.map((c) => <th key={c.key} scope="col" className={c.end ? 'ms-data-end' : undefined}>{c.label}</th>)}</tr></thead>
              <tbody>
                {rows.map((row, r) => (
                  <tr key={row.id ?? row.keys.map((k) => k.key).join('|')}>
                    {row.keys.map((k) => <th key={k.field} scope="row">{k.name}</th>)}
                    {row.cells.map((cell, i) => {
                      const column = columns[row.keys.length + i]
                      const text = cell ?? '–'
                      return <td key={column?.key ?? i} className={column?.end ? 'ms-data-end' : undefined}>{column?.key === 'number' && row.orderNumber ? <Link to={`/orders/${row.orderNumber}`} target="_blank">{text}</Link> : total && i === 0 ? <Button type="link" size="small" className="ms-data-number" aria-label={t('modelOpen', { name: lines[r]?.slice(0, row.keys.length).join(' · ') ?? '', n: text })} onClick={() => onOpen(row.keys)}>{text}</Button> : text}</td>
                    })}
                  </tr>
                ))}
                {total ? <tr className="ms-data-total">{groups > 0 ? <th scope="row" colSpan={groups}>{t('total')}</th> : null}{total.map((value, i) => <td key={columns[groups + i]?.key ?? i} className="ms-data-end">{i === 0 ? <Button type="link" size="small" className="ms-data-number" onClick={() => onOpen([])}>{value ?? '–'}</Button> : (value ?? '–')}</td>)}</tr> : null}
              </tbody>
            </table>
          </div>
        )}
        {!total && (offset > 0 || result.next !== null) ? <div className="ms-row" style={{ padding: 12, justifyContent: 'flex-end' }}>{offset > 0 ? <Button onClick={() => onPage(Math.max(0, offset - PAGE))}>{t('former')}</Button> : null}{result.next === null ? null : <Button onClick={() => onPage(offset + PAGE)}>{t('next')}</Button>}</div> : null}
      </Section>
    </>
  )
}
