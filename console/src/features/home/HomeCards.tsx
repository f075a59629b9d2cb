// The numbers of the home page; in arranging mode they are dragged, or moved by arrow keys, hidden and shown by the space bar.
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { KeyboardEvent, ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useCommand } from '../../api/queries.ts'
import { Figure } from '../../ui/Figure.tsx'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import type { Home } from './HomePage.tsx'
import { t } from './texts.zh-CN.ts'

type Card = Home['cards'][number]

export function HomeCards({ cards, arranging, arranged, onDone }: { cards: readonly Card[]; arranging: boolean; arranged: boolean; onDone: () => void }): ReactElement | null {
  const shown = cards.filter((card) => !card.hidden)
  if (arranging) return <Arranging cards={cards} arranged={arranged} onDone={onDone} />
  if (shown.length === 0) return null
  return (
    <div className="ms-home-cards">
      {shown.map((card) => <Figure key={card.id} label={card.title} value={cappedCount({ value: card.value, capped: card.capped ?? false })} to={card.link} tone={card.tone === 'near' || card.tone === 'over' || card.tone === 'ok' ? card.tone : undefined} delta={card.hint ? { text: card.hint } : undefined} />)}
    </div>
  )
}

/** Moves the item at `from` to `to`. Pure. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from)
  const item = list[from]
  return item === undefined ? [...list] : [...rest.slice(0, to), item, ...rest.slice(to)]
}

function Arranging({ cards, arranged, onDone }: { cards: readonly Card[]; arranged: boolean; onDone: () => void }): ReactElement {
  const [list, setList] = useState(() => cards.map((card) => ({ id: card.id, title: card.title, hidden: card.hidden ?? false })))
  const [dragged, setDragged] = useState<number | null>(null)
  const client = useQueryClient()
  const arrange = useCommand('arrangeHome')
  const reset = useCommand('resetHome')
  const toggle = (at: number) => setList((now) => now.map((card, index) => (index === at ? { ...card, hidden: !card.hidden } : card)))
  const move = (from: number, to: number) => {
    if (to < 0 || to >= list.length || from === to) return
    setList((now) => moved(now, from, to))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const step = event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : 0
    if (step !== 0) {
      event.preventDefault()
      move(at, at + step)
    } else if (event.key === ' ') {
      event.preventDefault()
      toggle(at)
    }
  }
  const end = async (work: () => Promise<unknown>) => {
    try {
      await work()
      await client.invalidateQueries({ queryKey: ['home'] })
      say(t('arranged'))
      onDone()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <section className="ms-arrange" aria-label={t('arrange')}>
      <div className="ms-row"><span className="ms-hint">{t('arrangeHint')}</span><span className="ms-grow" />
        {arranged ? <Button onClick={() => void end(() => reset.mutateAsync({}))}>{t('arrangeReset')}</Button> : null}
        <Button type="primary" loading={arrange.isPending} onClick={() => void end(() => arrange.mutateAsync({ order: list.map((card) => card.id), hidden: list.filter((card) => card.hidden).map((card) => card.id) }))}>{t('arrangeDone')}</Button>
      </div>
      <ul className="ms-home-cards">
        {list.map((card, at) => (
          <li key={card.id} draggable data-hidden={card.hidden || undefined} data-dragged={dragged === at || undefined}
            onDragStart={() => setDragged(at)} onDragEnd={() => setDragged(null)}
            onDragOver={(event) => { event.preventDefault(); if (dragged !== null && dragged !== at) { move(dragged, at); setDragged(at) } }}>
            <button type="button" aria-label={t('cardMove', { title: card.title, n: at + 1, of: list.length })} onKeyDown={(event) => onKeyDown(event, at)}>{card.title}{card.hidden ? <span className="ms-hint">{t('cardHidden')}</span> : null}</button>
            <button type="button" className="ms-link-button" onClick={() => toggle(at)}>{card.hidden ? t('cardShow') : t('cardHide')}</button>
          </li>
        ))}
      </ul>
    </section>
  )
}
