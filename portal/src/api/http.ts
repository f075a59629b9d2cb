// Requests of the portal: citizens are asked to sign in by the page, not by a layer.
import { createRequest, type Gate } from '../kit/http.ts'
import { learnServerTime, localNow } from '../kit/time.ts'
import './problem.ts'

export { newKey, type Method, type RequestOptions } from '../kit/http.ts'

type Session = {
  csrf: () => string | null
  /** The session ended elsewhere, or its token is not the one we hold: ask anew. */
  stale: () => Promise<void>
}

let session: Session = { csrf: () => null, stale: async () => {} }

/** The session installs itself here. */
export function setGate(next: Session): void {
  session = next
}

/** The CSRF token for requests that cannot go through `request` (upload with progress). */
export const csrfToken = (): string | null => session.csrf()

const gate: Gate = {
  csrf: () => session.csrf(),
  async refused(problem, attempt) {
    const csrf = problem.code === 'kernel.csrf'
    if (problem.status === 401 || csrf) await session.stale()
    return csrf && attempt === 0
  },
}

/** @throws Problem */
export const request = createRequest(() => gate, { localNow, learnServerTime })
