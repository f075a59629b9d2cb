// On the order page: key-case topics and the upper platform's special marks, set and cancelled with a reason (ORD-17).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useRefreshOrders } from '../orders/order-data.ts'
import type { SlotProps } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export default function KeyMarks({ order }: SlotProps): ReactElement {
  const query = useQueryOf('orderKeyMarks', { id: order.id })
  const refresh = useRefreshOrders()
  const [marking, setMarking] = useState(false)
  const [cancelling, setCancelling] = useState<{ id: string; name: string } | null>(null)
  const done = (word: string) => { void refresh(); say(word); setMarking(false); setCancelling(null) }
  return (
    <QueryView query={query} lines={2}>
      {({ items, offered, mayMark }) => (
        <div className="ms-stack">
          {items.length === 0 ? <span className="ms-hint">{t('noMarks')}</span> : (
            <ul className="ms-plain-list">
              {items.map((one) => (
                <li key={one.id}>
                  <span className="ms-row"><Tag tone={one.cancelledAt ? 'calm' : 'over'}>{one.cancelledAt ? <s>{one.name}</s> : one.name}</Tag><span className="ms-hint">{one.kind === 'special' ? t('special') : t('topic')}</span><span className="ms-grow" />{one.mayCancel ? <button type="button" className="ms-link-button" onClick={() => setCancelling(one)}>{t('cancelMark')}</button> : null}</span>
                  <span className="ms-hint">{one.unitName ?? ''} {one.byName} <Time iso={one.at} />{one.cancelReason ? ` · ${t('cancelledBy', { name: one.cancelledByName ?? '', reason: one.cancelReason })}` : ''}</span>
                </li>
              ))}
            </ul>
          )}
          {mayMark && offered.length > 0 ? <div><Button size="small" onClick={() => setMarking(true)}>{t('mark')}</Button></div> : mayMark && items.length === 0 ? <span className="ms-hint">{t('noTopics')}</span> : null}
          <ActDrawer open={marking} onClose={() => setMarking(false)} title={t('mark')} sub={order.number} submitLabel={t('mark')} onDone={() => done(t('marked'))}
            schema={{ type: 'object', required: ['topicId'], properties: { topicId: { type: 'string', title: t('topic'), oneOf: offered.map((one) => ({ const: one.id, title: one.name })), 'x-buttons': offered.length <= 6 } } }}
            submit={(v) => call('markKeyCase', { id: order.id, topicId: String(v.topicId) })} />
          <ActDrawer open={cancelling !== null} onClose={() => setCancelling(null)} title={t('cancelMark')} sub={cancelling?.name} submitLabel={t('cancelMark')} onDone={() => done(t('markCancelled'))}
            schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 300 } } }}
            submit={(v) => call('cancelKeyMark', { id: order.id, markId: cancelling?.id ?? '', reason: String(v.reason) })} />
        </div>
      )}
    </QueryView>
  )
}
