// One assignment as a card: nearest clock, title, place, two acts and the rest behind 更多.
import { Button, ClockChip, Sheet, Tag } from '@minsheng/portal/kit'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { Link, useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { actLabel, actPath, assignmentActs } from '../acts/act-names.ts'
import { SignSheet } from '../acts/SignSheet.tsx'
import { RevealSheet } from '../order/RevealSheet.tsx'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { fromEpoch } from '../time.ts'
import { useOnline } from '../use-kept.ts'

export type UnitRow = OutputOf<'unitAssignments'>['items'][number]
type Act = (typeof assignmentActs)[number] | 'dial'

/** The server tells how the row stands; its near limit is known only as "reached". */
export function RowClock({ row }: { row: Pick<UnitRow, 'clock' | 'timing' | 'roleName' | 'stateName'> }): ReactElement {
  if (!row.clock) return <Tag tone="calm">{row.roleName} · {row.stateName}</Tag>
  return <ClockChip name={row.clock.name} state={row.clock.paused ? 'paused' : 'running'} dueAt={row.clock.dueAt} nearAt={row.timing === 'near' ? fromEpoch(0) : null} />
}

export function TaskCard({ row }: { row: UnitRow }): ReactElement {
  const session = useSession()
  const online = useOnline()
  const navigate = useNavigate()
  const [layer, setLayer] = useState<'more' | 'sign' | 'dial' | null>(null)
  const dials = row.contactPhoneMask !== null && session.can('orders.reveal')
  const known: Act[] = assignmentActs.filter((act) => row.acts.includes(act))
  // in hand one calls first and reports then; before signing one decides whether it is ours
  const acts: Act[] = dials ? (row.acts.includes('feedback') ? ['dial', ...known] : [...known, 'dial']) : known
  const label = (act: Act, short: boolean) => (act === 'dial' ? t('call') : actLabel(act, short))
  const start = (act: Act) => (act === 'sign' || act === 'dial' ? setLayer(act) : void navigate(actPath(row.number, act, { assignment: row.id })))
  return (
    <article className="k-item m-card">
      <Link className="m-card-link" to={`/m/orders/${row.number}`}>
        <span className="k-line" data-spread>
          <RowClock row={row} />
          <span className="k-line">
            {row.urgency === 'normal' ? null : <Tag tone={row.urgency === 'urgent' ? 'near' : 'over'}>{row.urgencyName}</Tag>}
            {row.round > 1 ? <Tag tone="primary">{t('round', { n: row.round })}</Tag> : null}
            {row.urgeCount > 0 ? <Tag tone="near">{t('urges', { n: row.urgeCount })}</Tag> : null}
          </span>
        </span>
        <span className="k-item-title m-two">{row.title}</span>
        <span className="k-item-meta"><span>{row.address ?? row.areaName ?? t('noPlace')}</span><span>{row.requesterName}</span></span>
      </Link>
      <div className="m-card-acts">
        {acts.slice(0, 2).map((act) => <Button key={act} icon={act === 'dial' ? 'phone' : undefined} tone={act === 'sign' || act === 'feedback' || act === 'accept' ? 'soft' : 'plain'} disabled={!online} onClick={() => start(act)}>{label(act, true)}</Button>)}
        <Button tone="quiet" onClick={() => setLayer('more')}>{t('more')}</Button>
      </div>
      <Sheet open={layer === 'more'} title={row.title} onClose={() => setLayer(null)}>
        <div className="k-stack" data-gap="small">
          {online ? null : <p className="k-hint">{t('offlineAct')}</p>}
          {acts.map((act) => <Button key={act} block disabled={!online} onClick={() => start(act)}>{label(act, false)}</Button>)}
          <Button block onClick={() => void navigate(`/m/orders/${row.number}`)}>{t('short.open')}</Button>
        </div>
      </Sheet>
      {layer === 'sign' ? <SignSheet assignment={row} number={row.number} title={row.title} onClose={() => setLayer(null)} /> : null}
      {layer === 'dial' ? <RevealSheet orderId={row.orderId} mask={row.contactPhoneMask ?? ''} log={row.acts.includes('contact') ? actPath(row.number, 'contact', { assignment: row.id }) : undefined} onClose={() => setLayer(null)} /> : null}
    </article>
  )
}
