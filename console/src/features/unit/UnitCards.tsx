// Valid yellow and red cards of the unit, red first.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Section } from '../../ui/Page.tsx'
import { Card, ClockChip } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export function UnitCards({ unitId }: { unitId: string | undefined }): ReactElement | null {
  const { can } = useSession()
  const may = can('supervision.read')
  const query = { current: 'true', limit: 5, ...(unitId ? { unitId } : {}) }
  const red = useQueryOf('listCards', { ...query, colour: 'red' }, { enabled: may })
  const yellow = useQueryOf('listCards', { ...query, colour: 'yellow' }, { enabled: may })
  useTopic(may ? 'supervision.board' : undefined, ['listCards'])
  if (!may) return null
  return (
    <Section title={t('cards')} flush extra={
      <span className="ms-row">
        {(['red', 'yellow'] as const).map((colour) => {
          const total = (colour === 'red' ? red : yellow).data?.count
          return total?.value ? <Link key={colour} to={`/supervision/cards?colour=${colour}&current=true`}><Card kind={colour} label={cappedCount(total)} /></Link> : null
        })}
      </span>
    }>
      <QueryView query={red}>
        {(data) => {
          const cards = [...data.items, ...(yellow.data?.items ?? [])].slice(0, 6)
          return cards.length === 0 ? <p className="ms-hint ms-unit-nothing">{t('cardsNone')}</p> : (
            <ul className="ms-unit-cards">
              {cards.map((card) => (
                <li key={card.id}>
                  <Card kind={card.colour} at={card.issuedAt} />
                  <Link to={`/orders/${card.number}`} className="ms-ellipsis" title={card.title}>{card.title}</Link>
                  <ClockChip plain clock={{ name: card.clockName, state: 'running', dueAt: card.dueAt, nearAt: card.issuedAt }} />
                </li>
              ))}
            </ul>
          )
        }}
      </QueryView>
    </Section>
  )
}
