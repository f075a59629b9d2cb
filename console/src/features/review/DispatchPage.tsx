import type { ReactElement } from 'react'
import { OrderDecision } from './OrderDecision.tsx'
import { OrderDesk } from './OrderDesk.tsx'
import { OrderObject } from '../orders/OrderObject.tsx'
import { t } from './texts.zh-CN.ts'

export default function DispatchPage(): ReactElement {
  return (
    <OrderDesk desk="dispatch" title={t('desk.dispatch')} act="dispatch" state="pendingDispatch" ahead="dispatchOptions" object={(order, note) => <OrderObject order={order} note={note} />}
      decision={(order, done, continuous) => <OrderDecision order={order} main="dispatch" title={t('desk.dispatch')} onDone={done} continuous={continuous} />} />
  )
}
