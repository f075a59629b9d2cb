// What a page of a site says: links of a list, title and text of a page, what its robots.txt lets us ask. Pure.
import { htmlToDoc } from '../documents/html-to-doc.ts'
import { plainText, type Doc } from '../document.ts'

export const AGENT = 'MinshengKnowledge'
const MOST_LINKS = 200

const plain = (html: string): string => plainText(htmlToDoc(html)).replaceAll(/\s+/g, ' ').trim()

/** `*` in a rule stands for anything; without it the rule is a part of the address. */
export function fitsRule(url: string, rule: string): boolean {
  let at = 0
  for (const part of rule.split('*').filter(Boolean)) {
    const found = url.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return true
}

/** Addresses of the same site that fit the rule, in their order, each once. */
export function linksOf(html: string, base: string, rule: string): { url: string; title: string }[] {
  const found = new Map<string, string>()
  const home = new URL(base)
  for (const [, quoted, bare, inner = ''] of html.matchAll(/<a\s(?:[^>]*?\s)?href\s*=\s*(?:["']([^"']+)["']|([^\s>"']+))[^>]*>([\s\S]{0,2000}?)<\/a>/gi)) {
    const href = (quoted ?? bare ?? '').replaceAll('&amp;', '&')
    if (!URL.canParse(href, base)) continue
    const url = new URL(href, base)
    url.hash = ''
    if (!/^https?:$/.test(url.protocol) || url.host !== home.host || url.href === home.href || !fitsRule(url.href, rule)) continue
    const title = plain(inner)
    if (!found.get(url.href)) found.set(url.href, title)
    if (found.size >= MOST_LINKS) break
  }
  return [...found].map(([url, title]) => ({ url, title }))
}

/** Title and text; without the marks, or where the page lacks them, the whole page counts. */
export function readPage(html: string, marks: { bodyFrom: string; bodyTo: string }): { title: string; doc: Doc; text: string; basis: string; from: boolean } {
  const heading = plain(/<h1[^>]*>([\s\S]{1,2000}?)<\/h1>/i.exec(html)?.[1] ?? '')
  const name = /<meta\s[^>]*name\s*=\s*["']ArticleTitle["'][^>]*content\s*=\s*["']([^"']+)/i.exec(html)?.[1] ?? /<title[^>]*>([\s\S]{1,500}?)<\/title>/i.exec(html)?.[1] ?? ''
  const title = (heading || plain(name).split(/\s*[-_|]\s*/)[0] || '').slice(0, 120)
  const start = marks.bodyFrom === '' ? 0 : html.indexOf(marks.bodyFrom)
  const at = start < 0 ? 0 : start
  const end = marks.bodyTo === '' ? -1 : html.indexOf(marks.bodyTo, at + marks.bodyFrom.length)
  // A mark that stands inside a tag is closed here.
  const part = html.slice(at, end < 0 ? undefined : end).replace(/^[^<]*?>/, (whole) => (whole.includes('<') ? whole : ''))
  const doc = htmlToDoc(part.replace(/<h1[^>]*>[\s\S]*?<\/h1>/i, '').replace(/<[^>]*$/, ''))
  const text = plainText(doc)
  return { title, doc, text, basis: /[\u4e00-\u9fa5]{1,8}(?:发|字|函|办|规|告)?〔\d{4}〕\s?\d{1,4}\s?号/.exec(text)?.[0] ?? '', from: start >= 0 }
}

export type Robots = { allows: (path: string) => boolean; delaySeconds: number }

/** Rules for us by name, else those for everybody; the longest rule that fits decides (RFC 9309). */
export function robotsOf(text: string): Robots {
  const groups: { agents: string[]; rules: { allow: boolean; path: string }[]; delay: number }[] = []
  let open = false
  for (const line of text.split(/\r?\n/).slice(0, 5000)) {
    const [, key = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*)/i.exec(line) ?? []
    const [name, said] = [key.toLowerCase(), value.trim()]
    if (name === 'user-agent') {
      if (!open) groups.push({ agents: [], rules: [], delay: 0 })
      groups.at(-1)?.agents.push(said.toLowerCase())
      open = true
    } else if (name === 'allow' || name === 'disallow') {
      open = false
      if (said !== '') groups.at(-1)?.rules.push({ allow: name === 'allow', path: said })
    } else if (name === 'crawl-delay') {
      open = false
      const group = groups.at(-1)
      if (group) group.delay = Math.min(60, Math.max(0, Number(said) || 0))
    }
  }
  const ours = groups.filter((group) => group.agents.some((agent) => agent !== '*' && AGENT.toLowerCase().startsWith(agent)))
  const held = ours.length > 0 ? ours : groups.filter((group) => group.agents.includes('*'))
  const rules = held.flatMap((group) => group.rules).toSorted((a, b) => b.path.length - a.path.length || Number(b.allow) - Number(a.allow))
  const fits = (path: string, rule: string): boolean => {
    const whole = rule.endsWith('$')
    const parts = rule.replace(/\$$/, '').split('*')
    let at = 0
    for (const [n, part] of parts.entries()) {
      const found = n === 0 ? (path.startsWith(part) ? 0 : -1) : whole && n === parts.length - 1 ? (path.endsWith(part) ? Math.max(at, path.length - part.length) : -1) : path.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return !whole || at === path.length
  }
  return { allows: (path) => rules.find((rule) => fits(path, rule.path))?.allow ?? true, delaySeconds: Math.max(0, ...held.map((group) => group.delay)) }
}
