// Units that work on the order, and what they asked for.
import { Card, Tag } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'
import { moment, when } from '../time.ts'
import { Files } from './Files.tsx'

const kinds = ['return', 'extension', 'withdrawal'] as const
const states = ['pending', 'approved', 'refused', 'cancelled'] as const

export function Requests({ order }: { order: OrderDetail }): ReactElement | null {
  if (order.requests.length === 0) return null
  return (
    <Card title={t('requests')}>
      {order.requests.map((one) => {
        const kind = kinds.find((k) => k === one.kind)
        const state = states.find((s) => s === one.state)
        return (
          <div key={one.id} className="k-stack m-part" data-gap="small">
            <span className="k-line" data-spread><strong>{kind ? t(`request.${kind}`) : one.kind}</strong><Tag tone={state === 'approved' ? 'ok' : state === 'refused' ? 'over' : state === 'pending' ? 'primary' : 'plain'}>{state ? t(`request.${state}`) : one.state}</Tag></span>
            <p className="k-pre">{one.reasonClass ? `${one.reasonClass}：` : ''}{one.reason}</p>
            {one.oldDueAt && one.newDueAt ? <p>{t('decide.change', { old: moment(one.oldDueAt), next: moment(one.newDueAt) })}</p> : null}
            <Files files={one.files} />
            <span className="k-hint">{one.unitName} {one.applicantName} {when(one.createdAt)}</span>
            {one.opinion ? <p>{one.decidedByName}：{one.opinion}</p> : null}
          </div>
        )
      })}
    </Card>
  )
}

export function Units({ order }: { order: OrderDetail }): ReactElement | null {
  const now = order.assignments.filter((one) => one.round === order.round)
  if (now.length === 0) return null
  return (
    <Card title={t('units')}>
      {now.map((one) => (
        <div key={one.id} className="m-part" data-below={one.parentId ? true : undefined}>
          <span className="k-line" data-spread><strong>{one.unitName}</strong><Tag tone={one.state === 'done' ? 'ok' : 'plain'}>{one.stateName}</Tag></span>
          <span className="k-item-meta"><span>{one.roleName}</span>{one.handlerName ? <span>{one.handlerName}</span> : null}<span>{when(one.dispatchedAt)}</span></span>
        </div>
      ))}
    </Card>
  )
}
