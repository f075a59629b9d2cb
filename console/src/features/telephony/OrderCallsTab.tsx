// 通话录音 on the order page: every call at every step, its result and its recording; and the one click that dials the requester (TEL-43).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call as request } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import type { SlotProps } from '../orders/slots.ts'
import { RecordingPlayer } from './RecordingPlayer.tsx'
import { t } from './texts.zh-CN.ts'

export default function OrderCallsTab({ order }: SlotProps): ReactElement {
  const calls = useQueryOf('orderCalls', { id: order.id })
  const { can } = useSession()
  const [busy, setBusy] = useState(false)
  useTopic('telephony.orderCalls', ['orderCalls'])
  useTopic('telephony.calls', ['orderCalls'])
  const dial = async () => {
    setBusy(true)
    try {
      const { shown } = await request('dial', { orderId: order.id })
      say(t('dialled', { who: shown }))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    setBusy(false)
  }
  return (
    <QueryView query={calls}>
      {(data) => (
        <Section title={t('orderCalls')} extra={can('telephony.dial') ? <Button size="small" type="primary" icon={<Icon name="phoneOut" size={14} />} loading={busy} disabled={!data.mayDial} title={data.dialReason ?? undefined} onClick={() => void dial()}>{t('callRequester')}</Button> : null}>
          {data.items.length === 0 ? <Empty kind="done" text={t('noOrderCalls')} hint={data.dialReason ?? undefined} /> : (
            <div className="ms-stack">
              {data.items.map((item) => (
                <article key={item.id} className="ms-order-call">
                  <div className="ms-row">
                    <Time iso={item.startedAt} /><Tag tone="primary">{t('stepAt', { step: item.stepName })}</Tag><span>{item.directionName}</span><span>{item.unitName}{item.userName ? ` · ${item.userName}` : ''}</span>
                    <Tag tone={item.answeredAt ? 'ok' : 'near'}>{item.answeredAt ? stopwatch(item.talkMs ?? 0) : `${t('unanswered')} ${item.endCauseName ?? ''}`}</Tag>
                  </div>
                  {item.hidden ? <span className="ms-hint">{t('hiddenCall')}</span> : item.recordings.map((recording) => <RecordingPlayer key={recording.id} recording={recording} />)}
                </article>
              ))}
            </div>
          )}
        </Section>
      )}
    </QueryView>
  )
}
