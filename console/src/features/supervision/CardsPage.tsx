// All cards: current ones by default; what was cleared or is void stays, struck through.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Card, ClockChip, StateTag, UrgencyTag } from '../../ui/Tags.tsx'
import { OrderAct } from '../orders/acts/index.ts'
import { areaLoader, unitLoader } from '../orders/pickers.ts'
import { Reaction, Recipients } from './CardList.tsx'
import { cardClock, kindOptions } from './lists.ts'
import { reads } from '../../ui/reads.ts'
import type { CardRow } from './lists.ts'
import { b } from './board-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import { useSupervise } from './use-supervise.tsx'
import './supervision.css'

const voided = (card: CardRow): boolean => card.state !== 'open'
const columns: Column<CardRow>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'colour', title: t('col.colour'), width: 76, render: (row) => <Card kind={row.colour} voided={row.state === 'void'} at={row.issuedAt} /> },
  { key: 'left', title: t('col.left'), width: 200, render: (row) => <ClockChip plain clock={cardClock(row)} /> },
  { key: 'title', title: t('col.title'), width: 220, wide: true, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</>, text: (row) => row.title },
  { key: 'unit', title: t('col.unit'), width: 130, render: (row) => row.unitName ?? t('centre') },
  { key: 'reaction', title: t('col.reaction'), width: 120, render: (row) => (voided(row) ? null : <Reaction card={row} />) },
  { key: 'recipients', title: t('col.recipients'), width: 90, render: (row) => t('readOf', { read: row.recipients.filter((one) => one.read).length, n: row.recipients.length }), text: (row) => row.recipients.map((one) => `${one.name} ${one.read ? t('read') : t('unread')}`).join('、') },
  { key: 'state', title: t('col.state'), width: 84, render: (row) => (voided(row) ? <s>{row.stateName}</s> : row.stateName), hidden: true },
  { key: 'issued', title: t('col.issued'), width: 112, render: (row) => <Time iso={row.issuedAt} />, hidden: true },
  { key: 'due', title: t('col.due'), width: 112, render: (row) => <Time iso={row.dueAt} />, hidden: true },
  { key: 'orderState', title: t('col.orderState'), width: 110, render: (row) => <StateTag state={row.orderState} />, hidden: true },
  { key: 'ended', title: t('col.ended'), width: 112, render: (row) => <Time iso={row.endedAt} />, hidden: true },
]
const load = reads<CardRow>('/api/supervision/cards')
const states = ['open', 'superseded', 'cleared', 'void'] as const

export default function CardsPage(): ReactElement {
  const { can } = useSession()
  const supervise = useSupervise<CardRow>((row) => ({ id: row.orderId, number: row.number, title: row.title }))
  const [urging, setUrging] = useState<CardRow | null>(null)
  const filters = useMemo((): Filter[] => [
    { key: 'colour', label: t('col.colour'), kind: 'select', options: (['red', 'yellow'] as const).map((value) => ({ value, label: t(`colour.${value}`) })) },
    { key: 'current', label: t('filter.current'), kind: 'boolean' },
    { key: 'clock', label: t('col.clock'), kind: 'multi', options: kindOptions },
    { key: 'state', label: t('col.state'), kind: 'multi', options: states.map((value) => ({ value, label: t(`card.${value}`) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' }, { key: 'areaCode', label: b('area'), kind: 'pick', loader: areaLoader }, { key: 'areaOnly', label: b('other'), kind: 'boolean' },
    { key: 'issued', label: t('filter.issued'), kind: 'dates', keys: ['from', 'to'] },
  ], [])
  const views = useMemo((): ListView[] => [
    { id: 'current', name: t('view.current'), filter: { current: ['true'] } },
    { id: 'red', name: t('view.red'), filter: { colour: ['red'], current: ['true'] } },
    { id: 'yellow', name: t('view.yellow'), filter: { colour: ['yellow'], current: ['true'] } },
    { id: 'all', name: t('view.all'), filter: {} },
  ], [])
  return (
    <>
      <ListPage<CardRow> page="supervisionCards" exportable noSearch title={t('cards')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board"
        countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} preview={(row) => <Preview card={row} onUrge={can('supervision.urge') ? () => setUrging(row) : undefined} />}
        bulkActs={supervise.bulkActs} rowActs={(row) => (can('supervision.urge') ? [{ id: 'urge', label: t('urge'), run: () => setUrging(row) }] : [])} empty={{ text: t('none.cards') }} />
      {supervise.drawer}
      {urging ? <OrderAct act="urge" order={{ id: urging.orderId, number: urging.number, title: urging.title }} onClose={() => setUrging(null)} /> : null}
    </>
  )
}

function Preview({ card, onUrge }: { card: CardRow; onUrge?: () => void }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><Card kind={card.colour} voided={card.state === 'void'} /><bdi className="ms-code">{card.number}</bdi><StateTag state={card.orderState} /></div>
      <strong>{card.title}</strong>
      <div><ClockChip clock={cardClock(card)} /></div>
      {onUrge ? <div><Button onClick={onUrge}>{t('urge')}</Button></div> : null}
      <Facts items={[
        { label: t('col.unit'), value: card.unitName ?? t('centre') },
        { label: t('col.due'), value: <Time iso={card.dueAt} /> },
        { label: t('col.issued'), value: <Time iso={card.issuedAt} /> },
        { label: t('col.state'), value: card.stateName },
        { label: t('col.ended'), value: <><Time iso={card.endedAt} /> {card.endedReason}</>, hidden: !card.endedAt },
        { label: t('col.reaction'), value: <Reaction card={card} /> },
        { label: t('col.recipients'), value: <Recipients card={card} all /> },
      ]} />
    </div>
  )
}
