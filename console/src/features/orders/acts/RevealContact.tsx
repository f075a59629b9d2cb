// Masked contact of an order's requester: shown for a minute on a stated reason.
import type { ReactElement } from 'react'
import { call } from '../../../api/call.ts'
import { Masked } from '../../../ui/Masked.tsx'

type Props = { orderId: string; field: 'phone' | 'idNumber' | 'name'; value: string; label: string; mayReveal: boolean }

export function RevealContact({ orderId, field, value, label, mayReveal }: Props): ReactElement {
  if (!mayReveal || !value.includes('*')) return <bdi>{value}</bdi>
  return (
    <Masked value={value} label={label} reveal={async (reason) => {
      const shown = await call('revealContact', { id: orderId, field, reason })
      return { value: shown.value, used: shown.used, limit: shown.quota }
    }} />
  )
}
