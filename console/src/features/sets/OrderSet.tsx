// Beside the order: the event set it belongs to, the merge it leads or has gone into.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { SlotProps } from '../orders/slots.ts'
import { setTone } from './set-tones.ts'
import { t } from './texts.zh-CN.ts'

export default function OrderSet({ order }: SlotProps): ReactElement {
  const query = useQueryOf('eventSetOfOrder', { id: order.id })
  const { can } = useSession()
  return (
    <QueryView query={query} lines={2}>
      {({ set, merge }) => (
        <div className="ms-stack">
          {set ? (
            <div>
              <div className="ms-row">{set.mayOpen ? <Link to={`/orders/sets/${set.id}`}>{set.title}</Link> : set.title}<Tag tone={setTone(set.state)}>{set.stateName}</Tag></div>
              <div className="ms-hint">{set.lead ? t('leadTag') : set.carried ? t('carried') : t('inSet')} · {t('ofMembers', { answered: set.answered, members: set.members })}{set.leadUnitName ? ` · ${set.leadUnitName}` : ''}</div>
            </div>
          ) : null}
          {merge ? (
            <div>
              {merge.lead ? <span>{t('leads', { n: merge.members })}</span> : <span>{t('mergedInto')} <Link className="ms-code" to={`/orders/${merge.leadNumber}`}>{merge.leadNumber}</Link> {merge.leadTitle} · {merge.leadStateName}</span>}
              {can('orders.merge') ? <div className="ms-hint">{t('inMerge', { number: merge.number })}</div> : null}
            </div>
          ) : null}
        </div>
      )}
    </QueryView>
  )
}
