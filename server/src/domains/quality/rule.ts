// Rules of inspection as data, and what they find in a call, a conversation or an order. Pure: the same object and rules give the same findings.
import { z } from 'zod'

const words = z.array(z.string().trim().min(1).max(40)).max(200).default([])
const speaker = z.enum(['agent', 'citizen', 'both']).default('agent')
export const orderFields = ['title', 'content', 'address', 'areaCode', 'matterId', 'categoryId', 'requesterName', 'phone', 'reply', 'replyBasis'] as const
export type OrderField = (typeof orderFields)[number]

export const lexicons = ['quality', 'sensitive'] as const

const conditions = {
  /** Words nobody should say; `most`: hits that count in one object. */
  forbidden: z.object({ kind: z.literal('forbidden'), words, speaker, most: z.number().int().min(1).max(20).default(3) }),
  /** One of the words must be said: at the beginning, at the end, or anywhere. */
  required: z.object({ kind: z.literal('required'), words, speaker, where: z.enum(['start', 'end', 'any']).default('any'), sentences: z.number().int().min(1).max(20).default(3) }),
  /** Phrases in this order. */
  sequence: z.object({ kind: z.literal('sequence'), words, speaker }),
  /** As forbidden, and the object goes to a person. */
  sensitive: z.object({ kind: z.literal('sensitive'), words, speaker: z.enum(['agent', 'citizen', 'both']).default('both'), grade: z.enum(['high', 'middle', 'low']).default('high') }),
  /** Words of the one store (QUA-03), found in other writings too; what a word's grade says goes before the rule's severity. */
  lexicon: z.object({ kind: z.literal('lexicon'), store: z.enum(lexicons).default('quality'), /** Of this category only; empty: all. */ category: z.string().trim().max(40).default(''), speaker, most: z.number().int().min(1).max(20).default(5) }),
  silence: z.object({ kind: z.literal('silence'), seconds: z.number().int().min(2).max(600).default(20), most: z.number().int().min(1).max(20).default(2) }),
  /** Characters a minute over a turn of at least so many characters. */
  rate: z.object({ kind: z.literal('rate'), perMinute: z.number().int().min(60).max(600).default(300), characters: z.number().int().min(5).max(500).default(24) }),
  /** The agent begins while the citizen still speaks. */
  interruption: z.object({ kind: z.literal('interruption'), overlapMs: z.number().int().min(100).max(10_000).default(600), times: z.number().int().min(1).max(20).default(2) }),
  length: z.object({ kind: z.literal('length'), minutes: z.number().int().min(1).max(240).default(15) }),
  /** A conversation: how long the citizen waited for an answer. */
  answer: z.object({ kind: z.literal('answer'), seconds: z.number().int().min(5).max(3600).default(90), most: z.number().int().min(1).max(20).default(3) }),
  field: z.object({ kind: z.literal('field'), field: z.enum(orderFields), test: z.enum(['filled', 'shorter', 'longer']).default('filled'), value: z.number().int().min(0).max(10_000).default(0) }),
  /** Numbers of identity cards or mobiles that stand open in a text. */
  openNumber: z.object({ kind: z.literal('openNumber'), field: z.enum(['title', 'content', 'reply']).default('content'), number: z.enum(['identity', 'mobile']).default('identity') }),
  /** A reply against its template: parts it must have, length. */
  reply: z.object({ kind: z.literal('reply'), parts: z.array(z.enum(['greets', 'basis', 'found', 'done', 'contact', 'thanks'])).max(6).default([]), characters: z.number().int().min(0).max(5000).default(0), words }),
  /** A time limit that was missed. */
  late: z.object({ kind: z.literal('late'), clocks: z.array(z.string().max(40)).max(10).default([]) }),
  returned: z.object({ kind: z.literal('returned'), times: z.number().int().min(1).max(20).default(2) }),
} as const
export const condition = z.discriminatedUnion('kind', [conditions.forbidden, conditions.required, conditions.sequence, conditions.sensitive, conditions.lexicon, conditions.silence, conditions.rate, conditions.interruption, conditions.length, conditions.answer, conditions.field, conditions.openNumber, conditions.reply, conditions.late, conditions.returned])
export type Condition = z.output<typeof condition>
export const ruleKinds = Object.keys(conditions) as (keyof typeof conditions)[] // keys of the literal above

export const severities = ['light', 'serious', 'fatal'] as const
export type Severity = (typeof severities)[number]
export const ruleDefinition = z.object({
  condition,
  /** Item of the sheet that loses points; a sheet without it takes the finding without points. */
  item: z.string().max(40),
  points: z.number().int().min(0).max(100),
  severity: z.enum(severities).default('light'),
  /** What the inspected person reads. */
  standard: z.string().trim().max(300).default(''),
})
export type RuleDefinition = z.output<typeof ruleDefinition>
export type LexiconHit = { word: string; category: string; grade: 'high' | 'medium' | 'low' | null; from: number; to: number }
/** `words` looks a text up in the store that a rule of kind `lexicon` names; given by `withLexicons`. */
export type Rule = { id: string; version: number; name: string; group: string; definition: RuleDefinition; words?: (text: string) => LexiconHit[] }

export type Sentence = { id: string; speaker: 'agent' | 'citizen'; startMs: number; endMs: number; text: string }
export type Subject = {
  sentences: readonly Sentence[]
  talkMs: number | null
  /** Of an order; empty for calls and conversations. */
  fields: Partial<Record<OrderField, string | null>>
  lateClocks: readonly { kind: string; text: string }[]
  returns: number
}
export type Finding = { rule: Rule; sentence: Sentence | null; atMs: number | null; field: string | null; quote: string; note: string }

const spoken = (subject: Subject, who: 'agent' | 'citizen' | 'both'): Sentence[] => subject.sentences.filter((one) => who === 'both' || one.speaker === who)
const wordIn = (text: string, list: readonly string[]): string | undefined => list.find((word) => text.includes(word))
const characters = (text: string): number => text.replaceAll(/[\s\p{P}]/gu, '').length
const seconds = (ms: number): number => Math.round(ms / 1000)
const partSigns = { greets: /(?:您好|你好)/, basis: /(?:根据|依据|按照|《[^》]+》)/, found: /(?:经(?:调查|核实|了解|查)|现场|实地|核查)/, done: /(?:已(?:经)?(?:完成|整改|修复|处理|办理|责令|安排|要求|恢复|清理|更换|补)|整改到位)/, contact: /(?:电话|联系)/, thanks: /(?:感谢|谢谢)/ } as const
export const partNames: Record<keyof typeof partSigns, string> = { greets: '称呼问候', basis: '依据', found: '核实情况', done: '处理结果', contact: '联系方式', thanks: '致谢' }
const numbers = { identity: /(?<!\d)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/, mobile: /(?<!\d)1[3-9]\d{9}(?!\d)/ }
export const fieldNames: Record<OrderField, string> = { title: '标题', content: '内容', address: '地址', areaCode: '区划', matterId: '事项', categoryId: '分类', requesterName: '诉求人', phone: '联系电话', reply: '答复', replyBasis: '处置依据' }

type Found = Omit<Finding, 'rule'> & { /** Where the place itself says how bad it is. */ severity?: Severity }
const at = (sentence: Sentence, note: string): Found => ({ sentence, atMs: sentence.startMs, field: null, quote: sentence.text.slice(0, 200), note })
const whole = (note: string, field: string | null = null, quote = ''): Found => ({ sentence: null, atMs: null, field, quote: quote.slice(0, 200), note })

function said(subject: Subject, list: readonly string[], who: 'agent' | 'citizen' | 'both', most: number, note: (word: string) => string): Found[] {
  return spoken(subject, who).flatMap((one) => { const word = wordIn(one.text, list); return word === undefined ? [] : [at(one, note(word))] }).slice(0, most)
}

/** A turn: sentences of one speaker with nobody between. */
function turns(sentences: readonly Sentence[]): Sentence[][] {
  const out: Sentence[][] = []
  for (const one of sentences) {
    const last = out.at(-1)
    if (last?.[0]?.speaker === one.speaker) last.push(one)
    else out.push([one])
  }
  return out
}

const finders: { [K in Condition['kind']]: (c: Extract<Condition, { kind: K }>, subject: Subject, words: NonNullable<Rule['words']>) => Found[] } = {
  forbidden: (c, s) => said(s, c.words, c.speaker, c.most, (word) => `说了“${word}”`),
  sensitive: (c, s) => [...said(s, c.words, c.speaker, 5, (word) => `敏感词“${word}”`), ...(['title', 'content', 'reply'] as const).flatMap((field) => { const text = s.fields[field] ?? ''; const word = wordIn(text, c.words); return word === undefined ? [] : [whole(`${fieldNames[field]}有敏感词“${word}”`, field, around(text, word))] })],
  lexicon(c, s, words) {
    const name = c.store === 'sensitive' ? '敏感词' : '质检关键词'
    const hits = (text: string): LexiconHit[] => words(text).filter((one) => c.category === '' || one.category === c.category)
    const found = (hit: LexiconHit, place: Found): Found => ({ ...place, ...(hit.grade === null ? {} : { severity: hit.grade === 'high' ? 'serious' as const : 'light' as const }) })
    const inFields = (['title', 'content', 'reply'] as const).flatMap((field) => {
      const text = s.fields[field] ?? ''
      return hits(text).map((hit) => found(hit, whole(`${fieldNames[field]}第 ${hit.from + 1} 字起有${name}“${hit.word}”`, field, text.slice(Math.max(0, hit.from - 20), hit.to + 20))))
    })
    return [...spoken(s, c.speaker).flatMap((one) => hits(one.text).map((hit) => found(hit, at(one, `${name}“${hit.word}”`)))), ...inFields].slice(0, c.most)
  },
  required(c, s) {
    const all = spoken(s, c.speaker)
    if (all.length === 0) return []
    const place = c.where === 'start' ? all.slice(0, c.sentences) : c.where === 'end' ? all.slice(-c.sentences) : all
    if (place.some((one) => wordIn(one.text, c.words) !== undefined)) return []
    const anchor = c.where === 'end' ? all.at(-1) : all[0]
    const note = `${c.where === 'start' ? '开头' : c.where === 'end' ? '结尾' : '全程'}没有说“${c.words.slice(0, 3).join('”“')}”`
    return [anchor ? at(anchor, note) : whole(note)]
  },
  sequence(c, s) {
    const all = spoken(s, c.speaker)
    let from = 0
    for (const word of c.words) {
      const next = all.findIndex((one, index) => index >= from && one.text.includes(word))
      if (next < 0) { const place = all[Math.min(from, all.length - 1)]; return place ? [at(place, `没有依次说到“${word}”`)] : [] }
      from = next
    }
    return []
  },
  silence(c, s) {
    const out: Found[] = []
    let before = 0
    for (const [index, one] of s.sentences.entries()) {
      const gap = one.startMs - before
      if (index > 0 && gap >= c.seconds * 1000) out.push({ ...at(one, `静默 ${seconds(gap)} 秒`), atMs: before })
      before = Math.max(before, one.endMs)
    }
    return out.slice(0, c.most)
  },
  rate: (c, s) => turns(s.sentences).flatMap((turn) => {
    const [first, last] = [turn[0], turn.at(-1)]
    if (!first || !last || first.speaker !== 'agent') return []
    const count = turn.reduce((sum, one) => sum + characters(one.text), 0)
    const perMinute = Math.round((count * 60_000) / Math.max(1, turn.reduce((sum, one) => sum + one.endMs - one.startMs, 0)))
    return count >= c.characters && perMinute > c.perMinute ? [at(first, `语速每分钟 ${perMinute} 字，上限 ${c.perMinute} 字`)] : []
  }).slice(0, 3),
  interruption(c, s) {
    const hits = s.sentences.filter((one, index) => one.speaker === 'agent' && s.sentences.slice(Math.max(0, index - 4), index).some((held) => held.speaker === 'citizen' && held.startMs < one.startMs && held.endMs - one.startMs >= c.overlapMs))
    return hits.length >= c.times ? hits.slice(0, 3).map((one) => at(one, `抢话 ${hits.length} 次`)) : []
  },
  length: (c, s) => (s.talkMs !== null && s.talkMs > c.minutes * 60_000 ? [whole(`通话 ${Math.ceil(s.talkMs / 60_000)} 分钟，超过 ${c.minutes} 分钟`)] : []),
  answer: (c, s) => s.sentences.flatMap((one, index) => {
    const before = s.sentences[index - 1]
    return one.speaker === 'agent' && before?.speaker === 'citizen' && one.startMs - before.endMs > c.seconds * 1000 ? [at(one, `${seconds(one.startMs - before.endMs)} 秒后才答复`)] : []
  }).slice(0, c.most),
  field(c, s) {
    const value = (s.fields[c.field] ?? '').trim()
    const name = fieldNames[c.field]
    if (c.test === 'filled') return value === '' ? [whole(`${name}未填`, c.field)] : []
    // What is not there at all is the matter of “filled”.
    if (c.test === 'shorter') return value !== '' && value.length < c.value ? [whole(`${name}只有 ${value.length} 字，应不少于 ${c.value} 字`, c.field, value)] : []
    return value.length > c.value ? [whole(`${name} ${value.length} 字，应不超过 ${c.value} 字`, c.field, value)] : []
  },
  openNumber(c, s) {
    const text = s.fields[c.field] ?? ''
    const hit = numbers[c.number].exec(text)
    // The number itself must not spread into findings.
    return hit ? [whole(`${fieldNames[c.field]}里留有${c.number === 'identity' ? '身份证号' : '手机号'}`, c.field, `${text.slice(Math.max(0, hit.index - 8), hit.index)}${hit[0].slice(0, 3)}****`)] : []
  },
  reply(c, s) {
    const text = (s.fields.reply ?? '').trim()
    if (text === '') return []
    const lacking = c.parts.filter((part) => !partSigns[part].test(text)).map((part) => partNames[part])
    const out: Found[] = lacking.length > 0 ? [whole(`答复缺少：${lacking.join('、')}`, 'reply', text)] : []
    if (characters(text) < c.characters) out.push(whole(`答复只有 ${characters(text)} 字，应不少于 ${c.characters} 字`, 'reply', text))
    const word = wordIn(text, c.words)
    if (word !== undefined) out.push(whole(`答复用了“${word}”`, 'reply', around(text, word)))
    return out
  },
  late: (c, s) => s.lateClocks.filter((one) => c.clocks.length === 0 || c.clocks.includes(one.kind)).map((one) => whole(one.text, 'clock')),
  returned: (c, s) => (s.returns >= c.times ? [whole(`退单 ${s.returns} 次`, 'returns')] : []),
}

const around = (text: string, word: string): string => { const i = text.indexOf(word); return text.slice(Math.max(0, i - 20), i + word.length + 20) }

/** Findings of all rules, in the order of the rules, earliest place first within one. */
export function inspect(subject: Subject, rules: readonly Rule[]): Finding[] {
  return rules.flatMap((rule) => {
    const { condition: c, severity: own } = rule.definition
    const find = finders[c.kind] as (c: Condition, s: Subject, words: NonNullable<Rule['words']>) => Found[] // each finder takes the condition of its own key
    // A fatal rule stays fatal, whatever the grade of the word.
    return find(c, subject, rule.words ?? (() => [])).map(({ severity, ...found }) => ({ rule: severity && own !== 'fatal' ? { ...rule, definition: { ...rule.definition, severity } } : rule, ...found }))
  })
}

/** An object that a person must see, whatever its score. */
export const isHighRisk = (findings: readonly Finding[]): boolean => findings.some(({ rule: { definition: d } }) => d.severity !== 'light' || (d.condition.kind === 'sensitive' && d.condition.grade === 'high'))
