// The published text cut into passages with their words: written with the version, removed with its validity.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { searchTokens } from '../../../kernel/text/index.ts'
import { blocksOf } from '../document.ts'
import type { Content } from '../content.ts'
import { db } from '../items/item.queries.ts'

/** Short enough that its words fit the bound of `searchTokens`, long enough to be read as an excerpt. */
const LENGTH = 220

export type Passage = { part: 'title' | 'body' | 'file'; heading: string | null; fileId: string | null; text: string }

/** Whole sentences up to about 220 characters; a heading opens a new passage and names those below it. Pure. */
export function cutText(blocks: readonly { heading: boolean; text: string }[], part: 'body' | 'file' = 'body', fileId: string | null = null): Passage[] {
  const out: Passage[] = []
  let [heading, text]: [string | null, string] = [null, '']
  const close = (): void => {
    if (text.trim() !== '') out.push({ part, heading, fileId, text: text.trim() })
    text = ''
  }
  for (const block of blocks) {
    if (block.heading) { close(); heading = block.text.slice(0, 120) }
    else for (const piece of piecesOf(block.text)) {
      if (text.length + piece.length > LENGTH) close()
      text += (text === '' ? '' : '\n') + piece
    }
  }
  close()
  return out
}

/** Sentences; one that is too long by itself is cut hard. */
const piecesOf = (text: string): string[] => (text.match(/[^。！？；\n]+[。！？；\n]?/g) ?? []).flatMap((sentence) => (sentence.length <= LENGTH ? [sentence] : (sentence.match(/[\s\S]{1,200}/g) ?? []))).reduce<string[]>((list, sentence) => {
  const last = list.at(-1)
  if (last !== undefined && last.length + sentence.length <= LENGTH) list[list.length - 1] = last + sentence
  else list.push(sentence)
  return list
}, [])

/** What stands for the item as a whole: title, keywords, the ways it is asked for, summary, fields. */
export const headOf = (of: Content): string => [of.title, of.keywords.join(' '), of.wordings.join(' '), of.summary].filter(Boolean).join('\n')

export function passagesOf(of: Content): Passage[] {
  const fields = Object.values(of.fields).filter((value) => value !== '').map((text) => ({ heading: false, text }))
  const more = [of.basis, of.source, of.contact].filter(Boolean).map((text) => ({ heading: false, text }))
  return [{ part: 'title', heading: null, fileId: null, text: headOf(of) }, ...cutText([...blocksOf(of.body), ...fields, ...more])]
}

const MOST = 3000

export async function dropPassages(ctx: Ctx, itemId: string): Promise<void> {
  await db(ctx).deleteFrom('knowledge_passage').where('tenant_id', '=', ctx.tenantId).where('item_id', '=', itemId).execute()
}

/** Words of title and keywords weigh A and stand with every passage, so that words may be spread over title and text; headings B, the text D. */
export async function writePassages(ctx: Ctx, itemId: string, of: Pick<Content, 'title' | 'keywords'>, passages: readonly Passage[], from: number): Promise<void> {
  const name = searchTokens([of.title, of.keywords.join(' ')].join(' '))
  const rows = passages.slice(0, MOST).map((one, at) => ({ no: from + at, part: one.part, heading: one.heading, file_id: one.fileId, text: one.text, a: one.part === 'title' ? searchTokens(one.text) : name, b: searchTokens(one.heading ?? ''), d: one.part === 'title' ? [] : searchTokens(one.text) }))
  for (let at = 0; at < rows.length; at += 200)
    await sql`insert into knowledge_passage (tenant_id, item_id, no, part, heading, file_id, text, tokens)
      select ${ctx.tenantId}, ${itemId}, r.no, r.part, r.heading, r.file_id, r.text, setweight(array_to_tsvector(r.a), 'A') || setweight(array_to_tsvector(r.b), 'B') || setweight(array_to_tsvector(r.d), 'D')
      from jsonb_to_recordset(${JSON.stringify(rows.slice(at, at + 200))}::jsonb) as r(no int, part text, heading text, file_id uuid, text text, a text[], b text[], d text[])`.execute(ctx.db())
}
