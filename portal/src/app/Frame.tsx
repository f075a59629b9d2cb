// The frame of every page: brand, 长辈版, the telephone as a way out in one place, navigation, what waits on this device.
import { Component, lazy, Suspense, useEffect, useState } from 'react'
import type { ErrorInfo, ReactElement, ReactNode } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import { Button, LinkButton } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { BottomBar, ToastHost, TopBar } from '../kit/Layers.tsx'
import { Empty, Skeleton } from '../kit/States.tsx'
import { draftWaits } from '../draft/draft-state.ts'
import { setDisplay, useDisplay, useOnline } from './display.ts'
import { RobotButton } from '../robot/RobotButton.tsx'
import { Page } from './Page.tsx'
import { usePortal } from './session.ts'
import { t } from './texts.zh-CN.ts'

const pages = [
  { to: '/', label: t('home'), icon: 'home', end: true },
  { to: '/submit', label: t('submit'), icon: 'write' },
  { to: '/orders', label: t('orders'), icon: 'orders' },
  { to: '/me', label: t('me'), icon: 'user' },
] as const

const Waiting = lazy(() => import('../draft/Waiting.tsx'))

export function Frame(): ReactElement {
  const { settings, hotline } = usePortal()
  const display = useDisplay()
  const online = useOnline()
  const { pathname, key } = useLocation()
  const waits = useDraftWaits(key)
  return (
    <>
      <a className="p-skip" href="#main">{t('skip')}</a>
      <TopBar
        title={<Link to="/" className="p-brand"><img src="/icon.svg" alt="" width="32" height="32" /><span>{settings?.centreName ?? t('brand')}</span></Link>}
        end={
          <>
            <nav className="p-nav" aria-label={t('nav')}>{pages.map((page) => <NavLink key={page.to} to={page.to} end={page.to === '/'}>{page.label}</NavLink>)}</nav>
            <Button tone="quiet" aria-pressed={display.elder} onClick={() => setDisplay({ elder: !display.elder, asked: true })}>{display.elder ? t('elderOff') : t('elderOn')}</Button>
            <a className="p-call" href={`tel:${hotline}`} aria-label={t('call', { number: hotline })}><Icon name="phone" /><span className="k-num">{t('callShort', { number: hotline })}</span></a>
          </>
        }
      />
      {online ? null : <p className="p-strip" role="status"><Icon name="offline" />{t('offline')}</p>}
      {waits ? <Boundary quiet><Suspense fallback={null}><Waiting /></Suspense></Boundary> : null}
      <main id="main">
        <Boundary key={pathname}>
          <Suspense fallback={<div className="p-page"><Skeleton lines={6} /></div>}><Outlet /></Suspense>
        </Boundary>
      </main>
      <footer className="p-footer">
        <p>{t('footerHelp', { number: hotline })}</p>
        <p className="k-line"><Link to="/chat">{t('chat')}</Link><Link to="/call">{t('webCall')}</Link><Link to="/k">{t('questions')}</Link><Link to="/policies">{t('policies')}</Link><Link to="/query">{t('query')}</Link><Link to="/news">{t('news')}</Link><Link to="/statistics">{t('statistics')}</Link><Link to="/surveys">{t('surveys')}</Link><Link to="/enterprise">{t('enterprise')}</Link><Link to="/accessibility">{t('accessibility')}</Link></p>
      </footer>
      <RobotButton />
      <BottomBar label={t('nav')} items={pages} />
      <ToastHost />
    </>
  )
}

/** Looked at again whenever the page or its step changes: that is when a draft begins to wait. */
function useDraftWaits(key: string): boolean {
  const [waits, setWaits] = useState(draftWaits)
  useEffect(() => setWaits(draftWaits()), [key])
  return waits
}

/** A chunk that did not load (network gone, new version installed) asks to be loaded again; nothing typed is lost. */
class Boundary extends Component<{ children: ReactNode; quiet?: boolean }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }
  override componentDidCatch(error: Error, info: ErrorInfo): void {
    reportError(new Error(`${error.message}${info.componentStack ?? ''}`, { cause: error }))
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    if (this.props.quiet) return null
    return <div className="p-page"><Empty kind="failed" title={t('loadFailed')} text={t('loadFailedText')}><Button tone="primary" onClick={() => location.reload()}>{t('reload')}</Button></Empty></div>
  }
}

export function NotFound(): ReactElement {
  return <Page title={t('notFound')}><Empty kind="scope" title={t('notFoundText')}><LinkButton to="/" tone="primary">{t('toHome')}</LinkButton></Empty></Page>
}
