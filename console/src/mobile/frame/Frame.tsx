// The frame: top bar, the line that says "no network", bottom bar.
import { BottomBar, Icon, TopBar } from '@minsheng/portal/kit'
import type { BarItem } from '@minsheng/portal/kit'
import { useEffect } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { Outlet, useNavigate } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { mayHandle, useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { useOnline } from '../use-kept.ts'

export function Frame(): ReactElement {
  const session = useSession()
  const unread = useQueryOf('countUnreadMessages', {}, { refetchEvery: 60_000 })
  useTopic('home.counts', ['countUnreadMessages', 'listMessages', 'listMyFlowTasks'])
  const items: BarItem[] = [
    ...(mayHandle(session) ? [{ to: '/m', label: t('todo'), icon: 'list', end: true } as const] : []),
    ...(session.can('orders.read') && (!mayHandle(session) || session.user.roles.some((one) => one.code === 'leader')) ? [{ to: '/m/cockpit', label: t('cockpit'), icon: 'home' } as const] : []),
    { to: '/m/orders', label: t('orders'), icon: 'orders' },
    { to: '/m/messages', label: t('messages'), icon: 'bell', count: unread.data?.value ?? 0 },
    { to: '/m/me', label: t('me'), icon: 'user' },
  ]
  return (
    <>
      <Outlet />
      <BottomBar label={t('app')} items={items} />
    </>
  )
}

type PageProps = { title: string; end?: ReactNode; /** Where back leads when there is no page before; without it there is no back. */ back?: string; bar?: ReactNode; children: ReactNode }

export function Page({ title, end, back, bar, children }: PageProps): ReactElement {
  const online = useOnline()
  const navigate = useNavigate()
  useEffect(() => { document.title = `${title} · ${t('app')}` }, [title])
  // an address opened from a message has no page before it
  const goBack = () => (window.history.state?.idx > 0 ? void navigate(-1) : void navigate(back ?? '/m', { replace: true }))
  return (
    <>
      <TopBar title={<h1 className="m-title">{title}</h1>} end={end} start={back ? <button type="button" className="k-button m-back" data-tone="quiet" onClick={goBack} aria-label={t('back')}><Icon name="back" /></button> : undefined} />
      {online ? null : <p className="m-offline" role="status"><Icon name="offline" />{t('offline')}</p>}
      <main className="m-page" data-bar={bar ? true : undefined}>{children}</main>
      {bar}
    </>
  )
}
