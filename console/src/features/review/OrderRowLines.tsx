// One waiting order in the list of a desk: time first, then what it is about.
import type { ReactElement } from 'react'
import type { OrderRow } from '../orders/order-types.ts'
import { ClockChip, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import type { Clock } from '../../ui/Tags.tsx'

export const clockOfRow = (clock: OrderRow['nextClock']): Clock | null => (clock ? { name: clock.name, state: clock.paused ? 'paused' : 'running', dueAt: clock.dueAt } : null)

export function OrderRowLines({ row }: { row: OrderRow }): ReactElement {
  const clock = clockOfRow(row.nextClock)
  const [first, ...rest] = row.flags
  return (
    <>
      <span className="ms-desk-row-line">
        {clock ? <ClockChip plain clock={clock} /> : null}
        <span className="ms-grow" />
        <UrgencyTag urgency={row.urgency} />
        {first ? <Tag title={row.flags.map((flag) => flag.name).join('、')}>{first.name}{rest.length ? `+${rest.length}` : ''}</Tag> : null}
      </span>
      <span className="ms-desk-row-title" title={row.title}>{row.title}</span>
      <span className="ms-hint ms-ellipsis">{[row.appealTypeName, row.matterName, row.areaName].filter(Boolean).join(' · ')}</span>
    </>
  )
}
