// Beside the order: what is alike now, and what the check showed and was answered at registration.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Time } from '../../ui/Page.tsx'
import { StateTag } from '../../ui/Tags.tsx'
import type { SlotProps } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export default function OrderDuplicates({ order }: SlotProps): ReactElement {
  const query = useQueryOf('orderDuplicates', { id: order.id }, { staleTime: 60_000 })
  return (
    <QueryView query={query} lines={3}>
      {({ sameMatter, saved }) => (
        <div className="ms-stack">
          {sameMatter.length === 0 ? <span className="ms-hint">{t('similarNone')}</span> : (
            <ul className="ms-plain-list">
              {sameMatter.slice(0, 6).map((one) => (
                <li key={one.orderId}>
                  <div className="ms-row ms-nowrap"><span className="ms-num">{Math.round(one.score * 100)}%</span>{one.mayOpen ? <Link to={`/orders/${one.number}`} className="ms-ellipsis">{one.title}</Link> : <span className="ms-ellipsis">{one.title}</span>}<span className="ms-grow" /><StateTag state={one.state} /></div>
                  <div className="ms-hint"><Time iso={one.registeredAt} /> · {one.unitName ?? one.areaName ?? '–'}</div>
                </li>
              ))}
            </ul>
          )}
          {saved ? <div className="ms-hint">{t('similarSaved', { name: saved.agentName, choice: saved.choice ? t(`choice.${saved.choice}`) : t('noAnswer') })}；{t('similarShown', { a: saved.samePerson.length, b: saved.sameMatter.length })}</div> : null}
        </div>
      )}
    </QueryView>
  )
}
