// Rules that read the one word store get its words here; a word that is only proposed, or out of its days, is not among them.
import type { Ctx } from '../../kernel/ctx.ts'
import { wordFinder } from '../platform/index.ts'
import type { Rule } from './rule.ts'

/** The rules, those of kind `lexicon` with what looks a text up. The store is asked once, however many texts follow. */
export async function withLexicons<R extends Rule>(ctx: Ctx, rules: readonly R[]): Promise<R[]> {
  return Promise.all(rules.map(async (rule) => (rule.definition.condition.kind === 'lexicon' ? { ...rule, words: await wordFinder(ctx, [rule.definition.condition.store]) } : rule)))
}
