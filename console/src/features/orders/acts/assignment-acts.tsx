// All acts on an assignment: by its unit, its leader, and the unit above.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import type { KnownAct } from '../../../ui/ActBar.tsx'
import { useQueryOf } from '../../../api/queries.ts'
import { confirm } from '../../../ui/confirm.tsx'
import { say } from '../../../ui/notices.ts'
import { useRefreshOrders } from '../order-data.ts'
import type { AssignmentRef, OrderDetail, OrderRef, OrderRequest } from '../order-types.ts'
import { feedbackForm, progressForm } from './feedback-form.tsx'
import { decideExtensionForm, decideReturnForm } from './request-forms.tsx'
import { isUnitAct, unitActs } from '../../handling/act-forms.ts'
import { HandlingUnitAct } from '../../handling/HandlingAct.tsx'
import { requestKinds } from '../RequestsTab.tsx'
import { t } from './texts.zh-CN.ts'
import { decideWithdrawalForm, reportForm } from './life-acts.tsx'
import { returnForm, unitForms } from './unit-forms.tsx'
import { ActFrame } from './use-act-form.tsx'
import type { ActOptions } from './use-act-form.tsx'

const keys: Record<string, string> = { accept: 'a', sendBack: 'r', feedback: 'f', handDown: 'd', sign: 's' }
const names = ['sign', 'feedback', 'progress', 'handDown', 'contact', 'accept', 'sendBack', 'takeBack', 'requestReturn', 'requestExtension', 'correctClosing', 'secondHandling', 'appeal', 'requestReturnReset', 'writeReport', ...unitActs] as const

/** Signing fixes responsibility and cannot be undone: it asks once. Resolves true when signed. */
export function useSign(): (assignment: AssignmentRef, order: OrderRef) => Promise<boolean> {
  const refresh = useRefreshOrders()
  return async (assignment, order) => {
    if (!(await confirm({ title: t('sign.title', { title: order.title }), text: t('sign.text', { unit: assignment.unitName }), verb: t('sign.verb') }))) return false
    try {
      await call('signAssignment', { id: assignment.id })
      say(t('done', { act: t('sign.verb'), number: order.number }))
      return true
    } catch (error) {
      say(t('failed', { act: t('sign.verb'), why: asProblem(error).message }), 'over')
      return false
    } finally {
      await refresh()
    }
  }
}

/** As useOrderActs, for one assignment of the order; rows of the unit's lists are enough. */
export function useAssignmentActs(assignment: AssignmentRef | undefined, order: OrderRef | OrderDetail | undefined, options: ActOptions = {}): { known: Record<string, KnownAct>; drawers: ReactElement | null; open: (act: string) => void } {
  const [act, setAct] = useState<string | null>(null)
  const sign = useSign()
  const open = (name: string) => {
    if (name !== 'sign') return setAct(name)
    if (assignment && order) void sign(assignment, order).then((done) => { if (done) options.onDone?.('sign') })
  }
  const known = Object.fromEntries(names.map((name): [string, KnownAct] => [name, { ...(keys[name] ? { key: keys[name] } : {}), run: () => open(name) }]))
  const drawers = assignment && order && act ? <AssignmentAct key={`${assignment.id}${act}`} act={act} assignment={assignment} order={order} {...options} onClose={() => setAct(null)} /> : null
  return { known, drawers, open }
}

type Props = ActOptions & { act: string; assignment: AssignmentRef; order: OrderRef; onClose: () => void; inline?: boolean }

export function AssignmentAct({ act, ...props }: Props): ReactElement | null {
  return isUnitAct(act) ? <HandlingUnitAct act={act} {...props} /> : <OwnAct act={act} {...props} />
}

function OwnAct({ act, assignment, ...props }: Props): ReactElement | null {
  const options = useQueryOf('orderOptions', {}, { enabled: act === 'requestReturn', staleTime: 60_000 })
  const template = useQueryOf('reportTemplate', { id: assignment.id }, { enabled: act === 'writeReport', staleTime: 0 })
  if ((act === 'requestReturn' && !options.data) || (act === 'writeReport' && !template.data)) return null
  const build = (detail: OrderDetail) => (act === 'feedback' ? feedbackForm(detail, assignment) : act === 'progress' ? progressForm(assignment) : act === 'requestReturn' && options.data ? returnForm(detail, assignment, options.data.returnReasons) : act === 'writeReport' && template.data ? reportForm(assignment, template.data) : (unitForms[act]?.(detail, assignment) ?? null))
  return <ActFrame {...props} act={act} draftOf={assignment.id} build={build} />
}

type RequestRef = Pick<OrderRequest, 'id' | 'kind'>

/** Acts on a request of a unit: decide (return or extension), and taking it back by its unit. */
export function useRequestActs(request: RequestRef | undefined, order: OrderRef | OrderDetail | undefined, options: ActOptions = {}): { known: Record<string, KnownAct>; drawers: ReactElement | null; open: (act: string) => void } {
  const [open, setOpen] = useState(false)
  const refresh = useRefreshOrders()
  const cancel = async () => {
    if (!request) return
    const kind = requestKinds[request.kind] ?? t('kind.return')
    if (!(await confirm({ title: t('decide.cancelAsk', { kind }), text: t('decide.cancelText'), verb: t('decide.cancelVerb') }))) return
    try {
      await call('cancelRequest', { id: request.id })
      options.onDone?.('cancel')
    } catch (error) {
      say(t('failed', { act: t('decide.cancelVerb'), why: asProblem(error).message }), 'over')
    }
    await refresh()
  }
  const start = (act: string) => (act === 'cancel' ? void cancel() : setOpen(true))
  const known: Record<string, KnownAct> = { decide: { key: 'a', run: () => start('decide') }, cancel: { run: () => start('cancel') } }
  const drawers = request && order && open ? <RequestAct key={request.id} request={request} order={order} {...options} onClose={() => setOpen(false)} /> : null
  return { known, drawers, open: start }
}

/** Deciding on a request, as drawer or inline. */
export function RequestAct({ request, ...props }: ActOptions & { request: RequestRef; order: OrderRef; onClose: () => void; inline?: boolean }): ReactElement {
  const build = (detail: OrderDetail) => {
    const whole = detail.requests.find((one) => one.id === request.id)
    if (!whole || whole.state !== 'pending') return null
    return whole.kind === 'withdrawal' ? decideWithdrawalForm(detail, whole) : whole.kind !== 'return' ? decideExtensionForm(detail, whole) : decideReturnForm(detail, whole)
  }
  return <ActFrame {...props} act="decide" draftOf={request.id} build={build} />
}
