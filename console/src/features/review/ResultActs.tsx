// Accept or return as the two answers of result review; other acts of the order beside them.
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { ActBar } from '../../ui/ActBar.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { useOrderActs } from '../orders/acts/index.ts'
import type { OrderDetail } from '../orders/order-types.ts'
import { t } from './texts.zh-CN.ts'

export type Outcome = 'acceptResult' | 'returnResult' | 'rejectClosing'
const outcomes: ReadonlySet<string> = new Set(['acceptResult', 'returnResult', 'rejectClosing'])
type Props = { order: OrderDetail; onDone: (act: string, go: boolean) => void; continuous: boolean; children: (outcome: Outcome, close: () => void) => ReactNode }

export function ResultActs({ order, onDone, continuous, children }: Props): ReactElement {
  const [outcome, setOutcome] = useState<Outcome>('acceptResult')
  const panel = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  const { known, drawers } = useOrderActs(order, { onDone: (act) => { if (act === 'withdraw') onDone(act, continuous) } })
  const show = (next: Outcome) => {
    asked.current = true
    setOutcome(next)
  }
  useEffect(() => {
    if (!asked.current) return
    asked.current = false
    panel.current?.querySelector<HTMLElement>('textarea')?.focus()
  }, [outcome])
  const may = order.acts.some((one) => one.act === outcome && one.enabled)
  // what ends an order stands last: nothing dangerous where the hand goes by itself
  const acts = order.acts.filter((one) => one.enabled || outcomes.has(one.act)).toSorted((a, b) => Number(a.act === 'withdraw') - Number(b.act === 'withdraw'))
  const local = { ...known, acceptResult: { label: t('act.acceptResult'), key: 'a', run: () => show('acceptResult') }, returnResult: { label: t('act.returnResult'), key: 'r', run: () => show('returnResult') }, rejectClosing: { label: t('act.rejectClosing'), key: 'b', run: () => show('rejectClosing') } }
  return (
    <>
      <div className="ms-desk-acts"><ActBar acts={acts} known={local} main={outcome} max={3} group={t('desk.results')} /></div>
      <div className="ms-desk-form" ref={panel}>{may ? children(outcome, () => setOutcome('acceptResult')) : <Empty kind="done" text={t('noActs')} />}</div>
      {drawers}
    </>
  )
}
