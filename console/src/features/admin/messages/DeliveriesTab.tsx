// The delivery log with its dead letters.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useSession } from '../../../app/session.tsx'
import { ListPage } from '../../../ui/ListPage.tsx'
import type { Column, Filter } from '../../../ui/ListPage.tsx'
import { say } from '../../../ui/notices.ts'
import { Facts, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { channelChoices, channelNames, levelNames } from './channel-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Delivery = OutputOf<'listDeliveries'>['items'][number]
const tones = { waiting: 'low', queued: 'near', sent: 'ok', failed: 'over', skipped: 'calm', recalled: 'calm' } as const
const states = ['waiting', 'queued', 'sent', 'failed', 'skipped', 'recalled'] as const
const stateTag = (one: Delivery): ReactElement => <Tag tone={tones[one.state]}>{t(`d_${one.state}`)}</Tag>

const columns: Column<Delivery>[] = [
  { key: 'created', title: t('created'), width: 120, render: (one) => <Time iso={one.createdAt} /> },
  { key: 'channel', title: t('channel'), width: 96, render: (one) => channelNames[one.channel] },
  { key: 'person', title: t('person'), width: 110, render: (one) => one.userName },
  { key: 'address', title: t('address'), width: 150, render: (one) => one.address },
  { key: 'text', title: t('text'), width: 320, wide: true, render: (one) => one.text, text: (one) => one.text },
  { key: 'type', title: t('type'), width: 110, render: (one) => one.typeName },
  { key: 'state', title: t('state'), width: 80, render: stateTag },
  { key: 'result', title: t('result'), width: 180, render: (one) => one.result },
]
const filters: Filter[] = [
  { key: 'state', label: t('state'), kind: 'select', options: states.map((state) => ({ value: state, label: t(`d_${state}`) })) },
  { key: 'channel', label: t('channel'), kind: 'select', options: channelChoices },
  { key: 'period', label: t('period'), kind: 'dates', keys: ['from', 'to'] },
]

export function DeliveriesTab(): ReactElement {
  const { can } = useSession()
  const client = useQueryClient()
  const act = async (op: 'retryDelivery' | 'recallDelivery', one: Delivery) => {
    try {
      await call(op, { id: one.id })
      say(t(op === 'retryDelivery' ? 'resent' : 'recalled'))
      await client.invalidateQueries({ queryKey: ['list', 'deliveries'] })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <div className="ms-split-list" style={{ flex: 1 }}>
      <ListPage<Delivery> embedded page="deliveries" title={t('deliveries')} searchKey="query" searchHint={t('person')} columns={columns} filters={filters} rowKey={(one) => one.id} empty={{ text: t('noDeliveries'), hint: t('noDeliveriesHint') }}
        load={(query, signal) => { const { q: _q, sort: _sort, ...rest } = query; return call('listDeliveries', rest, { signal }) }}
        rowActs={can('platform.manageMessages') ? (one) => [
          { id: 'retry', label: t('resend'), disabled: one.state !== 'failed' && one.state !== 'skipped', run: () => void act('retryDelivery', one) },
          { id: 'recall', label: t('recall'), disabled: one.state !== 'waiting' && one.state !== 'queued', run: () => void act('recallDelivery', one) },
        ] : undefined}
        preview={(one) => (
          <div className="ms-stack">
            <h2 style={{ margin: 0, fontSize: 'var(--ms-size-title)' }}>{one.title}</h2>
            <p className="ms-pre">{one.text}</p>
            <Facts items={[
              { label: t('channel'), value: channelNames[one.channel] }, { label: t('person'), value: one.userName }, { label: t('address'), value: one.address }, { label: t('type'), value: one.typeName }, { label: t('level'), value: levelNames[one.level] },
              { label: t('state'), value: stateTag(one) }, { label: t('result'), value: one.result }, { label: t('attempts'), value: one.attempts }, { label: t('merged'), value: one.merged, hidden: one.merged < 2 }, { label: t('instead'), value: one.insteadOf, hidden: one.insteadOf === null },
              { label: t('created'), value: <Time iso={one.createdAt} /> }, { label: t('sentAt'), value: <Time iso={one.sentAt} /> }, { label: t('nextAt'), value: <Time iso={one.nextAt} /> }, { label: t('readAt'), value: <Time iso={one.readAt} /> },
            ]} />
          </div>
        )} />
    </div>
  )
}
