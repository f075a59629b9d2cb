// All acts on an order: what the acts bar needs (known) and what opens (drawers). The server's list decides which of them exist.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import type { KnownAct } from '../../../ui/ActBar.tsx'
import { say } from '../../../ui/notices.ts'
import { fetchOrder, isDetail, useRefreshOrders } from '../order-data.ts'
import type { OrderDetail, OrderRef } from '../order-types.ts'
import { centreActs, withdrawForm } from './centre-acts.ts'
import { dispatchForm, transferForm } from './dispatch-forms.tsx'
import { editForm } from './edit-order.ts'
import { decideReturnForm, pendingReturn } from './request-forms.tsx'
import { decideWithdrawalForm, pendingWithdrawal } from './life-acts.tsx'
import { resultForm } from './ReviewResult.tsx'
import { centreActs as centreActNames, isCentreAct } from '../../handling/act-forms.ts'
import { HandlingCentreAct } from '../../handling/HandlingAct.tsx'
import { t } from './texts.zh-CN.ts'
import { ActFrame } from './use-act-form.tsx'
import type { ActOptions } from './use-act-form.tsx'

/** Keys open the panel of an act; only Ctrl Enter commits. */
const keys: Record<string, string> = { passReview: 'a', acceptResult: 'a', decideReturn: 'a', signUpper: 's', decideWithdrawal: 'a', returnToAgent: 'r', returnResult: 'r', dispatch: 'd', edit: 'e' }
const dangerous = new Set(['withdraw', 'returnUpward'])
const names = ['submit', 'edit', 'passReview', 'returnToAgent', 'answer', 'dispatch', 'transfer', 'recall', 'withdraw', 'supplement', 'urge', 'acceptResult', 'returnResult', 'decideReturn', 'turnBack', 'signUpper', 'returnUpward', 'rejectClosing', 'decideWithdrawal', 'prioritise', ...centreActNames] as const

export type OrderActName = (typeof names)[number]

/**
 * `known` for ActBar, `drawers` to put anywhere in the page, `open(act)` to start an act from elsewhere. An order row is enough: the
 * drawer reads the rest. `onDone` comes after the server confirmed and everything that shows orders was marked stale.
 */
export function useOrderActs(order: OrderRef | OrderDetail | undefined, options: ActOptions = {}): { known: Record<string, KnownAct>; drawers: ReactElement | null; open: (act: string) => void } {
  const [act, setAct] = useState<string | null>(null)
  const refresh = useRefreshOrders()
  const submit = async () => {
    if (!order) return
    try {
      const { version } = isDetail(order) ? order : await fetchOrder(order.id)
      await call('submitOrder', { id: order.id, version })
      await refresh()
      say(t('done', { act: t('submit.title'), number: order.number }))
      options.onDone?.('submit')
    } catch (error) {
      say(t('failed', { act: t('submit.title'), why: asProblem(error).message }), 'over')
      void refresh()
    }
  }
  const open = (name: string) => (name === 'submit' ? void submit() : setAct(name))
  const known = Object.fromEntries(names.map((name): [string, KnownAct] => [name, { ...(keys[name] ? { key: keys[name] } : {}), ...(dangerous.has(name) ? { danger: true } : {}), run: () => open(name) }]))
  const drawers = order && act ? <OrderAct key={`${order.id}${act}`} act={act} order={order} {...options} onClose={() => setAct(null)} switchTo={setAct} /> : null
  return { known, drawers, open }
}

type Props = ActOptions & { act: string; order: OrderRef; onClose: () => void; inline?: boolean; switchTo?: (act: string) => void }

/** One act as drawer or, with `inline`, as the panel of a desk. */
export function OrderAct({ act, switchTo, ...props }: Props): ReactElement | null {
  return isCentreAct(act) ? <HandlingCentreAct act={act} {...props} /> : <OwnAct act={act} switchTo={switchTo} {...props} />
}

function OwnAct({ act, switchTo, ...props }: Props): ReactElement | null {
  const options = useQueryOf('matterOptions', {}, { enabled: act === 'edit', staleTime: 300_000 })
  const words = useQueryOf('orderOptions', {}, { enabled: act === 'withdraw', staleTime: 60_000 })
  if ((act === 'edit' && !options.data) || (act === 'withdraw' && !words.data)) return null
  const build = (detail: OrderDetail) => {
    const may = (name: string) => detail.acts.some((one) => one.act === name && one.enabled)
    if (act === 'edit') return options.data ? editForm(detail, { appealTypes: options.data.appealTypes, urgencies: options.data.urgencyLevels }) : null
    if (act === 'withdraw') return words.data ? withdrawForm(detail, words.data) : null
    if (act === 'decideWithdrawal') {
      const request = pendingWithdrawal(detail)
      return request ? decideWithdrawalForm(detail, request) : null
    }
    if (act === 'dispatch') return dispatchForm(detail, switchTo && may('transfer') ? () => switchTo('transfer') : undefined)
    if (act === 'transfer') return transferForm(detail, switchTo && may('dispatch') ? () => switchTo('dispatch') : undefined)
    if (act === 'acceptResult') return resultForm(detail, 'accept')
    if (act === 'returnResult') return resultForm(detail, 'return')
    if (act === 'decideReturn') {
      const request = pendingReturn(detail)
      return request ? decideReturnForm(detail, request) : null
    }
    return centreActs[act]?.(detail) ?? null
  }
  return <ActFrame {...props} act={act} build={build} />
}
