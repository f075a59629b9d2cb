// One polite request: says who asks, bounded in time and size, never to another site than the source's.
import { farRequest, NearAddress } from '../../../kernel/http/far-request.ts'
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
      const answer = await farRequest(url, { headers: { 'user-agent': `${AGENT}/1.0`, accept: 'text/html,text/plain;q=0.8' }, patienceMs: PATIENCE_MS, mostBytes: MOST_BYTES })
      const next = answer.location
      if (answer.status >= 300 && answer.status < 400 && next && URL.canParse(next, url)) {
        url = new URL(next, url).href
        if (new URL(url).host !== host) return { ok: false, gone: false, why: '转到了别的网站' }
        continue
      }
      if (answer.status === 404 || answer.status === 410) return { ok: false, gone: true, why: `网站答复 ${answer.status}` }
      if (answer.status < 200 || answer.status > 299) return { ok: false, gone: false, why: `网站答复 ${answer.status}` }
      return answer.body ? { ok: true, html: decode(answer.body) } : { ok: false, gone: false, why: '页面过大' }
    }
    return { ok: false, gone: false, why: '转向次数过多' }
  } catch (error) {
    return { ok: false, gone: false, why: error instanceof NearAddress ? '地址指向本机，不能采集' : error instanceof Error && error.name === 'TimeoutError' ? '网站没有按时答复' : '连接不上网站' }
  }
}

/** A site without the file allows everything; one that cannot be reached is not asked at all. */
export async function fetchRobots(address: string): Promise<Robots | { fault: string }> {
  const answer = await fetchPage(new URL('/robots.txt', address).href)
  return answer.ok ? robotsOf(answer.html) : answer.gone ? robotsOf('') : { fault: answer.why }
}
