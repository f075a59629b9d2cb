// One act of handling as drawer; what its form must know beforehand is read first.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { ActFrame } from '../orders/acts/use-act-form.tsx'
import type { ActOptions } from '../orders/acts/use-act-form.tsx'
import type { AssignmentRef, OrderRef } from '../orders/order-types.ts'
import { centreForms, unitForms } from './act-forms.ts'
import type { CentreAct, UnitAct } from './act-forms.ts'

type Props = ActOptions & { order: OrderRef; onClose: () => void; inline?: boolean }

export function HandlingUnitAct({ act, assignment, ...props }: Props & { act: UnitAct; assignment: AssignmentRef }): ReactElement | null {
  const conditions = useQueryOf('listPauseConditions', {}, { enabled: act === 'requestSuspension', staleTime: 60_000 })
  const excludes = act === 'declareExclusion' || act === 'prepareExclusion'
  const form = useQueryOf('exclusionForm', { id: assignment.id }, { enabled: excludes })
  if ((act === 'requestSuspension' && !conditions.data) || (excludes && !form.data)) return null
  const data = { conditions: conditions.data?.items ?? [], exclusion: form.data }
  return <ActFrame {...props} act={act} draftOf={assignment.id} build={(order) => unitForms[act](order, assignment, data)} />
}

export function HandlingCentreAct({ act, ...props }: Props & { act: CentreAct }): ReactElement | null {
  const whistle = useQueryOf('listWhistles', { orderId: props.order.id, state: 'blown', limit: 1 }, { enabled: act === 'reportIn' })
  const joint = useQueryOf('listJoints', { orderId: props.order.id, state: 'open', limit: 1 }, { enabled: act === 'deliverJoint' })
  const linked = useQueryOf('listLinkedUnits', {}, { enabled: act === 'openJoint', staleTime: 60_000 })
  if ((act === 'reportIn' && !whistle.data) || (act === 'deliverJoint' && !joint.data) || (act === 'openJoint' && !linked.data)) return null
  const data = { whistle: whistle.data?.items[0], joint: joint.data?.items[0], linked: linked.data?.items ?? [] }
  return <ActFrame {...props} act={act} build={(order) => centreForms[act](order, data)} />
}
