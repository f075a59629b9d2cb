// HTML of a Word file or a web page into the nodes that an item may hold. Only known tags become nodes, everything else gives its
// text or nothing, so the result is safe whatever the input was. Pure.
import type { Doc, DocNode, Mark } from '../document.ts'

const silent = new Set(['script', 'style', 'noscript', 'template', 'head', 'svg', 'iframe', 'object', 'nav', 'form', 'select', 'button'])
const blocks: Record<string, DocNode['type']> = { p: 'paragraph', ul: 'bulletList', ol: 'orderedList', li: 'listItem', blockquote: 'blockquote', table: 'table', tr: 'tableRow', td: 'tableCell', th: 'tableHeader' }
const marks: Record<string, Mark> = { b: { type: 'bold' }, strong: { type: 'bold' }, i: { type: 'italic' }, em: { type: 'italic' }, u: { type: 'underline' }, s: { type: 'strike' }, del: { type: 'strike' } }
const holdsText = new Set<DocNode['type']>(['paragraph', 'heading'])
const children: Partial<Record<DocNode['type'], readonly DocNode['type'][]>> = { bulletList: ['listItem'], orderedList: ['listItem'], table: ['tableRow'], tableRow: ['tableCell', 'tableHeader'] }
const MAX_DEPTH = 10

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ldquo: '“', rdquo: '”', middot: '·', mdash: '—', hellip: '…' }
const unescape = (text: string): string => text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (whole, hex: string | undefined, dec: string | undefined, name: string | undefined) => {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole
  const code = hex !== undefined ? parseInt(hex, 16) : Number(dec)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
})

type Open = { tag: string; node: DocNode }

export function htmlToDoc(html: string): Doc {
  const root: DocNode = { type: 'blockquote', content: [] } // stands for the document while it is built
  const stack: Open[] = [{ tag: '', node: root }]
  let held: { tag: string; mark: Mark }[] = []
  const top = (): DocNode => stack.at(-1)?.node ?? root
  const push = (tag: string, node: DocNode): void => {
    const above = top()
    ;(above.content ??= []).push(node)
    stack.push({ tag, node })
  }
  const closeText = (): void => { if (holdsText.has(top().type)) stack.pop() }
  const close = (tag: string): void => {
    const at = stack.findLastIndex((open) => open.tag === tag)
    if (at > 0) stack.length = at
  }
  const open = (tag: string, node: DocNode): void => {
    closeText()
    if (stack.length > MAX_DEPTH) return
    // An item needs its list, a row its table: what stands alone is taken for its text.
    const needed = Object.entries(children).find(([, kinds]) => kinds.includes(node.type))
    if (needed && !children[top().type]?.includes(node.type)) {
      const at = stack.findLastIndex((one) => children[one.node.type]?.includes(node.type))
      if (at < 1) return
      stack.length = at + 1
    } else if (!needed && children[top().type]) return
    push(tag, node)
  }
  const say = (text: string): void => {
    const clean = unescape(text).replace(/\s+/g, ' ')
    if (clean.trim() === '' && !holdsText.has(top().type)) return
    if (!holdsText.has(top().type)) {
      if (children[top().type]) return
      push('', { type: 'paragraph', content: [] })
    }
    const inside = (top().content ??= [])
    if (clean.trim() === '' && inside.length === 0) return
    const own = held.map((one) => one.mark)
    inside.push({ type: 'text', text: clean, ...(own.length > 0 ? { marks: own } : {}) })
  }
  let quiet: string | null = null
  for (const [, comment, closing, name = '', attributes = '', text] of html.matchAll(/(<!--[\s\S]*?-->|<!\w[^>]*>)|<(\/?)([a-zA-Z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|([^<]+|<)/g)) {
    const tag = name.toLowerCase()
    if (comment !== undefined) continue
    if (quiet !== null) {
      if (closing && tag === quiet) quiet = null
    } else if (text !== undefined) say(text)
    else if (!closing && silent.has(tag) && !attributes.endsWith('/')) quiet = tag
    else if (tag === 'br') { if (holdsText.has(top().type)) (top().content ??= []).push({ type: 'hardBreak' }) }
    else if (tag === 'hr') { closeText(); if (!children[top().type]) (top().content ??= []).push({ type: 'horizontalRule' }) }
    else if (/^h[1-6]$/.test(tag)) {
      if (closing) close(tag)
      else if (!children[top().type]) open(tag, { type: 'heading', attrs: { level: Math.min(4, Math.max(2, Number(tag.slice(1)))) }, content: [] })
    } else if (marks[tag]) held = closing ? held.filter((one) => one.tag !== tag) : [...held.filter((one) => one.mark.type !== marks[tag]?.type), { tag, mark: marks[tag] }]
    else if (tag === 'a') {
      const href = unescape(/\shref\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1] ?? '')
      held = held.filter((one) => one.tag !== 'a')
      if (!closing && /^(https?:\/\/|mailto:|tel:)/i.test(href) && href.length <= 2000) held.push({ tag: 'a', mark: { type: 'link', attrs: { href } } })
    } else if (blocks[tag]) {
      if (closing) close(tag)
      else open(tag, { type: blocks[tag], content: [] })
    } else if (['div', 'section', 'article', 'title', 'dt', 'dd', 'body', 'main'].includes(tag)) closeText()
  }
  return { type: 'doc', content: tidy(root.content ?? []) }
}

/** Without empty nodes; cells and list items hold paragraphs at least. */
function tidy(nodes: DocNode[]): DocNode[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text' || node.type === 'hardBreak' || node.type === 'horizontalRule') return [node]
    const content = tidy(node.content ?? [])
    if (node.type === 'tableCell' || node.type === 'tableHeader') return [{ ...node, content: content.length > 0 ? content : [{ type: 'paragraph' as const }] }]
    return content.length > 0 ? [{ ...node, content }] : []
  })
}
