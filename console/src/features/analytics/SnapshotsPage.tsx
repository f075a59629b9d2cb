// 明细快照: rows of a figure as they were; a list of one's own, and one opened by its address.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { day, when } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'
import '../data/data.css'

export default function SnapshotsPage(): ReactElement {
  const { id } = useParams()
  return id === undefined ? <Mine /> : <One key={id} id={id} />
}

function Mine(): ReactElement {
  const list = useQueryOf('listSnapshots', {})
  return (
    <Page title={t('snapshots')} help="snapshots" sub={t('snapshotsHint')}>
      <Section title={t('snapshotsMine')} flush>
        <QueryView query={list}>
          {({ items }) => items.length === 0 ? <Empty kind="filter" text={t('snapshotsNone')} hint={t('snapshotsHow')} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('snapshotsMine')}</caption>
              <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('snapshotOf')}</th><th scope="col">{t('snapshotPeriod')}</th><th scope="col">{t('snapshotRows')}</th><th scope="col">{t('snapshotAt')}</th><th scope="col">{t('snapshotKept')}</th></tr></thead>
              <tbody>{items.map((one) => <tr key={one.id}><td><Link to={`/analytics/snapshots/${one.id}`}>{one.name}</Link></td><td>{one.statement}</td><td className="ms-nowrap">{one.from} – {one.to}</td><td className="ms-num">{one.rows}</td><td className="ms-nowrap"><Time iso={one.takenAt} /></td><td>{kept(one)}</td></tr>)}</tbody>
            </table>
          )}
        </QueryView>
      </Section>
    </Page>
  )
}

/** Until when, or for whom, it stays. */
const kept = (one: { keptUntil: string | null; heldBy: string | null }): string => (one.heldBy ? t('snapshotHeld', { by: one.heldBy }) : one.keptUntil ? t('snapshotUntil', { day: day(one.keptUntil) }) : t('snapshotForGood'))

function One({ id }: { id: string }): ReactElement {
  const [pages, setPages] = useState<number[]>([])
  const after = pages.at(-1) ?? 0
  const query = useQueryOf('showSnapshot', { id, after }, { keepPrevious: true, staleTime: 600_000 })
  return (
    <QueryView query={query}>
      {(one) => (
        <Page title={one.name} help="snapshots" sub={`${one.statement} ${one.from} – ${one.to}`} acts={<Link to="/analytics/snapshots">{t('snapshotsMine')}</Link>}>
          <p className="ms-note" role="status">{t('snapshotNote', { by: one.takenByName, time: when(one.takenAt), n: one.count })}；{t('snapshotKept')}{kept(one)}</p>
          <Section title={t('snapshotRows')} flush>
            {one.items.length === 0 ? <Empty kind="scope" text={t('snapshotEmpty')} /> : (
              <table className="ms-plain-table ms-data-nowrap">
                <caption className="ms-hidden">{one.name}</caption>
                <thead><tr>{(['snapshotNumber', 'snapshotTitle', 'snapshotState', 'snapshotUnit', 'snapshotRegistered', 'snapshotClosed'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                <tbody>{one.items.map((row) => <tr key={row.position}><td><Link to={`/orders/${row.number}`} target="_blank">{row.number}</Link></td><td>{row.title}</td><td>{row.stateName}</td><td>{row.unitName ?? '–'}</td><td><Time iso={row.registeredAt} /></td><td>{row.closedAt ? <Time iso={row.closedAt} /> : '–'}</td></tr>)}</tbody>
              </table>
            )}
          </Section>
          <div className="ms-row" style={{ justifyContent: 'flex-end' }}>
            {pages.length > 0 ? <Button onClick={() => setPages((held) => held.slice(0, -1))}>{t('snapshotFormer')}</Button> : null}
            {one.next === null ? null : <Button onClick={() => setPages((held) => [...held, one.next ?? 0])}>{t('snapshotNext')}</Button>}
          </div>
        </Page>
      )}
    </QueryView>
  )
}
