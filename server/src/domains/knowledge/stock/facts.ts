// What two texts say of the same thing, compared: fees, time limits, telephones, hours, dates (KNO-12). Pure: no model, each finding names both passages.
export type Text = { id: string; version: number; title: string; typeCode: string; matterIds: readonly string[]; areaCode: string | null; fields: Readonly<Record<string, string>>; /** Block by block. */ blocks: readonly string[] }
type Fact = { label: FactLabel; value: string; passage: string }
const factLabels = ['fee', 'limit', 'phone', 'hours', 'validity'] as const
export type FactLabel = (typeof factLabels)[number]
type Contradiction = { a: string; b: string; label: FactLabel; passageA: string; passageB: string }

const digits = '零一二三四五六七八九'
/** 十五 → 15, for the small numbers of limits and fees. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[一二三四五六七八九]?十[一二三四五六七八九]?/g, (word) => {
  const [tens = '', ones = ''] = word.split('十')
  return String((tens === '' ? 1 : digits.indexOf(tens)) * 10 + (ones === '' ? 0 : digits.indexOf(ones)))
}).replaceAll(/[一二三四五六七八九两](?=个?(?:工作日|小时|日|天|元))/g, (one) => (one === '两' ? '2' : String(digits.indexOf(one))))

const patterns: Record<FactLabel, RegExp> = {
  fee: /(?:收费|费用|工本费|手续费|标准|每[证件户次本])[^。；，]{0,12}?(?:免费|不收费|(\d+(?:\.\d+)?)\s*元)|免费办理|不收取?费用/g,
  limit: /(\d+)\s*个?(?:工作日|小时|日|天)(?:内|之内|以内|办结|办理完毕)/g,
  phone: /(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?!\d)/g,
  hours: /(?:工作日|周[一二三四五六日]至周[一二三四五六日])?\s*(?:上午)?\s*(\d{1,2}[:：]\d{2})\s*[-—至到~]\s*(\d{1,2}[:：]\d{2})/g,
  validity: /有效期(?:为|至)?\s*(\d+)\s*(?:年|个月|天)|截止(?:日期)?[为至到]?\s*(\d{4}年\d{1,2}月\d{1,2}日)/g,
}
/** A fee is none where it is free. */
const valueOf = (label: FactLabel, match: RegExpMatchArray): string => (label === 'fee' ? (match[1] ? `${Number(match[1])}元` : '免费') : label === 'phone' ? match[0].replaceAll('-', '') : match[0].replaceAll(/[\s:：]/g, '').replace(/之内|以内|办结|办理完毕/, '内'))

/** Facts by kind; the passage is the sentence they stand in. A telephone counts only where it is the only one. */
export function factsOf(text: Text): Fact[] {
  const found: Fact[] = []
  const sentences = [...text.blocks, ...Object.entries(text.fields).map(([key, value]) => `${key === 'fee' ? '收费标准：' : ''}${value}${key === 'limit' && /(?:日|天|小时)$/.test(value.trim()) ? '内' : ''}`)].flatMap((block) => block.split(/[。；\n]/)).map((one) => one.trim()).filter(Boolean)
  for (const sentence of sentences) {
    const read = plain(sentence)
    for (const label of factLabels) for (const match of read.matchAll(patterns[label])) found.push({ label, value: valueOf(label, match), passage: sentence.slice(0, 200) })
  }
  return factLabels.flatMap((label) => {
    const own = found.filter((fact) => fact.label === label)
    // Several different values in one text (by case, by district) cannot be held against one another.
    return new Set(own.map((fact) => fact.value)).size === 1 ? own.slice(0, 1) : []
  })
}

const gramsOf = (title: string): Set<string> => {
  const clean = title.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{P}]|怎么|如何|什么|办理|指南|须知|流程/gu, '')
  return new Set(Array.from({ length: Math.max(0, clean.length - 1) }, (_, at) => clean.slice(at, at + 2)))
}
const likeness = (a: Set<string>, b: Set<string>): number => {
  const shared = [...a].filter((gram) => b.has(gram)).length
  return shared === 0 ? 0 : shared / Math.min(a.size, b.size)
}
const LIKE = 0.6
/** With a matter in common names need to be less alike. */
const LIKE_SAME_MATTER = 0.3
const sameArea = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

/** A part of a name that very many texts have says nothing of what they are about. */
const COMMON = 300

/** Pairs that speak of one thing in one place and say different things of it; with `only`, pairs of that text. */
export function contradictions(texts: readonly Text[], only?: string): Contradiction[] {
  const read = texts.map((text) => ({ text, grams: gramsOf(text.title), facts: factsOf(text) })).filter((one) => one.facts.length > 0)
  const near = new Map<string, number[]>()
  for (const [at, one] of read.entries()) for (const key of [...one.grams, ...one.text.matterIds]) near.set(key, [...(near.get(key) ?? []), at])
  const found: Contradiction[] = []
  for (const [at, a] of read.entries()) {
    const candidates = new Set([...a.grams, ...a.text.matterIds].flatMap((key) => { const list = near.get(key) ?? []; return list.length > COMMON ? [] : list.filter((other) => other > at) }))
    for (const other of candidates) {
      const b = read[other]
      if (!b || (only !== undefined && a.text.id !== only && b.text.id !== only) || !sameArea(a.text.areaCode, b.text.areaCode)) continue
      const shared = a.text.matterIds.some((id) => b.text.matterIds.includes(id))
      if (likeness(a.grams, b.grams) < (shared ? LIKE_SAME_MATTER : LIKE)) continue
      for (const fact of a.facts) {
        const against = b.facts.find((one) => one.label === fact.label)
        if (against && against.value !== fact.value) found.push({ a: a.text.id, b: b.text.id, label: fact.label, passageA: fact.passage, passageB: against.passage })
      }
    }
  }
  return found
}
