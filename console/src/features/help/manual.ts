// The manuals of docs/zh as sections, and the search over them. Pure but for the texts, which are built in.
const sources = import.meta.glob<string>('../../../../docs/zh/*.md', { query: '?raw', import: 'default', eager: true })

export type Part = { heading: string; text: string }
export type Manual = { code: string; title: string; intro: string; parts: Part[] }

/** Cuts a manual at its `##` headings. */
export function cut(code: string, text: string): Manual {
  const [head = '', ...rest] = text.split(/^## /m)
  const title = /^# (.+)$/m.exec(head)?.[1]?.trim() ?? code
  return {
    code, title, intro: head.replace(/^# .+$/m, '').trim(),
    parts: rest.map((part) => {
      const end = part.indexOf('\n')
      return { heading: (end < 0 ? part : part.slice(0, end)).trim(), text: end < 0 ? '' : part.slice(end + 1).trim() }
    }),
  }
}

/** In the order in which people look: overview, the pages, the posts, running the installation. */
const order = ['README', 'pages', 'agent', 'shift-leader', 'reviewer', 'dispatcher', 'callback-agent', 'inspector', 'supervisor', 'handler', 'unit-leader', 'leader', 'administrator', 'auditor', 'citizen', 'operations']
const rank = (code: string): number => (order.includes(code) ? order.indexOf(code) : order.length)

export const manuals: Manual[] = Object.entries(sources)
  .map(([path, text]) => cut(path.slice(path.lastIndexOf('/') + 1, -3), text))
  .sort((a, b) => rank(a.code) - rank(b.code))

export type Hit = { code: string; title: string; heading: string; line: string }

/** Lines that hold all the words, sections whose heading holds them first. */
export function searchManuals(list: readonly Manual[], typed: string, most = 40): Hit[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word))
  const plain = (line: string): string => line.replace(/[*`#>|]|\[|\]\([^)]*\)/g, '').trim().replace(/^(-|\d+\.)\s+/, '')
  const byHeading: Hit[] = []
  const byLine: Hit[] = []
  for (const manual of list) {
    for (const part of [{ heading: '', text: manual.intro }, ...manual.parts]) {
      const lines = part.text.split('\n').map(plain).filter(Boolean)
      if (part.heading && has(part.heading)) byHeading.push({ code: manual.code, title: manual.title, heading: part.heading, line: lines[0] ?? '' })
      else for (const line of lines) if (has(line)) byLine.push({ code: manual.code, title: manual.title, heading: part.heading, line })
    }
  }
  return [...byHeading, ...byLine].slice(0, most)
}
