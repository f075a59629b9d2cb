// Words of a list in a text, also written in full width, with signs or spaces between their characters. Pure.

/** What of a text is searched: letters and digits only, narrow and small; `at` gives the place of each in the text. */
function plainWithPlaces(text: string): { plain: string; at: number[] } {
  let plain = ''
  const at: number[] = []
  for (let from = 0; from < text.length;) {
    const size = (text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1
    for (const sign of text.slice(from, from + size).normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')) {
      plain += sign
      for (let i = 0; i < sign.length; i++) at.push(from)
    }
    from += size
  }
  return { plain, at }
}

/** What makes two writings one word. */
export const plainWord = (word: string): string => plainWithPlaces(word).plain

export type Entry = { word: string; excepts: readonly string[] }
export type Matcher<E extends Entry> = { byStart: Map<string, { plain: string; excepts: string[]; entry: E }[]> }
export type Hit<E extends Entry> = { entry: E; /** Place in the text, from and to. */ from: number; to: number }

export function matcherOf<E extends Entry>(entries: readonly E[]): Matcher<E> {
  const byStart: Matcher<E>['byStart'] = new Map()
  for (const entry of entries) {
    const plain = plainWord(entry.word)
    if (plain === '') continue
    const start = plain.slice(0, 1)
    byStart.set(start, [...(byStart.get(start) ?? []), { plain, excepts: entry.excepts.map(plainWord).filter((one) => one.includes(plain)), entry }])
  }
  return { byStart }
}

/** Every word at its first place; a word that stands only inside a longer harmless one is none. */
export function findWords<E extends Entry>(text: string, matcher: Matcher<E>): Hit<E>[] {
  const { plain, at } = plainWithPlaces(text)
  const found = new Map<E, Hit<E>>()
  for (let from = 0; from < plain.length; from++)
    for (const one of matcher.byStart.get(plain.charAt(from)) ?? []) {
      if (found.has(one.entry) || !plain.startsWith(one.plain, from)) continue
      const harmless = one.excepts.some((longer) => { const begin = plain.lastIndexOf(longer, from); return begin >= 0 && begin + longer.length >= from + one.plain.length })
      if (!harmless) found.set(one.entry, { entry: one.entry, from: at[from] ?? 0, to: (at[from + one.plain.length - 1] ?? 0) + 1 })
    }
  return [...found.values()].toSorted((a, b) => a.from - b.from)
}
