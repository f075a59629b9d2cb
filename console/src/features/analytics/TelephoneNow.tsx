// The telephone as it stands: queue, seats, calls of today; where seats may be watched it opens them.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { t } from './texts.zh-CN.ts'

const AGAIN = 5_000

export function TelephoneNow(): ReactElement {
  const { can } = useSession()
  const may = can('telephony.monitor') || can('telephony.desk')
  const now = useQueryOf('wallboard', {}, { refetchEvery: AGAIN, enabled: may })
  useTopic('telephony.monitor', ['wallboard'])
  if (!may) return <Empty kind="scope" text={t('noTelephone')} />
  const to = can('telephony.monitor') ? '/desk/monitor' : undefined
  return (
    <QueryView query={now}>
      {({ waiting, seats, today }) => (
        <div className="ms-analytics-figures">
          <Figure label={t('phone.waiting')} value={waiting} to={to} {...(waiting > 0 ? { tone: 'near' as const } : {})} /><Figure label={t('phone.ready')} value={seats.ready} to={to} /><Figure label={t('phone.talking')} value={seats.talking} to={to} /><Figure label={t('phone.busy')} value={seats.busy} to={to} />
          <Figure label={t('phone.arrived')} value={today.arrived} /><Figure label={t('phone.answered')} value={today.answered} /><Figure label={t('phone.rate')} value={today.arrived === 0 ? null : `${((today.answered / today.arrived) * 100).toFixed(1)}%`} />
        </div>
      )}
    </QueryView>
  )
}
