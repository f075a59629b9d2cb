// The frozen list behind an SMS: numbers and orders as they were when it was sent.
import type { ReactElement } from 'react'
import { Link, useParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { o } from './overview-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import './supervision.css'

export default function OverviewPage(): ReactElement {
  const { id = '' } = useParams()
  const found = useQueryOf('showOverview', { id })
  return (
    <QueryView query={found}>
      {(data) => (
        <Page title={o('of', { unit: data.unitName })} sub={o('asOf', { slot: data.slot })}>
          <div className="ms-watch-figures">{data.lists.map((list) => <Figure key={list.key} label={list.name} value={list.count} to={`#${list.key}`} {...(list.count > 0 && list.name.includes('超期') ? { tone: 'over' as const } : {})} />)}</div>
          {data.lists.filter((list) => list.count > 0).map((list) => (
            <Section key={list.key} title={<span id={list.key}>{list.name}</span>} extra={<span className="ms-hint">{list.orders.length < list.count ? o('first', { n: list.orders.length, all: list.count }) : o('count', { n: list.count })}</span>}>
              <table className="ms-board-table">
                <thead><tr><th scope="col" style={{ inlineSize: 180 }}>{t('col.number')}</th><th scope="col">{t('col.title')}</th><th scope="col" style={{ inlineSize: 130 }}>{t('col.orderState')}</th><th scope="col" style={{ inlineSize: 150 }}>{t('col.due')}</th></tr></thead>
                <tbody>{list.orders.map((order) => <tr key={order.id}><td><Link to={`/orders/${order.number}`}><bdi className="ms-code">{order.number}</bdi></Link></td><td>{order.title ?? <span className="ms-hint">{o('secret')}</span>}</td><td>{order.stateName}</td><td><Time iso={order.dueAt} /></td></tr>)}</tbody>
              </table>
            </Section>
          ))}
        </Page>
      )}
    </QueryView>
  )
}
