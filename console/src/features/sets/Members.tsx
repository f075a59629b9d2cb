// Members of a set: who leads, who follows, who was taken out.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useCommand } from '../../api/queries.ts'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import type { EventSet } from './SetPage.tsx'
import { t } from './texts.zh-CN.ts'
import './sets.css'

type Member = EventSet['memberList'][number]
const rank: Record<Member['memberState'], number> = { joined: 0, proposed: 1, removed: 2 }

export function Members({ set, may, onRemove }: { set: EventSet; may: boolean; onRemove: (orderId: string) => void }): ReactElement {
  const patch = useCommand('patchEventSet', { invalidates: ['getEventSet'] })
  const confirm = useCommand('confirmEventSet', { invalidates: ['getEventSet', 'listEventSets'] })
  const list = [...set.memberList].sort((a, b) => rank[a.memberState] - rank[b.memberState] || Number(b.lead) - Number(a.lead))
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="ms-plain-table">
        <caption className="ms-hidden">{t('members', { n: set.members })}</caption>
        <thead><tr>{(['number', 'title', 'requester', 'address', 'state', 'how', 'reply', 'acts'] as const).map((key) => <th key={key} scope="col">{t(`m.${key}`)}</th>)}</tr></thead>
        <tbody>
          {list.map((one) => (
            <tr key={one.orderId} data-muted={one.memberState === 'removed' || undefined}>
              <td>{one.mayOpen ? <Link to={`/orders/${one.number}`} className="ms-code">{one.number}</Link> : <bdi className="ms-code">{one.number}</bdi>}</td>
              <td>{one.title}</td>
              <td>{one.requesterName}</td>
              <td>{one.address ?? '–'}</td>
              <td><StateTag state={one.state} /></td>
              <td><How one={one} dispatched={set.state === 'dispatched' || set.state === 'answered'} /></td>
              <td>{one.answeredAt ? <Time iso={one.answeredAt} /> : '–'}</td>
              <td className="ms-nowrap">
                {may && one.memberState === 'proposed' ? <Button size="small" type="link" onClick={() => void confirm.mutateAsync({ id: set.id, orderIds: [one.orderId], version: set.version }).catch((error: Error) => say(error.message, 'over'))}>{t('takeIn')}</Button> : null}
                {may && one.memberState === 'joined' && !one.lead && set.state === 'open' ? <Button size="small" type="link" onClick={() => void patch.mutateAsync({ id: set.id, leadOrderId: one.orderId, version: set.version }).catch((error: Error) => say(error.message, 'over'))}>{t('makeLead')}</Button> : null}
                {may && one.memberState !== 'removed' && !(one.lead && set.state === 'dispatched') ? <Button size="small" type="link" onClick={() => onRemove(one.orderId)}>{t('remove')}</Button> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function How({ one, dispatched }: { one: Member; dispatched: boolean }): ReactElement {
  if (one.memberState === 'removed') return <span title={one.removedReason ?? undefined}>{t('removed')}</span>
  if (one.memberState === 'proposed') return <><Tag tone="near">{t('proposed')}</Tag>{one.score !== null ? <span className="ms-hint"> {t('score', { n: Math.round(one.score * 100) })}</span> : null}</>
  if (one.lead) return <Tag tone="primary">{t('leadTag')}</Tag>
  return <>{!dispatched ? '–' : one.carried ? t('carried') : t('alone')}</>
}
