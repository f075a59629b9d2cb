// Who is signed in and who is locked out: end a session, lift a lock.
import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

const methods: Record<string, string> = { password: t('m_password'), sms: t('m_sms'), demo: t('m_demo'), oidc: t('m_oidc') }

export function Locks(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listLocks', {})
  const send = useAct('listLocks')
  const unlock = async (userId: string) => {
    try {
      await send('unlockUser', { id: userId })
      say(t('unlocked'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Section flush={(list.data?.items.length ?? 0) > 0} title={<span className="ms-row">{t('locks')} <span className="ms-hint">{t('locksHint')}</span></span>}>
      <QueryView query={list}>
        {(data) => (data.items.length === 0 ? <span className="ms-muted">{t('locksNone')}</span> : (
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('who')}</th><th scope="col">{t('what')}</th><th scope="col" className="ms-num">{t('times')}</th><th scope="col">{t('last')}</th><th scope="col">{t('state')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((lock) => (
              <tr key={`${lock.userId} ${lock.what}`}>
                <td><Link to={`/admin/users/${lock.userId}`}>{lock.userName}</Link> <span className="ms-hint">{lock.unitName}</span></td><td>{lock.what}</td><td className="ms-num">{lock.failures}</td><td><Time iso={lock.lastAt} /></td>
                <td>{lock.lockedUntil ? <Tag tone="over">{t('lockedUntil', { time: when(lock.lockedUntil) })}</Tag> : <Tag tone="near">{t('trying')}</Tag>}</td>
                <td className="ms-num">{can('platform.manageUsers') ? <button type="button" className="ms-link-button" onClick={() => void unlock(lock.userId)}>{t('unlock')}</button> : null}</td>
              </tr>
            ))}</tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}

export function Sessions(): ReactElement {
  const { can } = useSession()
  const [typed, setTyped] = useState('')
  const list = useQueryOf('listSessions', typed.trim() ? { query: typed.trim() } : {}, { keepPrevious: true })
  const send = useAct('listSessions')
  const end = async (session: { id: string; userId: string; userName: string }) => {
    if (!(await confirm({ title: t('endTitle', { name: session.userName }), text: t('endText'), verb: t('end'), danger: true }))) return
    try {
      await send('endSession', { sessionId: session.id, userId: session.userId })
      say(t('ended'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Section flush title={<span className="ms-row">{t('sessions')} <span className="ms-hint">{t('sessionsHint')}</span></span>} extra={<Input size="small" allowClear style={{ inlineSize: 220 }} placeholder={t('searchSession')} aria-label={t('searchSession')} value={typed} onChange={(e) => setTyped(e.target.value)} />}>
      <QueryView query={list}>
        {(data) => (
          <div className="ms-scroll">
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('who')}</th><th scope="col">{t('method')}</th><th scope="col">{t('from')}</th><th scope="col">{t('terminal')}</th><th scope="col">{t('started')}</th><th scope="col">{t('seen')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((session) => (
                <tr key={`${session.userId} ${session.id}`}>
                  <td><Link to={`/admin/users/${session.userId}`}>{session.userName}</Link> <span className="ms-hint">{session.unitName}</span></td><td>{methods[session.method] ?? session.method}</td><td className="ms-code">{session.ip ?? '–'}</td><td title={session.terminal ?? ''}><span className="ms-ellipsis" style={{ display: 'inline-block', maxInlineSize: 240 }}>{session.terminal ?? '–'}</span></td><td><Time iso={session.startedAt} /></td><td><Time iso={session.seenAt} /></td>
                  <td className="ms-num">{session.current ? <span className="ms-hint">{t('current')}</span> : can('platform.manageUsers') ? <button type="button" className="ms-link-button" onClick={() => void end(session)}>{t('end')}</button> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          </div>
        )}
      </QueryView>
    </Section>
  )
}
