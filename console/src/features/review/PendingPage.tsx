import type { ReactElement } from 'react'
import { OrderDecision } from './OrderDecision.tsx'
import { OrderDesk } from './OrderDesk.tsx'
import { OrderObject } from '../orders/OrderObject.tsx'
import { t } from './texts.zh-CN.ts'

export default function PendingPage(): ReactElement {
  return (
    <OrderDesk desk="pending" title={t('desk.pending')} act="passReview" state="pendingReview" object={(order, note) => <OrderObject order={order} note={note} />}
      decision={(order, done, continuous) => <OrderDecision order={order} main="passReview" title={t('desk.pending')} onDone={done} continuous={continuous} />} />
  )
}
