// On the order page: the handling unit asks the centre to call the requester before it closes.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Time } from '../../ui/Page.tsx'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { fields } from '../orders/acts/act-form.ts'
import type { SlotProps } from '../orders/slots.ts'
import { p } from './pool.zh-CN.ts'

const schema = fields({ reason: { type: 'string', format: 'textarea', title: p('askReason'), maxLength: 300 } }, ['reason'])

export default function AskPool({ order }: SlotProps): ReactElement | null {
  const pool = useQueryOf('orderCallbackPool', { id: order.id })
  const send = useAct('orderCallbackPool', 'orderTimeline')
  const [open, setOpen] = useState(false)
  const data = pool.data
  if (!data || (!data.may && data.stateName === null)) return null
  return (
    <div className="ms-stack">
      {data.stateName ? <span>{p('current', { state: data.stateName })}{data.leaveAt ? <> · {p('leave')} <Time iso={data.leaveAt} /></> : null}</span> : <span className="ms-hint">{p('askHelp')}</span>}
      {data.may ? <Button onClick={() => setOpen(true)}>{p('ask')}</Button> : null}
      <ActDrawer open={open} onClose={() => setOpen(false)} title={p('ask')} sub={order.number} schema={schema} submitLabel={p('askVerb')} submit={async (values) => { await send('askCallbackPool', { id: order.id, ...values }); setOpen(false); say(p('asked')) }} />
    </div>
  )
}
