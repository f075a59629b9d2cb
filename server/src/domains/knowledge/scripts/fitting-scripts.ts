// Which script the talk is about (AI-14): known by the words that its keepers gave it, with the steps that were already spoken.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { queryTokens, searchTokens } from '../../../kernel/text/index.ts'
import type { Content } from '../content.ts'
import { blocksOf, type DocNode } from '../document.ts'
import { usable, watcherOf } from '../items/item.policy.ts'
import { contentOf } from '../items/item.queries.ts'

export type FittingScript = { id: string; version: number; title: string; scene: string; /** Words of the talk by which it was found. */ why: string[]; steps: { text: string; done: boolean }[]; next: number | null }

const MOST_SCRIPTS = 500
const MOST_STEPS = 30
/** Of the words of a step that were said. */
const SPOKEN = 0.5

/** Items of lists are steps; without a list each paragraph is one. */
function stepsOf(of: Content): string[] {
  const listed: string[] = []
  const walk = (node: DocNode): void => {
    if (node.type === 'listItem') listed.push(blocksOf({ type: 'doc', content: [node] }).map((block) => block.text).join(' '))
    else node.content?.forEach(walk)
  }
  of.body.content.forEach(walk)
  return (listed.length > 0 ? listed : blocksOf(of.body).filter((block) => !block.heading).map((block) => block.text)).slice(0, MOST_STEPS)
}

/** Words by which a script is known: its keywords, its scene, the ways people ask, the telling words of its name. */
const signsOf = (of: Content): string[] => [...new Set([...of.keywords, ...(of.fields['scene'] ?? '').split(/[\s、,，;；]+/), ...of.wordings, ...queryTokens(of.title)].map((word) => word.trim().toLowerCase()).filter((word) => word.length >= 2))]

const wasSaid = (step: string, said: ReadonlySet<string>): boolean => {
  const words = searchTokens(step).filter((word) => word.length >= 2)
  return words.length > 0 && words.filter((word) => said.has(word)).length / words.length >= SPOKEN
}

/** Best first. `q` (typed by the agent) goes before what was heard. Only what is published, valid and meant for the actor. */
export async function fittingScripts(ctx: Ctx, of: { heard: string; said: string; q: string; limit: number }): Promise<FittingScript[]> {
  const { rows } = await sql<{ id: string; version: number; title: string; content: unknown }>`select i.id, v.number as version, i.title, v.content from knowledge_item i join knowledge_version v on v.tenant_id = i.tenant_id and v.item_id = i.id and v.number = i.version_number
    where i.tenant_id = ${ctx.tenantId} and i.type_code = 'script' and ${usable(await watcherOf(ctx))} order by i.published_at desc limit ${MOST_SCRIPTS}`.execute(ctx.db())
  const [text, typed] = [of.heard.normalize('NFKC').toLowerCase(), of.q.normalize('NFKC').toLowerCase()]
  const said = new Set(searchTokensOfAll(of.said))
  const scored = rows.map((row) => {
    const content = contentOf(row)
    const signs = signsOf(content)
    const why = typed !== '' ? [...signs, row.title.toLowerCase()].filter((word) => word.includes(typed) || typed.includes(word)) : signs.filter((word) => text.includes(word))
    return { row, content, why, score: why.reduce((sum, word) => sum + word.length, 0) }
  })
  return scored.filter((one) => one.score >= 2).toSorted((a, b) => b.score - a.score).slice(0, of.limit).map(({ row, content, why }) => {
    const steps = stepsOf(content).map((step) => ({ text: step, done: wasSaid(step, said) }))
    const next = steps.findIndex((step) => !step.done)
    return { id: row.id, version: row.version, title: row.title, scene: content.fields['scene'] ?? '', why: why.slice(0, 5), steps, next: next === -1 ? null : next }
  })
}

/** Of a long talk sentence by sentence: the bound of `searchTokens` is for one passage. */
const searchTokensOfAll = (text: string): string[] => text.split(/[\n。！？]/).flatMap((sentence) => searchTokens(sentence))
