// 远程坐席: who may sign in outside the centre's network, and until when (TEL-35).
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

const tones = { coming: 'plain', open: 'ok', over: 'calm' } as const

export function RemoteSeatsDrawer({ open, onClose }: { open: boolean; onClose: () => void }): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listRemoteSeats', {}, { enabled: open })
  const seats = useQueryOf('listSeats', {}, { enabled: open })
  const [adding, setAdding] = useState(false)
  const send = useAct('listRemoteSeats')
  const end = (id: string) => void send('endRemoteSeat', { id }).then(() => say(t('saved')), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <Drawer open={open} size={720} title={t('remoteSeats')} onClose={onClose} destroyOnHidden extra={<Button type="primary" onClick={() => setAdding(true)}>{t('remoteAdd')}</Button>}>
      <QueryView query={list}>{({ items, networks }) => (
        <div className="ms-stack">
          {networks.length > 0 ? null : <div className="ms-note" role="status">{t('remoteNoNetworks')} {can('platform.manageSettings') ? <Link to="/admin/settings?q=seat.networks&key=seat.networks">{t('remoteSetNetworks')}</Link> : null}</div>}
          {items.length === 0 ? <Empty kind="done" text={t('remoteNone')} hint={t('remoteHint')} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('remoteSeats')}</caption>
              <thead><tr><th scope="col">{t('col.agent')}</th><th scope="col">{t('col.state')}</th><th scope="col">{t('startedAt')}</th><th scope="col">{t('remoteUntil')}</th><th scope="col">{t('reason')}</th><th scope="col">{t('col.by')}</th><th /></tr></thead>
              <tbody>{items.map((one) => <tr key={one.id}><th scope="row">{one.name}</th><td><Tag tone={tones[one.state]}>{t(`remote.${one.state}`)}</Tag></td><td><Time iso={one.from} /></td><td><Time iso={one.until} /></td><td>{one.reason}</td><td>{one.endedByName ? `${one.byName} / ${one.endedByName}` : one.byName}</td><td className="ms-num">{one.state === 'over' ? null : <button type="button" className="ms-link-button" onClick={() => end(one.id)}>{t('remoteEnd')}</button>}</td></tr>)}</tbody>
            </table>
          )}
        </div>
      )}</QueryView>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('remoteSeats')} submitLabel={t('remoteAdd')}
        schema={{ type: 'object', required: ['userIds', 'until', 'reason'], properties: { userIds: { type: 'array', title: t('remoteSeatsField'), items: { type: 'string', oneOf: (seats.data?.items ?? []).map((one) => ({ const: one.userId, title: one.name })) } }, from: { type: 'string', format: 'date-time', title: t('remoteFrom'), 'x-half': true }, until: { type: 'string', format: 'date-time', title: t('remoteUntil'), 'x-half': true }, reason: { type: 'string', title: t('reason'), maxLength: 200 } } }}
        submit={async (v) => {
          await send('allowRemoteSeats', { userIds: v.userIds, ...(v.from ? { from: v.from } : {}), until: v.until, reason: v.reason })
          say(t('remoteAllowed'))
        }} />
    </Drawer>
  )
}
