// What a call taker sees of an order that a colleague registered: its public side; the look is logged (ORD-02, ORD-25).
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Loading, ProblemLine } from '../../ui/Empty.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export function PublicSide({ orderId, onClose }: { orderId: string; onClose: () => void }): ReactElement {
  const read = useQueryOf('orderPublicSide', { id: orderId }, { staleTime: 60_000 })
  const order = read.data
  return (
    <Drawer open size={560} onClose={onClose} title={order ? <><bdi className="ms-code">{order.number}</bdi> {order.title}</> : t('ps.title')}>
      {read.error ? <ProblemLine problem={read.error} /> : !order ? <Loading lines={8} /> : (
        <div className="ms-stack">
          <span className="ms-hint">{t('ps.note')}</span>
          <div className="ms-row"><Tag tone="primary">{order.stateName}</Tag>{order.again ? <Tag tone="near">{t('ps.again')}</Tag> : null}</div>
          <Facts items={[
            { label: t('ps.type'), value: order.appealTypeName }, { label: t('ps.matter'), value: order.matterName, hidden: !order.matterName }, { label: t('ps.place'), value: order.place, hidden: !order.place },
            { label: t('ps.registered'), value: <><Time iso={order.registeredAt} /> {order.channelName}</> }, { label: t('ps.unit'), value: order.unitName, hidden: !order.unitName },
            { label: t('ps.promised'), value: <Time iso={order.promisedAt} />, hidden: !order.promisedAt },
          ]} />
          <p className="ms-text">{order.content}</p>
          {order.reply ? <><strong>{t('ps.reply')}</strong><p className="ms-text">{order.reply}</p></> : null}
          {order.supplements.length > 0 ? <><strong>{t('ps.supplements')}</strong>{order.supplements.map((one) => <p key={one.id} className="ms-text"><Time iso={one.at} /> {one.content}</p>)}</> : null}
          {order.reports.map((one) => <p key={one.at} className="ms-text"><Time iso={one.at} /> {one.unitName}：{one.text}</p>)}
          <ol className="ms-chain-steps">{order.steps.map((step) => <li key={step.name} aria-current={step.current || undefined}>{step.name} <span className="ms-hint">{step.text} {step.at ? <Time iso={step.at} /> : null}</span></li>)}</ol>
        </div>
      )}
    </Drawer>
  )
}
