// An appeal picked by this person: full text, photos and history in the middle, acts beside it, and the lock running down.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useRef } from 'react'
import { call } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActPanel } from '../../ui/ActDrawer.tsx'
import { Empty, Loading } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { ClockChip } from '../../ui/Tags.tsx'
import { fromEpoch, instant } from '../../ui/time.ts'
import { useOrder } from '../orders/order-data.ts'
import type { OrderDetail } from '../orders/order-types.ts'
import { OrderDecision } from '../review/OrderDecision.tsx'
import { OrderObject } from '../orders/OrderObject.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { t as review } from '../review/texts.zh-CN.ts'
import type { Waiting } from './ChannelsPage.tsx'
import { EarlierOrders } from './EarlierOrders.tsx'
import { Record } from './RequesterPanel.tsx'
import { t } from './texts.zh-CN.ts'

const warnBefore = 5 * 60_000

type Props = { row: Waiting; continuous: boolean; onRelease: () => void; onRenew: () => void; onDone: (go: boolean) => void }

export function PickedAppeal({ row, continuous, onRelease, onRenew, onDone }: Props): ReactElement {
  const read = useOrder({ id: row.id, number: row.number, title: row.title })
  const { can } = useSession()
  const order = read.data
  const until = row.pickedUntil
  const lock = (
    <div className="ms-lock">
      {until ? <ClockChip seconds clock={{ name: t('lock'), state: 'running', dueAt: until, nearAt: fromEpoch(instant(until) - warnBefore) }} /> : null}
      <span className="ms-hint">{t('lockEnds')}</span>
      <span className="ms-grow" />
      <button type="button" className="ms-link-button" onClick={onRenew}>{t('renew')}</button>
      <button type="button" className="ms-link-button" onClick={onRelease}>{t('release')}</button>
    </div>
  )
  if (!order) return <section className="ms-desk-object ms-desk-wide" data-region>{lock}<div className="ms-desk-pad">{read.error ? <Empty kind="failed" problem={read.error} /> : <Loading lines={10} />}</div></section>
  return (
    <>
      <section className="ms-desk-object" aria-label={review('object')} data-region>
        <OrderObject order={order} note={lock} after={can('orders.requesterHistory') ? <RequesterPart order={order} /> : null} />
      </section>
      <section className="ms-desk-decision" aria-label={review('decision')} data-region>
        <OrderDecision order={order} main="passReview" title={t('channels')} continuous={continuous} onDone={(_, go) => onDone(go)}
          own={{ act: 'finish', label: t('toReview'), ...(order.acts.some((one) => one.act === 'passReview') ? {} : { key: 'a' }), render: () => <Finish row={row} onDone={() => onDone(continuous)} onNext={() => onDone(true)} /> }} />
      </section>
    </>
  )
}

function RequesterPart({ order }: { order: OrderDetail }): ReactElement {
  const id = order.requester.id
  const person = useQueryOf('getRequester', { id: id ?? '' }, { enabled: id !== null })
  const orders = useQueryOf('requesterOrders', { id: id ?? '', limit: 20 }, { enabled: id !== null })
  return (
    <Part title={t('requesterPart')}>
      {id === null ? <span className="ms-hint">{t('noRequester')}</span> : null}
      {person.data ? <Record person={person.data} onChanged={() => void person.refetch()} /> : null}
      {orders.data ? <EarlierOrders orders={orders.data.items} total={orders.data.count} openCount={orders.data.items.filter((one) => one.open && one.id !== order.id).length} except={order.id} /> : null}
    </Part>
  )
}

/** Looked at and completed: it goes to the review desk. */
function Finish({ row, onDone, onNext }: { row: Waiting; onDone: () => void; onNext: () => void }): ReactElement {
  const attempt = useRef({ text: '', key: '' })
  const client = useQueryClient()
  return (
    <ActPanel schema={{ type: 'object', properties: { note: { type: 'string', format: 'textarea', title: t('note'), maxLength: 500 } } }} submitLabel={t('toReview')} notice={t('toReviewNote')} draftKey={`desk-finish:${row.id}`} onClose={() => undefined}
      submit={async (values) => {
        const note = typeof values.note === 'string' ? values.note : ''
        if (!attempt.current.key || attempt.current.text !== note) attempt.current = { text: note, key: newKey() }
        await call('finishSubmission', { orderId: row.id, ...(note ? { note } : {}) }, { idempotencyKey: attempt.current.key })
        await client.invalidateQueries({ queryKey: ['listChannelDesk'] })
        say(t('finished', { number: row.number }))
      }}
      onDone={onDone} next={{ label: t('toReviewNext'), run: onNext }} />
  )
}
