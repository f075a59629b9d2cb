// The rows behind a counted figure, page by page; each opens its order or its call.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Time } from '../../ui/Page.tsx'
import type { Period } from '../../ui/period.ts'
import type { Column } from './FiguresPage.tsx'
import { SnapshotButton } from './SnapshotButton.tsx'
import { t } from './texts.zh-CN.ts'

export type Behind = { column: Column; keys: OutputOf<'queryFigures'>['rows'][number]['keys']; period: Period; where: { dimension: string; values: (string | null)[] }[] }
const PAGE = 50

export function BehindFigure({ column, keys, period, where }: Behind): ReactElement {
  const [cursors, setCursors] = useState<string[]>([])
  const cursor = cursors.at(-1)
  const rows = useQueryOf('figureRows', { ...period, where, below: false, indicator: column.code, keys: keys.map(({ dimension, key }) => ({ dimension, key })), limit: PAGE, ...(cursor ? { cursor } : {}) }, { keepPrevious: true })
  return (
    <QueryView query={rows}>
      {({ items, next, object, heads }) => items.length === 0 ? <Empty kind="filter" /> : (
        <>
          <div className="ms-row"><p className="ms-hint">{keys.map((k) => k.name).join(' · ')} {column.statement}</p><span className="ms-grow" />{object === 'order' ? <SnapshotButton question={{ ...period, where, indicator: column.code, keys: keys.map(({ dimension, key }) => ({ dimension, key })), name: [column.name, ...keys.map((k) => k.name)].join(' · ').slice(0, 60) }} /> : null}<Button size="small" onClick={() => void exportSheet('figureRows', { ...period, where, indicator: column.code, keys: keys.map(({ dimension, key }) => ({ dimension, key })) }, ['number', 'title', 'stateName', 'unitName', 'registeredAt', 'closedAt'])}>{t('export')}</Button></div>
          <table className="ms-plain-table ms-data-nowrap">
            <caption className="ms-hidden">{column.name}</caption>
            <thead><tr>{(heads ? [heads.number, heads.title, heads.state, heads.unit, heads.from, heads.to] : (['number', 'titleOf', 'state', 'unitName', 'registered', 'closed'] as const).map((key) => t(key))).map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
            <tbody>{items.map((row) => (
              <tr key={row.rowId}>
                <td>{object === 'seat' ? row.number : <Link to={object === 'call' ? `/telephony/calls?call=${row.id}` : `/orders/${row.number}`} target="_blank">{row.number}</Link>}</td><td>{row.title}</td><td>{row.stateName}</td><td>{row.unitName ?? '–'}</td><td><Time iso={row.registeredAt} /></td><td>{row.closedAt ? <Time iso={row.closedAt} /> : '–'}</td>
              </tr>
            ))}</tbody>
          </table>
          <div className="ms-row" style={{ marginBlockStart: 12, justifyContent: 'flex-end' }}>
            {cursors.length > 0 ? <Button onClick={() => setCursors((held) => held.slice(0, -1))}>{t('former')}</Button> : null}
            {next ? <Button onClick={() => setCursors((held) => [...held, next])}>{t('next')}</Button> : null}
          </div>
        </>
      )}
    </QueryView>
  )
}
