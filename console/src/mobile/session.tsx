// Who is signed in on the phone. A lapsed session opens the sign-in over the page; without a network the last person reads what is kept.
import { learnServerTime as learnKitTime, setTimeZone as setKitZone, Skeleton, Trouble } from '@minsheng/portal/kit'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { setGate } from '../api/http.ts'
import { asProblem } from '../api/problem.ts'
import type { Problem } from '../api/problem.ts'
import { startRealtime } from '../api/realtime.ts'
import { fetchSession, signOut } from '../api/session.ts'
import type { SessionInfo } from '../api/session.ts'
import { eraseDrafts, openDrafts } from '../ui/drafts.ts'
import { eraseKept, keepSession, keptSession, openKept } from './kept.ts'
import type { KeptSession } from './kept.ts'
import { SignInPage } from './SignInPage.tsx'
import type { Step } from '../app/sign-in/use-sign-in-steps.ts'
import { localNow, setTimeZone } from './time.ts'

export type Session = KeptSession & { can: (permission: string) => boolean; /** Read from the device, not from the server. */ kept: boolean; leave: () => Promise<void> }

const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside the session provider')
  return session
}

export const mayHandle = (session: Session): boolean => session.can('orders.handle') || session.can('orders.approve')

export function SessionProvider({ children }: { children: ReactNode }): ReactElement {
  const client = useQueryClient()
  const [info, setInfo] = useState<SessionInfo | KeptSession | null>(null)
  const [out, setOut] = useState<{ step: Step } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [expired, setExpired] = useState(false)
  const current = useRef<SessionInfo | null>(null)
  const waiting = useRef<((ok: boolean) => void)[]>([])

  const load = useCallback(async () => {
    const sentAt = localNow()
    try {
      const next = await fetchSession()
      // somebody else signed in on the layer: nothing of the former person may stay on the page
      if (current.current && current.current.user.id !== next.user.id) return location.assign('/m')
      learnKitTime(next.serverTime, sentAt, localNow())
      current.current = next
      await openDrafts(next.user.id, next.draftKey)
      openKept(next.user.id)
      if (typeof next.features.timeZone === 'string') for (const set of [setTimeZone, setKitZone]) set(next.features.timeZone)
      keepSession({ user: next.user })
      setInfo(next)
      setOut(null)
      setProblem(null)
    } catch (error) {
      const caught = asProblem(error)
      const last = keptSession()
      if (caught.status === 401) setOut({ step: caught.rule === 'totp' ? 'totp' : 'password' })
      else if (caught.undecided && last) {
        openKept(last.user.id)
        setInfo((known) => known ?? last)
      } else setProblem(caught)
    }
  }, [])

  useEffect(() => {
    setGate({
      csrf: () => current.current?.csrf,
      refresh: load,
      signInAgain: () => {
        // before the first session of this page there is nothing to keep: the sign-in page comes instead
        if (!current.current) return load().then(() => false)
        setExpired(true)
        return new Promise((resolve) => waiting.current.push(resolve))
      },
    })
    void load()
    const back = () => void load()
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  }, [load])

  const live = info !== null && 'csrf' in info
  useEffect(() => (live ? startRealtime() : undefined), [live])

  const done = useCallback(async () => {
    await load()
    setExpired(false)
    for (const resolve of waiting.current.splice(0)) resolve(true)
  }, [load])

  const session = useMemo<Session | null>(() => {
    if (!info) return null
    const permissions = new Set(info.user.permissions)
    return {
      user: info.user, kept: !('csrf' in info), can: (permission) => permissions.has(permission),
      leave: async () => {
        await signOut().catch(() => undefined)
        eraseDrafts()
        eraseKept()
        client.clear()
        location.assign('/m')
      },
    }
  }, [info, client])

  if (out) return <SignInPage step={out.step} onDone={() => void done()} />
  if (!session || !info) return <main className="m-page">{problem ? <Trouble problem={problem} retry={() => void load()} /> : <Skeleton lines={6} />}</main>
  if ('csrf' in info && info.user.mustChangePassword) return <SignInPage step="changePassword" onDone={() => void done()} />
  return (
    <SessionContext.Provider value={session}>
      {children}
      {expired ? <div className="m-over" role="dialog" aria-modal="true"><SignInPage step="password" again={info.user.staffNo} onDone={() => void done()} /></div> : null}
    </SessionContext.Provider>
  )
}
