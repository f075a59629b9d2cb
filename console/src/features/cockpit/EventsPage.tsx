// 热点事件: the hot categories of a period; one category with its course, kinds, places and orders; and what clustering found.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import type { Period } from '../../ui/period.ts'
import { BoardBar } from '../analytics/BoardBar.tsx'
import { BoardGrid } from '../analytics/BoardGrid.tsx'
import { usePeriod, usePicks } from '../analytics/board-state.ts'
import type { BoardView } from '../analytics/question.ts'
import { OrderActs } from './OrderActs.tsx'
import { t } from './texts.zh-CN.ts'
import '../analytics/analytics.css'
import '../data/data.css'
import './cockpit.css'

export default function EventsPage(): ReactElement {
  const board = useQueryOf('showBoard', { code: 'cockpitEvents' }, { staleTime: 60_000 })
  return <QueryView query={board}>{(data) => <Shown data={data} />}</QueryView>
}

function Shown({ data }: { data: BoardView }): ReactElement {
  const { can } = useSession()
  const board = data.definition
  const chosen = usePeriod(board.period)
  const picks = usePicks()
  const [search, setSearch] = useSearchParams()
  const group = board.groups.find((one) => one.name === search.get('group'))
  const choose = (name: string | null): void => setSearch((held) => { const all = new URLSearchParams(held); if (name === null) all.delete('group'); else all.set('group', name); return all }, { replace: true })
  const narrowed = useMemo(() => (group ? { ...board, where: [...board.where, { dimension: 'words', values: group.words }] } : board), [board, group])
  const hot = board.panels.filter((panel) => panel.kind === 'groups')
  const { from, to } = chosen.period
  return (
    <Page title={t('events')} help="leader" sub={board.description} bar={<BoardBar data={data} period={chosen} picks={picks} />}>
      <div className="ms-cockpit-events">
        <div className="ms-cockpit-stack">
          <BoardGrid board={board} panels={hot} period={chosen.period} picks={picks} group={group?.name} onGroup={(name) => choose(name === group?.name ? null : name)} />
          {can('orders.sets') ? <Sets /> : null}
        </div>
        <div className="ms-cockpit-stack">
          <div className="ms-row"><strong>{t('ofGroup', { name: group?.name ?? t('whole'), period: from === to ? from : `${from} – ${to}` })}</strong>{group ? <Button size="small" onClick={() => choose(null)}>{t('whole')}</Button> : null}</div>
          <BoardGrid board={narrowed} panels={board.panels.filter((panel) => panel.kind !== 'groups')} period={chosen.period} picks={picks} />
          <Orders period={chosen.period} where={[...narrowed.where, ...picks.picks.map((p) => ({ dimension: p.dimension, values: [p.key] }))]} />
        </div>
      </div>
    </Page>
  )
}

/** The newest orders behind the figures above: the same question, listed. */
function Orders({ period, where }: { period: Period; where: { dimension: string; values: (string | null)[] }[] }): ReactElement {
  const rows = useQueryOf('figureRows', { ...period, where, below: false, indicator: 'received', keys: [], limit: 20 }, { keepPrevious: true })
  const focus = useQueryOf('listFocus', { limit: 100, list: 'mine' })
  const followed = new Set((focus.data?.items ?? []).map((one) => one.orderId))
  return (
    <Section title={t('key')} flush>
      <QueryView query={rows}>
        {({ items }) => items.length === 0 ? <Empty kind="filter" /> : (
          <div className="ms-data-table">
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('key')}</caption>
              <thead><tr>{(['number', 'titleOf', 'state', 'unit', 'registered', 'acts'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
              <tbody>{items.map((row) => <tr key={row.rowId}><td><Link to={`/orders/${row.number}`}>{row.number}</Link></td><td>{row.title}</td><td className="ms-nowrap">{row.stateName}</td><td>{row.unitName ?? t('notYet')}</td><td><Time iso={row.registeredAt} /></td><td><OrderActs order={row} followed={followed.has(row.id)} /></td></tr>)}</tbody>
            </table>
          </div>
        )}
      </QueryView>
    </Section>
  )
}

/** Sets that clustering proposed and people confirmed, newest first. */
function Sets(): ReactElement {
  const sets = useQueryOf('listEventSets', { state: 'proposed,open,dispatched', limit: 8 }, { refetchEvery: 120_000 })
  return (
    <Section title={t('sets')}>
      <p className="ms-hint">{t('setsHint')}</p>
      <QueryView query={sets}>
        {({ items }) => items.length === 0 ? <Empty kind="done" text={t('setsNone')} /> : (
          <ul className="ms-cockpit-list">
            {items.map((one) => (
              <li key={one.id}>
                <Link className="ms-ellipsis" title={one.core} to={`/orders/sets/${one.id}`}>{one.title}</Link>
                <span className="ms-row ms-hint"><span>{one.stateName}</span><span>{t('orders', { n: one.members + one.proposed })}</span><span className="ms-ellipsis">{one.leadUnitName ?? one.areaName ?? ''}</span><span className="ms-grow" /><Time iso={one.createdAt} /></span>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Section>
  )
}
