// Who is signed in. A lapsed session opens the sign-in over the page; what was typed stays where it is.
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { setGate } from '../api/http.ts'
import { asProblem } from '../api/problem.ts'
import type { Problem } from '../api/problem.ts'
import { startRealtime } from '../api/realtime.ts'
import { fetchSession, signOut } from '../api/session.ts'
import type { SessionInfo } from '../api/session.ts'
import { eraseDrafts, openDrafts } from '../ui/drafts.ts'
import { Empty } from '../ui/Empty.tsx'
import { setTimeZone } from '../ui/time.ts'
import { t as kit } from '../ui/texts.zh-CN.ts'
import { allowed } from './feature.ts'
import { SignInLayer, SignInPage } from './sign-in/SignIn.tsx'
import type { Step } from './sign-in/use-sign-in-steps.ts'

export type Session = SessionInfo & {
  can: (permission: string | string[] | undefined) => boolean
  permissionSet: ReadonlySet<string>
  leave: () => Promise<void>
  reload: () => Promise<void>
}

const SessionContext = createContext<Session | null>(null)

/** The signed-in person; only inside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside the session provider')
  return session
}

export function SessionProvider({ children }: { children: ReactNode }): ReactElement | null {
  const client = useQueryClient()
  const [info, setInfo] = useState<SessionInfo | null>(null)
  const [state, setState] = useState<'checking' | 'out' | 'in'>('checking')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [expired, setExpired] = useState(false)
  const [owed, setOwed] = useState<Step | undefined>(undefined)
  const current = useRef<SessionInfo | null>(null)
  const waiting = useRef<((ok: boolean) => void)[]>([])

  const load = useCallback(async () => {
    try {
      const next = await fetchSession()
      // somebody else signed in on the layer: nothing of the former person may stay on the page
      if (current.current && current.current.user.id !== next.user.id) return location.assign('/')
      current.current = next
      await openDrafts(next.user.id, next.draftKey)
      if (typeof next.features.timeZone === 'string') setTimeZone(next.features.timeZone)
      setInfo(next)
      setState('in')
      setProblem(null)
    } catch (error) {
      const caught = asProblem(error)
      if (caught.status === 401) {
        setOwed(caught.rule === 'totp' ? 'totp' : undefined)
        setState('out')
      } else setProblem(caught)
    }
  }, [])

  useEffect(() => {
    setGate({
      csrf: () => current.current?.csrf,
      refresh: load,
      signInAgain: () => {
        if (!current.current) return Promise.resolve(false)
        setExpired(true)
        return new Promise((resolve) => waiting.current.push(resolve))
      },
    })
    void load()
  }, [load])

  const done = useCallback(async () => {
    await load()
    setExpired(false)
    for (const resolve of waiting.current.splice(0)) resolve(true)
  }, [load])

  const signedIn = state === 'in'
  useEffect(() => (signedIn ? startRealtime() : undefined), [signedIn])

  const session = useMemo<Session | null>(() => {
    if (!info) return null
    const permissionSet = new Set(info.user.permissions)
    return {
      ...info,
      permissionSet,
      can: (permission) => allowed(permission, permissionSet),
      reload: load,
      leave: async () => {
        await signOut().catch(() => undefined)
        eraseDrafts()
        client.clear()
        location.assign('/')
      },
    }
  }, [info, load, client])

  if (state === 'out' && !session) return <SignInPage step={owed} onDone={() => void done()} />
  if (!session) return problem ? <Empty kind="failed" problem={problem} action={{ label: kit('retry'), run: () => void load() }} /> : null
  if (session.user.mustChangePassword) return <SignInPage step="changePassword" onDone={() => void done()} />
  return (
    <SessionContext.Provider value={session}>
      {children}
      {expired ? <SignInLayer userId={session.user.id} login={session.user.staffNo} onDone={() => void done()} /> : null}
    </SessionContext.Provider>
  )
}
