// 发起督办 without an order at hand: numbers are typed, then the same drawer as everywhere.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { words } from '../orders/acts/form-values.ts'
import { form } from './fields.ts'
import { ordersByNumber, SuperviseDrawer } from './SuperviseDrawer.tsx'
import type { Supervised } from './SuperviseDrawer.tsx'
import { w } from './words.zh-CN.ts'

export function NewTask(): ReactElement {
  const [asking, setAsking] = useState(false)
  const [orders, setOrders] = useState<Supervised[] | null>(null)
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>{w('supervise')}</Button>
      {asking ? (
        <ActDrawer open onClose={() => setAsking(false)} title={w('supervise')} submitLabel={w('pickOrder')} draftKey="supervise:numbers"
          schema={form({ numbers: { type: 'string', title: w('pickOrder'), description: w('pickOrderHelp'), maxLength: 2000 } }, ['numbers'])}
          submit={async (v) => setOrders(await ordersByNumber(words(v, 'numbers')))} />
      ) : null}
      {orders ? <SuperviseDrawer orders={orders} onClose={() => setOrders(null)} /> : null}
    </>
  )
}
