// Frame of every page: bar, rail, content, and the layers that work everywhere.
import type { ReactElement } from 'react'
import { Suspense, lazy, useEffect, useMemo, useState } from 'react'
import { Outlet, useLocation, useMatches, useNavigate } from 'react-router'
import { useKeys } from '../ui/keys.ts'
import { NoticeHost } from '../ui/NoticeHost.tsx'
import { usePageTitle } from '../ui/Page.tsx'
import { features } from './features.ts'
import { phoneTwin, wantsPhone } from './phone.ts'
import { OfflineBar } from './OfflineBar.tsx'
import { Rail } from './Rail.tsx'
import { buildRail, menuOf } from './rail.ts'
import { useSession } from './session.tsx'
import { t } from './texts.zh-CN.ts'
import { TopBar } from './TopBar.tsx'
import './shell.css'

const GlobalSearch = lazy(() => import('./GlobalSearch.tsx'))
const KeySheet = lazy(() => import('./KeySheet.tsx'))
const RecentList = lazy(() => import('./RecentList.tsx'))
const EmergencyHost = lazy(() => import('../features/knowledge/EmergencyHost.tsx'))
const MessageCards = lazy(() => import('../features/home/MessageCards.tsx'))
const SoftphoneHost = lazy(() => import('../features/telephony/SoftphoneHost.tsx'))

type Layer = 'search' | 'keys' | 'recent' | null

/** F6 walks bar, rail and content, as in other desktop programs. */
function nextRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const region = regions[(at + by + regions.length) % regions.length]
  const target = region?.querySelector<HTMLElement>('a[href], button:not([disabled]), input, [tabindex="0"]') ?? region
  target?.focus()
}

function titleOf(handle: unknown): string | undefined {
  return typeof handle === 'object' && handle !== null && 'title' in handle && typeof handle.title === 'string' ? handle.title : undefined
}

export function Shell(): ReactElement | null {
  const { pathname, search } = useLocation()
  const twin = wantsPhone(search) ? phoneTwin(pathname) : null
  useEffect(() => { if (twin !== null) window.location.replace(twin) }, [twin])
  return twin === null ? <Desktop /> : null
}

function Desktop(): ReactElement {
  const session = useSession()
  const navigate = useNavigate()
  const location = useLocation()
  const [layer, setLayer] = useState<Layer>(null)
  const { user, permissionSet } = session
  const sections = useMemo(() => buildRail(features, { roles: user.roles.map((role) => role.code), permissions: permissionSet, menu: menuOf(session.features) }), [user, permissionSet, session.features])
  usePageTitle(titleOf(useMatches().at(-1)?.handle))
  useEffect(() => setLayer(null), [location.pathname])
  const commands = useMemo(() => features.flatMap((feature) => feature.commands ?? []).filter((command) => session.can(command.permission)), [session])
  useKeys(t('keys.everywhere'), [
    { keys: 'Ctrl K', label: t('keys.search'), run: () => setLayer('search'), inLayers: true },
    { keys: 'Ctrl E', label: t('keys.recent'), run: () => setLayer('recent') },
    { keys: 'Ctrl /', label: t('keys.sheet'), run: () => setLayer('keys'), inLayers: true },
    { keys: 'F6', label: t('keys.region'), run: () => nextRegion(1) },
    { keys: 'Shift F6', label: t('keys.regionBack'), run: () => nextRegion(-1) },
    ...commands.flatMap((command) => (command.keys ? [{ keys: command.keys, label: command.label, run: () => void navigate(command.path) }] : [])),
  ])
  const close = () => setLayer(null)
  return (
    <div className="ms-shell">
      <a className="ms-skip" href="#content">{t('skip')}</a>
      <TopBar onSearch={() => setLayer('search')} onRecent={() => setLayer('recent')} onKeys={() => setLayer('keys')} />
      <OfflineBar />
      <NoticeHost />
      <Suspense fallback={null}><MessageCards /></Suspense>
      {session.can('orders.register') && session.can('knowledge.read') ? <Suspense fallback={null}><EmergencyHost /></Suspense> : null}
      {session.can('telephony.desk') ? <Suspense fallback={null}><SoftphoneHost /></Suspense> : null}
      <div className="ms-shell-body">
        <Rail sections={sections} />
        <main id="content" className="ms-content" tabIndex={-1} data-region><Outlet /></main>
      </div>
      <Suspense fallback={null}>
        {layer === 'search' ? <GlobalSearch sections={sections} commands={commands} close={close} /> : null}
        {layer === 'keys' ? <KeySheet close={close} /> : null}
        {layer === 'recent' ? <RecentList close={close} /> : null}
      </Suspense>
    </div>
  )
}
