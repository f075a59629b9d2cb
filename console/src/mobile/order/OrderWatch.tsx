// What others ask of the unit beside the handling: urging, supervision tasks, instructions (SUP-11, SUP-18, SUP-23).
import { Card, LinkButton, Tag } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { actPath } from '../acts/act-names.ts'
import type { OrderDetail } from '../kept.ts'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'
import { Files } from './Files.tsx'

export default function OrderWatch({ order }: { order: OrderDetail }): ReactElement {
  return <><Urges order={order} /><Tasks order={order} /><Instructions order={order} /></>
}

function Urges({ order }: { order: OrderDetail }): ReactElement | null {
  const items = useQueryOf('orderUrges', { id: order.id }, { enabled: order.urgeCount > 0 }).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('watch.urges')}>
      {items.map((one) => (
        <div key={one.id} className="k-stack m-part" data-gap="small">
          <span className="k-line" data-spread><strong>{t('watch.nth', { n: one.nth })}</strong><span className="k-hint">{one.createdByName} {when(one.createdAt)}</span></span>
          <p className="k-pre">{one.content}</p>
          <Files files={one.files} />
          {one.answer ? <p className="k-pre"><span className="k-hint">{one.answeredByName} {when(one.answeredAt)}</span> {one.answer}</p> : <span className="k-line" data-spread><Tag tone="near">{t('watch.owed')}</Tag>{one.mayAnswer ? <LinkButton to={actPath(order.number, 'answerUrge', { target: one.id })} tone="soft">{t('act.answerUrge')}</LinkButton> : null}</span>}
        </div>
      ))}
    </Card>
  )
}

function Tasks({ order }: { order: OrderDetail }): ReactElement | null {
  const session = useSession()
  const items = useQueryOf('listSupervisionTasks', { orderId: order.id, limit: 20 }, { enabled: session.can('supervision.read') }).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('watch.tasks')}>
      {items.map((one) => (
        <div key={one.id} className="k-stack m-part" data-gap="small">
          <span className="k-line" data-spread><strong>{one.ruleName}</strong><Tag tone={one.overdue ? 'over' : one.state === 'open' ? 'near' : 'plain'}>{one.stateName}</Tag></span>
          <p className="k-pre">{one.demand}</p>
          <span className="k-line" data-spread><span className="k-hint">{t('watch.due', { at: when(one.replyDueAt) })}</span><LinkButton to={`/m/tasks/${one.id}`} tone={one.mayReply ? 'soft' : 'quiet'}>{t(one.mayReply ? 'act.replyTask' : 'watch.look')}</LinkButton></span>
        </div>
      ))}
    </Card>
  )
}

function Instructions({ order }: { order: OrderDetail }): ReactElement | null {
  const items = (useQueryOf('orderInstructions', { id: order.id }).data?.items ?? []).filter((one) => one.state !== 'requested' && one.state !== 'declined')
  if (items.length === 0) return null
  return (
    <Card title={t('watch.instructions')}>
      {items.map((one) => (
        <div key={one.id} className="k-stack m-part" data-gap="small">
          <span className="k-line" data-spread><strong>{one.leaderName}</strong><Tag tone={one.overdue ? 'over' : 'plain'}>{one.stateName}</Tag></span>
          <p className="k-pre">{one.textHidden ? <span className="k-hint">{t('watch.hidden')}</span> : one.text}</p>
          {one.reportDueAt ? <span className="k-hint">{t('watch.due', { at: when(one.reportDueAt) })}</span> : null}
          {one.units.map((unit) => (unit.report ? <p key={unit.unitId} className="k-pre"><span className="k-hint">{unit.unitName} {when(unit.reportedAt)}</span> {unit.report}</p> : null))}
          {one.units.some((unit) => unit.mayReport) ? <LinkButton to={actPath(order.number, 'reportInstruction', { target: one.id })} tone="soft">{t('act.reportInstruction')}</LinkButton> : null}
        </div>
      ))}
    </Card>
  )
}
