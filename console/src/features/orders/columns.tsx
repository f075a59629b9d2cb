// Columns of order lists; keys are those of the export.
import type { ReactElement } from 'react'
import type { Column } from '../../ui/list-types.ts'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { nextClockOf } from './clocks.ts'
import type { OrderRow } from './order-types.ts'
import { t } from './texts.zh-CN.ts'
import '../labels/labels.css'

const loud: Record<string, Tone> = { keyCase: 'over', upperMark: 'over', enterprise: 'primary',  supervised: 'over', emergency: 'over', unstable: 'over', urged: 'near', suspended: 'calm', disputed: 'near', hard: 'near', redo: 'near', confidential: 'calm' }

/** Labels beside a title; what does not fit is counted, a long name ends in dots. */
function Labels({ labels, most }: { labels: OrderRow['labels']; most: number }): ReactElement {
  const rest = labels.slice(most)
  return <>{labels.slice(0, most).map((one) => <span key={one.id} className="ms-label" data-colour={one.colour} title={one.name}>{one.name}</span>)}{rest.length > 0 ? <Tag title={rest.map((one) => one.name).join('、')}>+{rest.length}</Tag> : null}</>
}

/** Flags of an order, the loud ones first; what does not fit is counted. */
export function Flags({ flags, most = 3 }: { flags: OrderRow['flags']; most?: number }): ReactElement | null {
  if (flags.length === 0) return null
  const sorted = [...flags].sort((a, b) => Number(b.code in loud) - Number(a.code in loud))
  const rest = sorted.slice(most)
  return <>{sorted.slice(0, most).map((flag) => <Tag key={flag.code} tone={loud[flag.code] ?? 'plain'}>{flag.name}</Tag>)}{rest.length > 0 ? <Tag title={rest.map((flag) => flag.name).join('、')}>+{rest.length}</Tag> : null}</>
}

const dash = (value: string | number | null): string => (value === null || value === '' ? '–' : String(value))
const count = (value: number): string => (value === 0 ? '–' : String(value))

export const orderColumns: Column<OrderRow>[] = [
  { key: 'number', title: t('c.number'), width: 164, render: (row) => <bdi className="ms-code ms-order-no">{row.number}</bdi> },
  { key: 'clockDueAt', title: t('c.clock'), width: 192, sort: ['nearestClock', 'nearestClock'], render: (row) => (row.nextClock ? <ClockChip plain clock={nextClockOf(row.nextClock)} /> : '–') },
  { key: 'title', title: t('c.title'), width: 320, wide: true, text: (row) => row.title, render: (row) => <span className="ms-order-title"><span className="ms-ellipsis">{row.title}</span><UrgencyTag urgency={row.urgency} /><Flags flags={row.flags} most={2} /><Labels labels={row.labels} most={row.flags.length > 1 ? 1 : 2} /></span> },
  { key: 'requesterName', title: t('c.requester'), width: 76, yields: 2, render: (row) => row.requesterName },
  { key: 'matterName', title: t('c.matter'), width: 112, yields: 1, render: (row) => dash(row.matterName) },
  { key: 'leadUnitName', title: t('c.unit'), width: 136, render: (row) => dash(row.leadUnitName) },
  { key: 'stateName', title: t('c.state'), width: 120, render: (row) => <StateTag state={row.state} round={row.round} /> },
  { key: 'round', title: t('c.round'), width: 56, align: 'end', hidden: true, render: (row) => row.round },
  { key: 'registeredAt', title: t('c.registeredAt'), width: 108, yields: 3, sort: ['registeredAtAsc', 'registeredAt'], render: (row) => <Time iso={row.registeredAt} /> },
  { key: 'contactPhoneMask', title: t('c.phone'), width: 124, hidden: true, render: (row) => <bdi>{dash(row.contactPhoneMask)}</bdi> },
  { key: 'appealTypeName', title: t('c.appealType'), width: 80, hidden: true, render: (row) => row.appealTypeName },
  { key: 'channelName', title: t('c.channel'), width: 88, hidden: true, render: (row) => row.channelName },
  { key: 'areaName', title: t('c.area'), width: 140, hidden: true, render: (row) => dash(row.areaName) },
  { key: 'address', title: t('c.address'), width: 200, hidden: true, render: (row) => dash(row.address) },
  { key: 'registeredByName', title: t('c.registeredBy'), width: 88, hidden: true, render: (row) => row.registeredByName },
  { key: 'closedAt', title: t('c.closedAt'), width: 120, hidden: true, render: (row) => <Time iso={row.closedAt} /> },
  { key: 'urgeCount', title: t('c.urges'), width: 64, align: 'end', hidden: true, render: (row) => count(row.urgeCount) },
  { key: 'supplementCount', title: t('c.supplements'), width: 64, align: 'end', hidden: true, render: (row) => count(row.supplementCount) },
  { key: 'returnCount', title: t('c.returns'), width: 64, align: 'end', hidden: true, render: (row) => count(row.returnCount) },
]
