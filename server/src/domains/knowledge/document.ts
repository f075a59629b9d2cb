// The text of an item as a tree of known nodes, never as HTML: what is not in this list cannot be stored, so nothing has to be
// cleaned when it is shown. The shape is that of the editor (TipTap / ProseMirror). Pure.
import { z } from 'zod'

export type Mark = { type: 'bold' | 'italic' | 'underline' | 'strike' } | { type: 'link'; attrs: { href: string } }
export type DocNode = { type: NodeType; attrs?: Record<string, string | number | null>; content?: DocNode[]; text?: string; marks?: Mark[] }
export type Doc = { type: 'doc'; content: DocNode[] }

const nodeTypes = ['paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'blockquote', 'table', 'tableRow', 'tableHeader', 'tableCell', 'horizontalRule', 'hardBreak', 'image', 'text'] as const
type NodeType = (typeof nodeTypes)[number]

/** Characters of text in one item, and depth of its tree. */
export const MAX_TEXT = 200_000
const MAX_NODES = 20_000
const MAX_DEPTH = 12

/** Web, mail, telephone, or a page of this system. */
const href = z.string().max(2000).refine((value) => /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i.test(value), '只能链接到网址、邮箱或电话')
const mark = z.union([z.object({ type: z.enum(['bold', 'italic', 'underline', 'strike']) }), z.object({ type: z.literal('link'), attrs: z.object({ href }) })])
const attrs = z.object({ level: z.number().int().min(1).max(4).optional(), start: z.number().int().min(1).max(9999).optional(), colspan: z.number().int().min(1).max(50).optional(), rowspan: z.number().int().min(1).max(200).optional(), /** Of an image: an attachment of the item, never an address. */
  fileId: z.uuid().optional(), alt: z.string().trim().max(200).optional() })

const node: z.ZodType<DocNode> = z.lazy(() => z.object({ type: z.enum(nodeTypes), attrs: attrs.optional(), content: z.array(node).optional(), text: z.string().max(MAX_TEXT).optional(), marks: z.array(mark).max(5).optional() })) as z.ZodType<DocNode> // zod gives attrs their own names

export const document: z.ZodType<Doc> = z
  .object({ type: z.literal('doc'), content: z.array(z.unknown()).max(MAX_NODES) })
  .refine((doc) => fits(doc), '正文过长或层次过深')
  .pipe(z.object({ type: z.literal('doc'), content: z.array(node) })) as z.ZodType<Doc>

/** Size and depth first: the recursive check is not run on what is too large. */
function fits(doc: { content: unknown[] }): boolean {
  let [nodes, text] = [0, 0]
  const walk = (value: unknown, depth: number): boolean => {
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) return false
    if (typeof value !== 'object' || value === null) return true
    if ('text' in value && typeof value.text === 'string' && (text += value.text.length) > MAX_TEXT) return false
    return !('content' in value && Array.isArray(value.content)) || value.content.every((child) => walk(child, depth + 1))
  }
  return doc.content.every((child) => walk(child, 1))
}

export const emptyDoc: Doc = { type: 'doc', content: [] }

/** Plain text as a document: blank lines part paragraphs. */
export function docOf(text: string): Doc {
  const parts = text.replaceAll('\r', '').split(/\n{2,}/).map((part) => part.trim()).filter(Boolean)
  return { type: 'doc', content: parts.map((part) => ({ type: 'paragraph', content: part.split('\n').flatMap((line, at): DocNode[] => [...(at > 0 ? [{ type: 'hardBreak' as const }] : []), ...(line === '' ? [] : [{ type: 'text' as const, text: line }])]) })) }
}

const inline = (of: DocNode): string => (of.type === 'text' ? (of.text ?? '') : of.type === 'hardBreak' ? '\n' : (of.content ?? []).map(inline).join(''))

export type Block = { heading: boolean; text: string }

/** The text block by block, a table row in one: what is compared, cut into passages and read aloud. */
export function blocksOf(doc: Doc): Block[] {
  const out: Block[] = []
  const walk = (of: DocNode, prefix: string): void => {
    if (of.type === 'tableRow') out.push({ heading: false, text: (of.content ?? []).map((cell) => textOf(cell)).join(' | ') })
    else if (of.type === 'image') out.push({ heading: false, text: of.attrs?.alt ? `［图］${of.attrs.alt}` : '' })
    else if (of.type === 'paragraph' || of.type === 'heading') out.push({ heading: of.type === 'heading', text: prefix + inline(of) })
    else if (of.type === 'orderedList') (of.content ?? []).forEach((item, at) => walkAll(item, `${Number(of.attrs?.start ?? 1) + at}. `))
    else if (of.type === 'bulletList') (of.content ?? []).forEach((item) => walkAll(item, '· '))
    else walkAll(of, prefix)
  }
  const walkAll = (of: { content?: DocNode[] }, prefix: string): void => (of.content ?? []).forEach((child, at) => walk(child, at === 0 ? prefix : ''))
  walkAll(doc, '')
  return out.map((block) => ({ ...block, text: block.text.trim() })).filter((block) => block.text !== '')
}

const textOf = (of: DocNode): string => (of.type === 'paragraph' || of.type === 'text' ? inline(of) : (of.content ?? []).map(textOf).join(' ')).trim()

/** Attachments that stand in the text as pictures. */
export function imageIds(doc: Doc): Set<string> {
  const found = new Set<string>()
  const walk = (of: DocNode): void => {
    if (of.type === 'image' && typeof of.attrs?.fileId === 'string') found.add(of.attrs.fileId)
    of.content?.forEach(walk)
  }
  doc.content.forEach(walk)
  return found
}

/** For readers who cannot open the owner's files: what a picture shows, in words. */
export function withoutImages(doc: Doc): Doc {
  const walk = (of: DocNode): DocNode => (of.type === 'image' ? { type: 'paragraph', content: [{ type: 'text', text: `［图］${String(of.attrs?.alt ?? '')}` }] } : { ...of, ...(of.content ? { content: of.content.map(walk) } : {}) })
  return { ...doc, content: doc.content.map(walk) }
}

/** The whole text, a block a line. */
export const plainText = (doc: Doc): string => blocksOf(doc).map((block) => block.text).join('\n')

/** The same document with every text changed. */
export function mapText(doc: Doc, change: (text: string) => string): Doc {
  const walk = (of: DocNode): DocNode => ({ ...of, ...(of.text === undefined ? {} : { text: change(of.text) }), ...(of.content ? { content: of.content.map(walk) } : {}) })
  return { ...doc, content: doc.content.map(walk) }
}
