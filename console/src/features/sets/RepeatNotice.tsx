import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { SlotProps } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export default function RepeatNotice({ order }: SlotProps): ReactElement {
  const older = order.links.filter((link) => link.kind === 'repeat')
  return <div className="ms-note" role="status">{t('repeatOf')} {older.map((link) => <Link key={link.orderId} className="ms-code" to={`/orders/${link.number}`}>{link.number}</Link>)}</div>
}
