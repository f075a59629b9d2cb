// Orders in hand by time and by stage: each number opens exactly its list.
import { Card, Skeleton, Trouble } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { InputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { t } from '../texts.zh-CN.ts'

type Filter = Omit<InputOf<'listOrders'>, 'limit'>
const openStates = 'pendingReview,pendingDispatch,inProgress,pendingResultReview,pendingCallback'
const tiles: { name: string; filter: Filter; tone?: string }[] = [
  { name: t('cockpit.overdue'), filter: { overdue: 'true' }, tone: 'overdue' },
  { name: t('cockpit.soon'), filter: { dueWithinHours: 24 }, tone: 'near' },
  { name: t('cockpit.open'), filter: { state: openStates } },
  { name: t('cockpit.urgent'), filter: { state: openStates, urgency: 'urgent,major' } },
]

export function OrderFacts(): ReactElement {
  const counts = useQueryOf('orderCounts', {}, { refetchEvery: 60_000 })
  return (
    <>
      <div className="m-tiles">{tiles.map((one) => <Tile key={one.name} {...one} />)}</div>
      <Card title={t('cockpit.stages')}>
        {counts.data ? (
          <ul className="m-stages">
            {counts.data.states.filter((one) => one.count.value > 0).map((one) => (
              <li key={one.key}><Link to={`/m/orders?${new URLSearchParams({ ...one.query, name: one.label }).toString()}`}><span>{one.label}</span><b className="k-num">{one.count.value}{one.count.capped ? '+' : ''}</b></Link></li>
            ))}
          </ul>
        ) : counts.error ? <Trouble problem={counts.error} retry={() => void counts.refetch()} /> : <Skeleton lines={5} />}
      </Card>
    </>
  )
}

function Tile({ name, filter, tone }: { name: string; filter: Filter; tone?: string }): ReactElement {
  const query = useQueryOf('listOrders', { ...filter, limit: 1 }, { refetchEvery: 60_000 })
  const count = query.data?.count
  const address = new URLSearchParams({ ...Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, String(value)])), name })
  return (
    <Link className="k-item m-tile" data-timing={tone} to={`/m/orders?${address.toString()}`}>
      <b className="k-num">{count ? `${count.value.toLocaleString('zh-CN')}${count.capped ? '+' : ''}` : t('none')}</b><span className="k-hint">{name}</span>
    </Link>
  )
}
