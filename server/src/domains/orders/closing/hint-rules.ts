// Which items of the regulation's list an order may qualify for, by the words that stand in it. Pure.
import type { ExclusionItem } from './closing.settings.ts'

export type Kind = 'exclude' | 'shelve'
export type Hint = { kind: Kind; reasonClass: string; reason: string; because: string; source: 'rule' | 'history' }
/** A text of the order and how people call it. */
export type Part = { name: string; text: string }

const MOST_QUOTE = 120

/** The sentence that holds a word, shortened; only what stands in the order is ever quoted. */
function sentenceWith(text: string, word: string): string {
  const found = text.split(/(?<=[。！？；\n])/u).find((one) => one.includes(word))?.trim() ?? ''
  return found.length > MOST_QUOTE ? `${found.slice(0, MOST_QUOTE)}…` : found
}

/** Of what is declared as both, a hint proposes the weaker: shelving counts later. */
export const kindOf = (item: Pick<ExclusionItem, 'kind'>): Kind => (item.kind === 'exclude' ? 'exclude' : 'shelve')

/** One hint an item, by its first word that stands in the order. */
export function hintsIn(items: readonly ExclusionItem[], parts: readonly Part[]): Hint[] {
  return items.flatMap((item) => {
    for (const part of parts) {
      const word = item.words.find((one) => part.text.includes(one))
      if (word === undefined) continue
      const quoted = sentenceWith(part.text, word)
      return [{ kind: kindOf(item), reasonClass: item.name, reason: `${item.draft || item.name}。${part.name}：“${quoted}”`, because: `${part.name}中有“${word}”`, source: 'rule' as const }]
    }
    return []
  })
}
