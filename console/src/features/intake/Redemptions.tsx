// Redemptions: sent with a number, delivered, or cancelled with a reason; the receiver is shown for a purpose only.
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useCommand } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult, RowAct } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useQueryClient } from '@tanstack/react-query'
import { t } from './store.zh-CN.ts'

type Row = OutputOf<'listRedemptions'>['items'][number]
type Doing = { row: Row; act: Row['acts'][number]['act'] | 'reveal' }
const states = ['placed', 'sent', 'delivered', 'done', 'cancelled'] as const
const tones = { placed: 'near', sent: 'plain', delivered: 'ok', done: 'ok', cancelled: 'calm' } as const

const columns: Column<Row>[] = [
  { key: 'code', title: t('code'), width: 120, render: (row) => <bdi>{row.code}</bdi> }, { key: 'itemName', title: t('item'), width: 180, wide: true, render: (row) => row.itemName }, { key: 'stateName', title: t('state'), width: 90, render: (row) => <Tag tone={tones[row.state]}>{row.stateName}</Tag> }, { key: 'pieces', title: t('pieces'), width: 70, align: 'end', render: (row) => row.pieces }, { key: 'points', title: t('cost'), width: 70, align: 'end', render: (row) => row.points },
  { key: 'by', title: t('by'), width: 120, render: (row) => <bdi>{row.by}</bdi> }, { key: 'receiver', title: t('receiver'), width: 170, render: (row) => row.receiver ?? '' }, { key: 'tracking', title: t('parcel'), width: 150, render: (row) => [row.carrier, row.tracking].filter(Boolean).join(' ') }, { key: 'at', title: t('at'), width: 120, render: (row) => <Time iso={row.at} /> }, { key: 'endedAt', title: t('ended'), width: 120, render: (row) => <Time iso={row.endedAt} />, hidden: true },
]
const filters: Filter[] = [{ key: 'state', label: t('state'), kind: 'select', options: states.map((value) => ({ value, label: t(`state.${value}`) })) }]

export function Redemptions(): ReactElement {
  const [doing, setDoing] = useState<Doing | null>(null)
  const [receiver, setReceiver] = useState<OutputOf<'revealReceiver'> | null>(null)
  const client = useQueryClient()
  const act = useCommand('actOnRedemption', { invalidates: ['listStoreItems'] })
  const reveal = useCommand('revealReceiver')
  const acts = (row: Row): RowAct[] => [...row.acts.map((one) => ({ id: one.act, label: one.label, danger: one.act === 'cancel', run: () => setDoing({ row, act: one.act }) })), ...(row.receiver ? [{ id: 'reveal', label: t('reveal'), run: () => setDoing({ row, act: 'reveal' }) }] : [])]
  const text = (title: string) => ({ type: 'string' as const, title, maxLength: 60 })
  return (
    <Section title={t('redemptions')} flush>
      <ListPage<Row> embedded exportable page="redemptions" title={t('redemptions')} columns={columns} filters={filters} rowKey={(row) => row.id} rowActs={acts} searchHint={t('searchHint')} searchKey="code" empty={{ text: t('noRedemptions') }} load={(query, signal) => request<ListResult<Row>>('GET', '/api/redemptions', query, { signal })} />
      {doing ? (
        <ActDrawer open onClose={() => setDoing(null)} title={t(doing.act)} sub={`${doing.row.code} ${doing.row.itemName}`} submitLabel={t(doing.act)} {...(doing.act === 'cancel' ? { notice: t('reasonShown') } : doing.act === 'reveal' ? { notice: t('revealNote') } : {})}
          schema={doing.act === 'send' ? { type: 'object', required: ['carrier', 'tracking'], properties: { carrier: text(t('carrier')), tracking: text(t('tracking')) } } : doing.act === 'deliver' ? { type: 'object', properties: {} } : { type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t(doing.act === 'reveal' ? 'purpose' : 'reason'), maxLength: 200 } } }}
          submit={async (values) => {
            if (doing.act === 'reveal') return setReceiver(await reveal.mutateAsync({ id: doing.row.id, reason: String(values.reason) }))
            await act.mutateAsync({ id: doing.row.id, act: doing.act, version: doing.row.version, ...values })
            await client.invalidateQueries({ queryKey: ['list', 'redemptions'] })
            say(t('saved'))
          }} />
      ) : null}
      <Drawer open={receiver !== null} onClose={() => setReceiver(null)} title={t('receiver')} size={420}>{receiver ? <Facts items={[{ label: t('receiver'), value: receiver.name }, { label: t('phone'), value: <bdi>{receiver.phone}</bdi> }, { label: t('address'), value: receiver.address }]} /> : null}</Drawer>
    </Section>
  )
}
