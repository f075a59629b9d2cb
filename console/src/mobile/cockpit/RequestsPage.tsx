// 待我批示: what officers ask this leader to instruct on; answered, returned or passed on from here (SUP-23).
import { Card, Empty, LinkButton, Skeleton, Tag, Trouble } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { actPath } from '../acts/act-names.ts'
import { Page } from '../frame/Frame.tsx'
import { Files } from '../order/Files.tsx'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'

const useAsked = (enabled: boolean) => useQueryOf('listInstructions', { mine: 'true', state: 'requested', limit: 50 }, { enabled, refetchEvery: 60_000 })

export default function RequestsPage(): ReactElement {
  const asked = useAsked(true)
  const items = asked.data?.items.filter((one) => one.mayIssue)
  return (
    <Page title={t('asked.title')} back="/m/cockpit">
      {!items ? (asked.error ? <Trouble problem={asked.error} retry={() => void asked.refetch()} /> : <Skeleton lines={8} />) : items.length === 0 ? <Empty kind="done" title={t('asked.none')} /> : <div className="k-stack">{items.map((one) => <Request key={one.id} one={one} />)}</div>}
    </Page>
  )
}

type Row = OutputOf<'listInstructions'>['items'][number]

function Request({ one }: { one: Row }): ReactElement {
  return (
    <Card title={one.title} extra={one.urgency === 'normal' ? undefined : <Tag tone="over">{one.urgencyName}</Tag>}>
      <p className="k-pre">{one.request}</p>
      <Files files={one.files} />
      <span className="k-line" data-spread><span className="k-hint">{one.requestedByName} {when(one.requestedAt)}</span><Link to={`/m/orders/${one.number}`}><bdi className="k-code">{one.number}</bdi></Link></span>
      {one.head ? <p className="k-hint">{t('asked.head')}</p> : (
        <div className="m-card-acts">
          <LinkButton to={actPath(one.number, 'answerRequest', { target: one.id })} tone="soft">{t('act.answerRequest')}</LinkButton>
          <LinkButton to={actPath(one.number, 'declineRequest', { target: one.id })}>{t('act.declineRequest')}</LinkButton>
          {one.mayPassUp ? <LinkButton to={actPath(one.number, 'passRequest', { target: one.id })}>{t('act.passRequest')}</LinkButton> : null}
        </div>
      )}
    </Card>
  )
}

/** On the cockpit: only when something waits. */
export function AskedOfMe(): ReactElement | null {
  const { can } = useSession()
  const waiting = useAsked(can('supervision.instruct')).data?.items.filter((one) => one.mayIssue).length ?? 0
  return waiting > 0 ? <LinkButton to="/m/instructions" tone="soft" block>{t('asked.waiting', { n: waiting })}</LinkButton> : null
}
