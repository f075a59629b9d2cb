// Requests of the console: an expired session opens the sign-in layer, and the request goes on when the same person is back.
import { createRequest, type Gate } from '../../../portal/src/kit/http.ts'
import { learnServerTime, localNow } from '../ui/time.ts'

export { fillPath, newKey, queryString, type Method, type RequestOptions } from '../../../portal/src/kit/http.ts'

type Session = {
  csrf: () => string | undefined
  /** Opens the sign-in layer; resolves true when the same person is signed in again. */
  signInAgain: () => Promise<boolean>
  /** Fetches a fresh CSRF token. */
  refresh: () => Promise<void>
}

let session: Session = { csrf: () => undefined, signInAgain: async () => false, refresh: async () => {} }

/** The session provider installs itself here. */
export function setGate(next: Session): void {
  session = next
}

/** The CSRF token for requests that cannot go through `request` (upload with progress). */
export const csrfToken = (): string | undefined => session.csrf()

const gate: Gate = {
  csrf: () => session.csrf(),
  async refused(problem, attempt, options) {
    if (problem.status === 401 && !options.anonymous) return session.signInAgain()
    if (problem.code !== 'kernel.csrf' || attempt > 0) return false
    await session.refresh()
    return true
  },
}

/** @throws Problem */
export const request = createRequest(() => gate, { localNow, learnServerTime })
