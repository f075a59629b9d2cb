// 撤单审批: withdrawals that somebody else asked for (ORD-25, ⚙ withdrawalApproval).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { useRequestActs } from '../orders/acts/assignment-acts.tsx'
import { t } from './texts.zh-CN.ts'
import type { OutputOf } from '../../api/call.ts'

type Row = OutputOf<'listOrderRequests'>['items'][number]

export default function WithdrawalsPage(): ReactElement {
  const list = useQueryOf('listOrderRequests', { kind: 'withdrawal', state: 'pending', limit: 100 })
  useTopic('orders.list', ['listOrderRequests'])
  return (
    <Page title={t('withdrawals')}>
      <QueryView query={list}>
        {(data) => data.items.length === 0 ? <Empty kind="done" text={t('w.none')} hint={t('w.noneHint')} /> : <div className="ms-stack">{data.items.map((row) => <Card key={row.id} row={row} />)}</div>}
      </QueryView>
    </Page>
  )
}

function Card({ row }: { row: Row }): ReactElement {
  const { open, drawers } = useRequestActs({ id: row.id, kind: 'withdrawal' }, { id: row.orderId, number: row.number, title: row.title })
  return (
    <Section title={<span className="ms-row"><Link to={`/orders/${row.number}`} className="ms-code">{row.number}</Link> {row.title}</span>} extra={<span className="ms-row"><UrgencyTag urgency={row.urgency} /><StateTag state={row.orderState} /></span>}>
      <div className="ms-stack">
        <span><Tag tone="primary">{row.reasonClass}</Tag> {row.reason}</span>
        <span className="ms-row"><span className="ms-hint ms-grow">{t('w.asked', { who: row.applicantName })} <Time iso={row.createdAt} /></span>{row.mayDecide ? <Button type="primary" onClick={() => open('decide')}>{t('withdrawals')}</Button> : null}</span>
      </div>
      {drawers}
    </Section>
  )
}
