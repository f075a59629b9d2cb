// A template as a Word file and back: words are edited in Word, what is counted stands there as a mark and keeps its definition.
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { documentTypes, readWord, writeDocument, type Block, type WordPart } from '../../kernel/documents/index.ts'
import type { Input, Output, RawExchange } from '../../kernel/http/route.ts'
import { fileContent } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { reportsFail } from './reports.errors.ts'
import { sectionKeys, template, type SectionKey, type Template, type TemplateBlock } from './template.ts'
import { allTemplates } from './templates.ts'
import { sectionNames, wordTexts as w } from './texts.zh-CN.ts'

const MOST_FILE = 10 * 1024 * 1024
const MOST_SENTENCE = 2000
const marked = /^〔(.+?)〕$/
type Counted = Extract<TemplateBlock, { kind: 'data' | 'orders' | 'scores' }>
const counted = (b: TemplateBlock): b is Counted => b.kind === 'data' || b.kind === 'orders' || b.kind === 'scores'
const markOf = (b: Counted): string => `〔${w.counted}${b.title}〕`

function blocksOf(b: TemplateBlock): Block[] {
  if (b.kind === 'heading') return [{ kind: 'heading', level: 2, text: b.text }]
  if (b.kind === 'note') return [{ kind: 'paragraph', runs: [`〔${w.note}〕${b.text}`] }]
  if (b.kind === 'text') return [{ kind: 'paragraph', indent: true, runs: b.sentences.map((s) => s.text) }]
  return [{ kind: 'paragraph', runs: [markOf(b)] }]
}

/** The template in Word, with its placeholders and marks. */
export async function downloadTemplate(ctx: Ctx, input: Input<typeof contract.templateFileRoute>, { reply }: RawExchange): Promise<Record<string, never>> {
  authorize(ctx, 'reports.write')
  const held = (await allTemplates(ctx)).get(input.code)
  const one = can(ctx, 'reports.manage') ? (held?.draft ?? held?.shown) : held?.state === 'published' ? held.shown : undefined
  if (!one) throw reportsFail('unknownTemplate')
  const bytes = await writeDocument({ title: one.title, subtitle: w.subtitle, blocks: sectionKeys.flatMap((key): Block[] => (one.sections[key].length === 0 ? [] : [{ kind: 'heading', level: 1, text: `〔${sectionNames[key]}〕` }, ...one.sections[key].flatMap(blocksOf)])) }, 'docx')
  await reply.headers({ 'content-type': documentTypes.docx, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${one.name}.docx`).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`, 'x-content-type-options': 'nosniff' }).send(bytes)
  return {}
}

/** The words of a file as the sections of a template; marks get back what they stood for in the template they came from. Pure. */
export function sectionsOf(parts: readonly WordPart[], from: Template | null): { sections: Template['sections']; title: string; lost: string[] } {
  const sections: Template['sections'] = { header: [], lead: [], body: [], summary: [], tail: [] }
  const old = new Map((from ? sectionKeys.flatMap((key) => from.sections[key]) : []).filter(counted).map((b) => [markOf(b), b]))
  const sentences = new Map((from ? sectionKeys.flatMap((key) => from.sections[key]) : []).flatMap((b) => (b.kind === 'text' ? [[b.sentences.map((s) => s.text).join(''), b] as const] : [])))
  const lost: string[] = []
  let at: SectionKey = 'body'
  let title = ''
  for (const part of parts) {
    const section = sectionKeys.find((key) => part.text === `〔${sectionNames[key]}〕`)
    if (section) { at = section; continue }
    // The first heading is the title of the paper; what Word shows under it is ours.
    if (title === '' && at === 'body' && sections.body.length === 0 && part.kind !== 'row') { title = part.text; continue }
    if (part.text === w.subtitle) continue
    const held = old.get(part.text)
    if (held) sections[at].push(held)
    else if (marked.test(part.text)) lost.push(part.text)
    else if (part.text.startsWith(`〔${w.note}〕`)) sections[at].push({ kind: 'note', text: part.text.slice(w.note.length + 2, 500) })
    else if (part.kind === 'heading') sections[at].push({ kind: 'heading', text: part.text.slice(0, 60) })
    // An unchanged paragraph keeps the conditions of its sentences.
    else sections[at].push(sentences.get(part.text) ?? { kind: 'text', sentences: cut(part.text).map((text) => ({ text })) })
  }
  return { sections, title, lost }
}

const cut = (text: string): string[] => Array.from({ length: Math.ceil(text.length / MOST_SENTENCE) }, (_, i) => text.slice(i * MOST_SENTENCE, (i + 1) * MOST_SENTENCE))

/** A file into the editor; nothing is kept before it is saved. @throws reports.word when it is no Word file */
export async function readTemplateWord(ctx: Ctx, input: Input<typeof contract.readWordRoute>): Promise<Output<typeof contract.readWordRoute>> {
  authorize(ctx, 'reports.manage')
  const file = await fileContent(ctx, input.fileId)
  if (!/\.docx$/i.test(file.name)) throw reportsFail('word', { params: { reason: '只能上传 Word 文件（docx），旧的 doc 请另存为 docx' } })
  if (file.size > MOST_FILE) throw reportsFail('word', { params: { reason: '文件超过 10 MB' } })
  const held = input.code === undefined ? undefined : (await allTemplates(ctx)).get(input.code)
  if (input.code !== undefined && !held) throw reportsFail('unknownTemplate')
  const from = held?.draft ?? held?.shown ?? null
  const chunks: Buffer[] = []
  for await (const chunk of await file.open()) chunks.push(chunk as Buffer)
  const read = await readWord(Buffer.concat(chunks)).catch((error: unknown) => { throw reportsFail('word', { params: { reason: error instanceof Error ? error.message : '' } }) })
  const { sections, title, lost } = sectionsOf(read.parts, from)
  const name = file.name.replace(/\.docx$/i, '').slice(0, 40)
  const definition = template.safeParse(from ? { ...from, sections } : { code: input.newCode, name, kind: 'periodic', category: w.category, cycle: 'month', title: (title || name).slice(0, 60), sections })
  if (!definition.success) throw reportsFail('word', { params: { reason: '内容超过模板的限度（每段最多 40 块，每块最多 30 句）' } })
  return { definition: definition.data, lost: [...lost, ...(read.pictures > 0 ? [w.pictures(read.pictures)] : [])] }
}
