// The decision side of an order's desk: acts of the server as a bar, the chosen one open below it.
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../../ui/keys.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import type { KnownAct } from '../../ui/ActBar.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { OrderAct, useOrderActs } from '../orders/acts/index.ts'
import type { OrderDetail } from '../orders/order-types.ts'
import { t } from './texts.zh-CN.ts'

/** Acts that fill the panel; the others open a drawer, because they are seldom and lead away from the desk. */
const inPanel = ['passReview', 'returnToAgent', 'answer', 'edit', 'dispatch', 'transfer'] as const
const stays = new Set(['edit', 'supplement', 'urge'])

type Props = {
  order: OrderDetail
  /** The act that this desk is for. */
  main: string
  title: string
  /** `go`: on to the next object. */
  onDone: (act: string, go: boolean) => void
  continuous: boolean
  /** An act of the desk itself, beside those on the order. */
  own?: { act: string; label: string; key?: string; render: (close: () => void) => ReactNode }
}

/** What ends an order stands last: nothing dangerous where the hand goes by itself. */
const last = new Set(['withdraw'])

export function OrderDecision({ order, main, title, onDone, continuous, own }: Props): ReactElement {
  const usable = (name: string) => order.acts.some((one) => one.act === name && one.enabled)
  const first = usable(main) ? main : own ? own.act : (inPanel.find((name) => name !== 'edit' && usable(name)) ?? null)
  const [act, setAct] = useState<string | null>(first)
  // after an act that leaves the object open, what was chosen may be over; then what is possible now is offered
  const shown = act && (act === own?.act || usable(act)) ? act : first
  const panel = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  const { known, drawers } = useOrderActs(order, { onDone: (done) => onDone(done, continuous && !stays.has(done)) })
  const show = (name: string) => {
    asked.current = true
    setAct(name)
  }
  useEffect(() => {
    // a key opened the act: the hands go on typing; opening an order must not take the focus
    if (!asked.current) return
    asked.current = false
    panel.current?.querySelector<HTMLElement>('input:not([type=radio]):not([type=checkbox]), textarea')?.focus()
  }, [act])
  const local: Record<string, KnownAct> = { ...known }
  for (const name of inPanel) {
    const base = known[name]
    if (base) local[name] = { ...base, run: () => show(name) }
  }
  if (own) local[own.act] = { label: own.label, ...(own.key ? { key: own.key } : {}), run: () => show(own.act) }
  const listed = order.acts.filter((one) => one.act !== 'recall' || one.enabled).toSorted((a, b) => Number(last.has(a.act)) - Number(last.has(b.act)))
  const acts = own ? [{ act: own.act, label: own.label, enabled: true }, ...listed] : listed
  // the letter that means "do what this desk is for" works for its act too, whichever letter the bar shows
  useKeys(title, main === 'dispatch' && local.dispatch ? [{ keys: 'a', label: t('act.dispatch'), run: () => show('dispatch') }] : [])
  return (
    <>
      <div className="ms-desk-acts"><ActBar acts={acts} known={local} main={shown ?? main} max={3} group={title} /></div>
      <div className="ms-desk-form" ref={panel}>
        {own && shown === own.act ? own.render(() => setAct(first)) : shown ? (
          <OrderAct key={shown} act={shown} order={order} inline switchTo={show} onClose={() => setAct(first)}
            onDone={(done) => { if (!stays.has(done)) onDone(done, continuous) }} onNext={() => onDone(shown, true)} />
        ) : <Empty kind="done" text={t('noActs')} />}
      </div>
      {drawers}
    </>
  )
}
