// Bars under the header of an order that waits: suspended until when, contested, with the difficult-order post.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Tag } from '../../ui/Tags.tsx'
import { moment } from '../../ui/time.ts'
import type { SlotProps } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export default function HandlingNotice({ order }: SlotProps): ReactElement | null {
  const has = (flag: string) => order.flags.some((one) => one.code === flag)
  const pauses = useQueryOf('listPauses', { orderId: order.id, state: 'active', limit: 20 }, { enabled: has('suspended') }).data?.items ?? []
  const hard = useQueryOf('listHards', { orderId: order.id, state: 'pending', limit: 1 }, { enabled: has('hard') }).data?.items[0]
  return (
    <>
      {pauses.map((row) => <div key={row.id} className="ms-order-notice" data-tone="near"><Tag tone="near">{t('notice.paused')}</Tag><span>{row.unitName}</span><span className="ms-ellipsis">{t('notice.pausedText', { condition: row.conditionName, moment: moment(row.permittedUntil) })}</span>{row.promisedAt ? <strong>{t('notice.promise', { moment: moment(row.promisedAt) })}</strong> : null}</div>)}
      {has('disputed') ? <div className="ms-order-notice" data-tone="near"><Tag tone="near">{t('disputes')}</Tag><span>{t('notice.disputed')}</span></div> : null}
      {hard ? <div className="ms-order-notice" data-tone="over"><Tag tone="over">{t('notice.hard')}</Tag><span className="ms-ellipsis">{hard.reason}</span></div> : null}
    </>
  )
}
