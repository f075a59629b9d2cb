// 48 px: where one is, search, running work, messages, oneself.
import { Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { Link, useNavigate } from 'react-router'
import { Icon } from '../ui/icons.tsx'
import type { IconName } from '../ui/icons.tsx'
import { NoticeChip } from '../ui/NoticeChip.tsx'
import { cappedCount } from '../ui/numbers.ts'
import type { Count } from './counts.ts'
import { useCounts } from './counts.ts'
import { useSession } from './session.tsx'
import { t } from './texts.zh-CN.ts'

export function TopBar({ onSearch, onRecent, onKeys }: { onSearch: () => void; onRecent: () => void; onKeys: () => void }): ReactElement {
  const { user, demo, leave } = useSession()
  const counts = useCounts()
  const navigate = useNavigate()
  return (
    <header className="ms-bar" data-region>
      <Link to="/" className="ms-bar-brand" aria-label={t('notFound.home')}><img src="/icon.svg" width={24} height={24} alt="" />{t('product')}</Link>
      <span className="ms-bar-tenant ms-ellipsis">{user.tenantName}</span>
      {demo ? <span className="ms-bar-demo">{t('bar.demo')}</span> : null}
      <button type="button" className="ms-bar-search" onClick={onSearch}><Icon name="search" /><span className="ms-ellipsis">{t('bar.search')}</span><span className="ms-grow" /><kbd>Ctrl K</kbd></button>
      <span className="ms-grow" />
      <NoticeChip />
      <button type="button" className="ms-bar-item" onClick={onRecent} title={`${t('bar.recent')} Ctrl E`}><Icon name="clock" size={20} label={t('bar.recent')} /></button>
      <BarLink to="/home/tasks" icon="tasks" label={t('bar.tasks')} count={counts['tasks.running']} />
      <BarLink to="/home/messages" icon="bell" label={t('bar.messages')} count={counts['messages.unread']} />
      <Dropdown trigger={['click']} placement="bottomRight" menu={{ items: [
        { key: 'who', disabled: true, label: `${user.unitName} · ${user.roles.map((role) => role.name).join('、')}` },
        { type: 'divider' },
        { key: 'me', label: t('bar.me'), icon: <Icon name="user" />, onClick: () => void navigate('/me') },
        { key: 'keys', label: t('bar.keys'), icon: <Icon name="keyboard" />, extra: 'Ctrl /', onClick: onKeys },
        { key: 'out', label: t('bar.signOut'), icon: <Icon name="signOut" />, onClick: () => void leave() },
      ] }}>
        <button type="button" className="ms-bar-user" aria-label={t('bar.menu', { name: user.name })}><span className="ms-bar-face" aria-hidden="true">{user.name.slice(-1)}</span>{user.name}<Icon name="chevronDown" size={12} /></button>
      </Dropdown>
    </header>
  )
}

function BarLink({ to, icon, label, count }: { to: string; icon: IconName; label: string; count?: Count }): ReactElement {
  return (
    <Link to={to} className="ms-bar-item">
      <Icon name={icon} size={20} />{label}
      {count && count.value > 0 ? <span className="ms-bar-count">{cappedCount({ value: count.value, capped: count.capped ?? false })}</span> : null}
    </Link>
  )
}
