// Names of places, units, categories and matters inside a sentence: whole names, names without their city or kind, usual abbreviations.

export type Member = { dimension: string; name: string; keys: string[] }
export type Vocabulary = { /** The tenant's own place: 澜川市. */ place: string; members: readonly Member[]; /** What the tenant's catalogue can count. */ indicators?: readonly { code: string; name: string }[] }
export type Named = { member: Member; start: number; end: number }

/** What wins where one text names several things. */
const rank = ['unit', 'county', 'street', 'community', 'matter', 'category', 'appealType', 'channel']
const NOT_NAMES = new Set(['其他', '其他事项', '社区', '街道', '城市管理', '问题'])

type Alias = { text: string; member: Member; whole: boolean }

/** Names by which a member is found, longest first. Built once per vocabulary. */
function aliasesOf({ place, members }: Vocabulary): Alias[] {
  const all: Alias[] = []
  const short = place.replace(/市$/, '')
  for (const member of members) {
    const { name, dimension } = member
    if (NOT_NAMES.has(name)) continue
    const add = (text: string, whole: boolean): void => { if (text.length >= 2 && !NOT_NAMES.has(text)) all.push({ text, member, whole }) }
    add(name, true)
    if (dimension === 'unit' && name.startsWith(place)) {
      add(name.slice(place.length), true)
      add(`市${name.slice(place.length)}`, true)
      add(`${short}${name.slice(place.length)}`, true)
    }
    if (dimension === 'county' || dimension === 'street' || dimension === 'community') add(name.replace(/(?:区|县|街道|镇|乡|社区|村)$/, ''), false)
    if (dimension === 'category' && name.endsWith('问题') && name.length > 4) add(name.replace(/问题$/, ''), false)
  }
  const counts = Map.groupBy(all, (a) => a.text)
  // A shortened name that could mean two things means neither.
  return all.filter((a) => a.whole || new Set((counts.get(a.text) ?? []).map((b) => b.member)).size === 1).toSorted((a, b) => b.text.length - a.text.length || rank.indexOf(a.member.dimension) - rank.indexOf(b.member.dimension))
}

const kept = new WeakMap<Vocabulary, Alias[]>()

/** Everything named, longest names first; what is found is hidden from what follows. */
export function membersIn(text: string, vocabulary: Vocabulary): { found: Named[]; rest: string } {
  let aliases = kept.get(vocabulary)
  if (!aliases) kept.set(vocabulary, (aliases = aliasesOf(vocabulary)))
  const found: Named[] = []
  let rest = text
  const take = (start: number, length: number, member: Member): void => {
    found.push({ member, start, end: start + length })
    rest = `${rest.slice(0, start)}${'\u0002'.repeat(length)}${rest.slice(start + length)}`
  }
  const named = (some: readonly Alias[]): void => { for (const { text: alias, member } of some) for (let at = rest.indexOf(alias); at >= 0; at = rest.indexOf(alias)) take(at, alias.length, member) }
  named(aliases.filter((a) => a.member.dimension === 'unit'))
  // Before 医保, which is a category: 医保局 is a unit.
  for (const m of [...rest.matchAll(/[一-龥]{2,7}?(?:局|委|集团|公司|支队|政府)/g)]) {
    const [start, member] = abbreviated(m[0], m.index, vocabulary)
    if (member) take(start, m.index + m[0].length - start, member)
  }
  named(aliases.filter((a) => a.member.dimension !== 'unit'))
  return { found: found.toSorted((a, b) => a.start - b.start), rest }
}

/** 城管局 for 城市管理局: the signs in their order with the same last one; the longest such beginning that fits exactly one unit. */
function abbreviated(word: string, at: number, { members, place }: Vocabulary): [start: number, member: Member | null] {
  for (let from = 0; from <= word.length - 3; from++) {
    const text = word.slice(from)
    const fits = members.filter((m) => m.dimension === 'unit' && inOrder(text, m.name.replace(place, '').replace(/委员会$/, '委').replace(/人民政府$/, '政府')))
    const first = fits.toSorted((a, b) => a.name.length - b.name.length)[0]
    if (first) return [at + from, first]
  }
  return [at, null]
}

function inOrder(short: string, name: string): boolean {
  if (short[0] !== name[0] || short.at(-1) !== name.at(-1)) return false
  let at = 0
  for (const sign of name) if (sign === short[at]) at += 1
  return at === short.length
}
