// One polite request: says who asks, bounded in time and size, never to another site than the source's.
import { decode } from '../documents/read-document.ts'
import { AGENT, robotsOf, type Robots } from './pages.ts'

const PATIENCE_MS = 15_000
const MOST_BYTES = 3_000_000
const HOPS = 3

export type Fetched = { ok: true; html: string } | { ok: false; gone: boolean; why: string }

/** `gone`: the site answers that the page is no more (404, 410). */
export async function fetchPage(address: string): Promise<Fetched> {
  const host = new URL(address).host
  let url = address
  try {
    for (let hop = 0; hop <= HOPS; hop++) {
      const response = await fetch(url, { headers: { 'user-agent': `${AGENT}/1.0`, accept: 'text/html,text/plain;q=0.8' }, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
      const next = response.headers.get('location')
      if (response.status >= 300 && response.status < 400 && next && URL.canParse(next, url)) {
        url = new URL(next, url).href
        if (new URL(url).host !== host) return { ok: false, gone: false, why: '转到了别的网站' }
        continue
      }
      if (response.status === 404 || response.status === 410) return { ok: false, gone: true, why: `网站答复 ${response.status}` }
      if (!response.ok) return { ok: false, gone: false, why: `网站答复 ${response.status}` }
      const bytes = await bounded(response)
      return bytes ? { ok: true, html: decode(bytes) } : { ok: false, gone: false, why: '页面过大' }
    }
    return { ok: false, gone: false, why: '转向次数过多' }
  } catch (error) {
    return { ok: false, gone: false, why: error instanceof Error && error.name === 'TimeoutError' ? '网站没有按时答复' : '连接不上网站' }
  }
}

/** The body, or null as soon as it is longer than a page may be: what follows is not read. */
async function bounded(response: Response): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > MOST_BYTES) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** A site without the file allows everything; one that cannot be reached is not asked at all. */
export async function fetchRobots(address: string): Promise<Robots | null> {
  const answer = await fetchPage(new URL('/robots.txt', address).href)
  return answer.ok ? robotsOf(answer.html) : answer.gone ? robotsOf('') : null
}
