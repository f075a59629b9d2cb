// Clocks of the order under its title: nearest first, each opens its start, basis and history; the cards beside them.
import type { ReactElement } from 'react'
import { Facts, Time } from '../../ui/Page.tsx'
import { Card, ClockChip } from '../../ui/Tags.tsx'
import { moment, whenFull } from '../../ui/time.ts'
import { clockOf, clocksInOrder } from './clocks.ts'
import type { OrderCards, OrderClock } from './order-types.ts'
import { Pop } from './Pop.tsx'
import { t } from './texts.zh-CN.ts'

const shown = 4
const bases: Record<string, (n: number) => string> = {
  workingDays: (n) => t('k.workingDays', { n }), workingHours: (n) => t('k.workingHours', { n }), naturalHours: (n) => t('k.naturalHours', { n }), naturalDays: (n) => t('k.naturalDays', { n }),
}
const changeNames: Record<string, string> = { moved: t('k.moved') }

export function ClockBar({ clocks, cards }: { clocks: readonly OrderClock[]; cards: OrderCards['cards'] }): ReactElement | null {
  const { open, met } = clocksInOrder(clocks)
  const first = [...open, ...met].slice(0, shown)
  const rest = [...open, ...met].slice(shown)
  if (first.length === 0 && cards.length === 0) return null
  return (
    <div className="ms-clock-bar">
      {first.map((clock, i) => <OneClock key={clock.id} clock={clock} large={i === 0 && clock.state === 'running'} named={severalOf(clocks, clock)} />)}
      {rest.length > 0 ? (
        <Pop content={<div className="ms-stack">{rest.map((clock) => <OneClock key={clock.id} clock={clock} named />)}</div>}>
          <button type="button" className="ms-link-button">+{rest.length}</button>
        </Pop>
      ) : null}
      {cards.length > 0 ? <Cards cards={cards} /> : null}
    </div>
  )
}

/** The unit is named where two clocks of a kind run. */
const severalOf = (clocks: readonly OrderClock[], clock: OrderClock): boolean => clocks.filter((one) => one.kind === clock.kind && one.state !== 'cancelled').length > 1

function OneClock({ clock, large, named }: { clock: OrderClock; large?: boolean; named?: boolean }): ReactElement {
  const name = named && clock.unitName ? `${clock.name}·${clock.unitName}` : clock.name
  return (
    <Pop title={t('k.title', { name: clock.name })} content={<ClockDetails clock={clock} />}>
      <span><ClockChip large={large} clock={{ ...clockOf(clock), name }} onClick={() => undefined} /></span>
    </Pop>
  )
}

export function ClockDetails({ clock }: { clock: OrderClock }): ReactElement {
  return (
    <div className="ms-clock-details">
      <Facts items={[
        { label: t('k.unit'), value: clock.unitName, hidden: !clock.unitName },
        { label: t('k.start'), value: whenFull(clock.startedAt) },
        { label: t('k.limit'), value: bases[clock.basis]?.(clock.amount) ?? `${clock.amount}` },
        { label: t('k.due'), value: moment(clock.dueAt) },
        { label: t('k.yellow'), value: moment(clock.yellowAt), hidden: clock.state !== 'running' },
        { label: t('k.pausedSince'), value: whenFull(clock.pausedAt), hidden: !clock.pausedAt },
        { label: t('k.met'), value: whenFull(clock.metAt), hidden: !clock.metAt },
        { label: t('k.rule'), value: clock.ruleText },
      ]} />
      <strong>{t('k.changes')}</strong>
      {clock.changes.length === 0 ? <div className="ms-hint">{t('k.noChanges')}</div> : (
        <ul className="ms-plain-list">
          {clock.changes.map((change) => (
            <li key={`${change.at}${change.what}`}>
              <Time iso={change.at} /> {changeNames[change.what] ?? change.what} {change.actorName}
              {change.oldDueAt && change.newDueAt && change.oldDueAt !== change.newDueAt ? <div>{t('k.fromTo', { old: moment(change.oldDueAt), next: moment(change.newDueAt) })}</div> : null}
              {change.reason ? <div className="ms-hint">{change.reason}</div> : null}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Cards({ cards }: { cards: OrderCards['cards'] }): ReactElement {
  const content = (
    <ul className="ms-plain-list">
      {cards.map((card) => (
        <li key={card.id}><Card kind={card.colour} voided={card.state === 'void'} label={card.clockName} /> <Time iso={card.issuedAt} /> {card.unitName}<div className="ms-hint">{card.reaction ? t('s.reaction', { act: card.reaction.actName, by: card.reaction.actorName }) : t('s.noReaction')}</div></li>
      ))}
    </ul>
  )
  const worst = cards.find((card) => card.colour === 'red' && card.state !== 'void') ?? cards[0]
  return (
    <Pop title={t('s.cards')} content={content}>
      <button type="button" className="ms-link-button">{worst ? <Card kind={worst.colour} at={worst.issuedAt} voided={worst.state === 'void'} label={`${worst.clockName}${cards.length > 1 ? ` ×${cards.length}` : ''}`} /> : null}</button>
    </Pop>
  )
}
