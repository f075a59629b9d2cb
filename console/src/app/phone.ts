// Pages that have a version of their own for the phone: opened there (a link in an SMS or message), they lead to it.

const twins: readonly [page: RegExp, phone: string][] = [
  [/^\/cockpit\/?$/, '/m/cockpit'],
  [/^\/unit\/?$/, '/m'],
  // An order's number begins with its date.
  [/^\/orders\/(\d[\w-]*)$/, '/m/orders/$1'],
]

/** The phone's address of a console page; null where the phone has none. */
export function phoneTwin(path: string): string | null {
  const found = twins.find(([page]) => page.test(path))
  return found ? path.replace(...found) : null
}

const STAY = 'ms-desktop'

/** Whether this is a phone whose owner has not asked for the desktop (`?desktop`, kept for the tab). */
export function wantsPhone(search: string): boolean {
  if (new URLSearchParams(search).has('desktop')) sessionStorage.setItem(STAY, '1')
  return sessionStorage.getItem(STAY) === null && matchMedia('(max-width: 600px) and (pointer: coarse)').matches
}
