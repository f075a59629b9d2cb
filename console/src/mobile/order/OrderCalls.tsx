// Calls of the order at every step, with their recordings for those who may hear them (ORD-69).
import { Button, Card, Tag } from '@minsheng/portal/kit'
import { useState } from 'react'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'

type Call = OutputOf<'orderCalls'>['items'][number]

export default function OrderCalls({ order }: { order: OrderDetail }): ReactElement | null {
  const items = useQueryOf('orderCalls', { id: order.id }).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('watch.calls')}>
      {items.map((one) => (
        <div key={one.id} className="k-stack m-part" data-gap="small">
          <span className="k-line" data-spread><strong>{one.stepName} · {one.directionName}</strong><Tag tone={one.answeredAt ? 'ok' : 'near'}>{t(one.answeredAt ? 'watch.answered' : 'watch.unanswered')}</Tag></span>
          <span className="k-hint">{[one.unitName, one.userName, when(one.startedAt)].filter(Boolean).join(' ')}</span>
          {one.hidden ? <span className="k-hint">{t('watch.callHidden')}</span> : one.recordings.map((recording) => <Recording key={recording.id} recording={recording} />)}
        </div>
      ))}
    </Card>
  )
}

/** Asked for only when somebody wants to hear it: hearing is logged. */
function Recording({ recording }: { recording: Call['recordings'][number] }): ReactElement {
  const [open, setOpen] = useState(false)
  if (recording.state !== 'stored') return <span className="k-hint">{recording.stateName}</span>
  if (!open) return <Button icon="sound" disabled={!recording.mayPlay} onClick={() => setOpen(true)}>{t(recording.mayPlay ? 'watch.play' : 'watch.mayNotPlay')}</Button>
  return <audio controls autoPlay src={`/api/telephony/recordings/${recording.id}/content`} style={{ inlineSize: '100%' }} />
}
