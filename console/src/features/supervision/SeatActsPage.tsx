// Acts behind the numbers of the seats board.
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { periodOf } from '../../ui/period.ts'
import { b } from './board-words.zh-CN.ts'

const facets = ['receipt', 'sorting', 'review', 'closing', 'callback'] as const

export default function SeatActsPage(): ReactElement {
  const [search] = useSearchParams()
  const facet = facets.find((one) => one === search.get('facet'))
  const userId = search.get('userId') ?? undefined
  const acts = useQueryOf('seatActs', { ...periodOf(search), limit: 100, ...(facet ? { facet } : {}), ...(userId ? { userId } : {}), ...(search.get('late') === 'true' ? { late: 'true' } : {}) })
  return (
    <Page title={b('acts')} sub={acts.data ? cappedCount(acts.data.count) : undefined} acts={<Link to={`/supervision/boards/seats?${new URLSearchParams(periodOf(search)).toString()}`}>{b('seats')}</Link>}>
      <QueryView query={acts}>
        {({ items }) => (
          <Section flush>
            {items.length === 0 ? <Empty kind="done" text={b('noSeats')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{b('acts')}</caption>
                <thead><tr><th scope="col" style={{ inlineSize: 140 }}>{b('at')}</th><th scope="col" style={{ inlineSize: 120 }}>{b('seat')}</th><th scope="col" style={{ inlineSize: 120 }}>{b('act')}</th><th scope="col">{b('order')}</th><th scope="col" style={{ inlineSize: 120 }}>{b('state')}</th><th scope="col" style={{ inlineSize: 120 }}>{b('lateBy')}</th></tr></thead>
                <tbody>{items.map((one) => <tr key={one.id}><td><Time iso={one.at} /></td><td>{one.actorName}</td><td>{one.actName}</td><td><Link className="ms-code" to={`/orders/${one.number}`}>{one.number}</Link> {one.title}</td><td>{one.stateName}</td><td>{one.lateHours === null ? <span className="ms-hint">{b('inTime')}</span> : b('hours', { n: one.lateHours })}</td></tr>)}</tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
    </Page>
  )
}
