// Draws an act: as a drawer over any page, or as a panel of a desk. One attempt keeps its key, so that sending twice acts once.
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import { newKey } from '../../../api/http.ts'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { ActDrawer, ActPanel } from '../../../ui/ActDrawer.tsx'
import { Empty, Loading } from '../../../ui/Empty.tsx'
import type { FormValue } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { useOrder, useRefreshOrders } from '../order-data.ts'
import type { OrderDetail, OrderRef } from '../order-types.ts'
import { orderLoaders } from '../pickers.ts'
import type { ActForm } from './act-form.ts'
import { t } from './texts.zh-CN.ts'

export type ActOptions = {
  /** After the server confirmed the act; lists and details are refreshed already. */
  onDone?: (act: string) => void
  /** Offers 并下一件: opens the next object after the act. */
  onNext?: () => void
}

/** The order as it stood when the form was opened: what the person saw decides, not what arrived meanwhile. */
export function useHeld<T>(value: T | undefined): T | undefined {
  const held = useRef(value)
  held.current ??= value
  return held.current
}

type FrameProps = ActOptions & {
  act: string
  order: OrderRef
  /** Tells drafts of different assignments apart. */
  draftOf?: string
  build: (detail: OrderDetail) => ActForm | null
  onClose: () => void
  inline?: boolean
}

export function ActFrame({ act, order, draftOf, build, onClose, onDone, onNext, inline }: FrameProps): ReactElement | null {
  const read = useOrder(order)
  const detail = useHeld(read.data)
  const form = useRef<ActForm | null>(null)
  const refresh = useRefreshOrders()
  const attempt = useRef<{ text: string; key: string } | null>(null)
  if (detail && !form.current) form.current = build(detail)
  const gone = detail !== undefined && form.current === null
  useEffect(() => {
    if (!gone) return
    say(t('noCurrent'), 'over')
    onClose()
  }, [gone, onClose])
  if (!form.current) {
    if (gone) return null
    const waiting = read.error ? <Empty kind="failed" problem={read.error} /> : <Loading />
    return inline ? waiting : <Drawer open size={720} onClose={onClose} title={order.number}>{waiting}</Drawer>
  }
  const { title, submitLabel, send, ...parts } = form.current
  const submit = async (values: FormValue) => {
    const words = JSON.stringify(values)
    if (attempt.current?.text !== words) attempt.current = { text: words, key: newKey() }
    try {
      await send(values, { idempotencyKey: attempt.current.key })
    } catch (error) {
      const problem: Problem = asProblem(error)
      if (!problem.undecided) attempt.current = null
      throw problem
    }
    attempt.current = null
    // a desk goes on to the next object at once; a page shows its object as it is now
    const fresh = refresh()
    if (!inline) await fresh
    say(t('done', { act: title, number: order.number }))
    onDone?.(act)
  }
  const shared = { ...parts, submit, submitLabel, loaders: { ...orderLoaders, ...parts.loaders }, draftKey: `order-act:${order.id}:${draftOf ?? ''}:${act}`, onClose, ...(onNext ? { next: { label: t('next', { act: submitLabel }), run: onNext } } : {}) }
  if (inline) return <ActPanel {...shared} />
  return <ActDrawer {...shared} open title={title} sub={<><bdi className="ms-code">{order.number}</bdi> {order.title}</>} />
}
