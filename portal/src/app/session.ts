// Who is signed in, and the settings of the centre: both are queries that every page shares.
import { useEffect } from 'react'
import { call, type OutputOf } from '../api/call.ts'
import { setGate } from '../api/http.ts'
import { queryClient, useQueryOf } from '../api/queries.ts'
import { setTimeZone } from '../kit/time.ts'

type Session = OutputOf<'getPublicSession'>
export type Citizen = NonNullable<Session['citizen']>
export type PortalSettings = OutputOf<'portalSettings'>

const key = ['getPublicSession', {}] as const

setGate({
  csrf: () => queryClient.getQueryData<Session>(key)?.csrf ?? null,
  stale: async () => {
    await queryClient.fetchQuery({ queryKey: key, queryFn: () => call('getPublicSession'), staleTime: 0 }).catch(() => undefined)
  },
})

/** `undefined` while nobody knows yet, null when nobody is signed in. */
export function useCitizen(): Citizen | null | undefined {
  return useQueryOf('getPublicSession', {}, { staleTime: 5 * 60_000 }).data?.citizen
}

export function signedIn(answer: { csrf: string; citizen: Citizen }): void {
  const before = queryClient.getQueryData<Session>(key)
  queryClient.setQueryData<Session>(key, { serverTime: before?.serverTime ?? '', citizen: answer.citizen, csrf: answer.csrf })
  void queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'getPublicSession' && query.queryKey[0] !== 'portalSettings' })
}

export async function signOut(): Promise<void> {
  await call('publicSignOut', {})
  queryClient.setQueryData<Session>(key, { serverTime: '', citizen: null, csrf: null })
  queryClient.removeQueries({ predicate: (query) => ['listOwnOrders', 'getOwnOrder', 'ownOpenOrders'].includes(String(query.queryKey[0])) })
}

const HOTLINE = '12345'

/** The centre's settings; the hotline number is there before they are, and when they cannot be had. */
export function usePortal(): { settings: PortalSettings | undefined; hotline: string } {
  const settings = useQueryOf('portalSettings', {}, { staleTime: 10 * 60_000 }).data
  const zone = settings?.timeZone
  useEffect(() => {
    if (zone) setTimeZone(zone)
  }, [zone])
  return { settings, hotline: settings?.hotline ?? HOTLINE }
}
