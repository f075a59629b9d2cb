// Valid cards of the range, red first: clock, order, who has read it, who has moved since.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Section } from '../../ui/Page.tsx'
import { Card, ClockChip, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { clockTime, when } from '../../ui/time.ts'
import { OrderAct } from '../orders/acts/index.ts'
import { byRemaining, cardClock } from './lists.ts'
import type { CardRow } from './lists.ts'
import { SuperviseDrawer } from './SuperviseDrawer.tsx'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

const most = 15

export function CardList({ unitId, at }: { unitId: string | undefined; at: string }): ReactElement {
  const narrow: Record<string, string> = unitId ? { unitId } : {}
  const red = useQueryOf('listCards', { current: 'true', colour: 'red', limit: most, ...narrow })
  const yellow = useQueryOf('listCards', { current: 'true', colour: 'yellow', limit: most, ...narrow })
  const [urging, setUrging] = useState<CardRow | null>(null)
  const [supervising, setSupervising] = useState<CardRow | null>(null)
  const cards = [...(red.data?.items ?? []), ...(yellow.data?.items ?? [])].sort(byRemaining).slice(0, most)
  const total = { value: (red.data?.count.value ?? 0) + (yellow.data?.count.value ?? 0), capped: Boolean(red.data?.count.capped || yellow.data?.count.capped) }
  return (
    <Section title={t('cards')} flush extra={<Link to={`/supervision/cards?${new URLSearchParams({ current: 'true', ...narrow }).toString()}`}>{t('allCards', { n: cappedCount(total) })}</Link>}>
      <QueryView query={red}>
        {() => (cards.length === 0 ? <Empty kind="done" text={t('cardsNone')} hint={t('cardsNoneHint', { time: clockTime(at) })} /> : (
          <>
            <p className="ms-hint ms-board-note">{t('cardsHint', { n: cards.length })}</p>
            <ul className="ms-board-cards">{cards.map((card) => <CardItem key={card.id} card={card} onUrge={() => setUrging(card)} onSupervise={() => setSupervising(card)} />)}</ul>
          </>
        ))}
      </QueryView>
      {supervising ? <SuperviseDrawer orders={[{ id: supervising.orderId, number: supervising.number, title: supervising.title }]} unitId={supervising.unitId} onClose={() => setSupervising(null)} /> : null}
      {urging ? <OrderAct act="urge" order={{ id: urging.orderId, number: urging.number, title: urging.title }} onClose={() => setUrging(null)} /> : null}
    </Section>
  )
}

function CardItem({ card, onUrge, onSupervise }: { card: CardRow; onUrge: () => void; onSupervise: () => void }): ReactElement {
  const { can } = useSession()
  return (
    <li>
      <div className="ms-row">
        <Card kind={card.colour} at={card.issuedAt} />
        <strong>{card.unitName ?? t('centre')}</strong>
        <bdi className="ms-code">{card.number}</bdi>
        <UrgencyTag urgency={card.urgency} />
        <span className="ms-grow" />
        <ClockChip plain clock={cardClock(card)} />
      </div>
      <Link to={`/orders/${card.number}`} className="ms-ellipsis" title={card.title}>{card.title}</Link>
      <div className="ms-row">
        <Reaction card={card} />
        <Recipients card={card} />
        <span className="ms-grow" />
        {can('supervision.urge') ? <Button size="small" onClick={onUrge}>{t('urge')}</Button> : null}
        {can('supervision.manage') && card.unitId ? <Button size="small" onClick={onSupervise}>{w('superviseCase')}</Button> : null}
      </div>
    </li>
  )
}

export function Reaction({ card }: { card: Pick<CardRow, 'reaction'> }): ReactElement {
  return card.reaction ? <Tag tone="ok" title={when(card.reaction.at)}>{t('reacted', { act: card.reaction.actName, name: card.reaction.actorName })}</Tag> : <Tag tone="near">{t('noReaction')}</Tag>
}

export function Recipients({ card, all }: { card: Pick<CardRow, 'recipients'>; all?: boolean }): ReactElement | null {
  const shown = all ? card.recipients : card.recipients.slice(0, 3)
  const rest = card.recipients.length - shown.length
  if (shown.length === 0) return null
  return (
    <span className="ms-row ms-board-recipients" title={card.recipients.map((one) => `${one.name} ${one.read ? t('read') : t('unread')}`).join('、')}>
      {shown.map((one) => <span key={one.id} data-read={one.read}>{one.name}<Icon name={one.read ? 'check' : 'close'} size={12} label={one.read ? t('read') : t('unread')} /></span>)}
      {rest > 0 ? <span>+{rest}</span> : null}
    </span>
  )
}
