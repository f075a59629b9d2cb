// A question in Chinese → one question of the semantic layer. Words only: no model, no guess; what the catalogue does not have is refused.
import type { LocalDate } from '../../../kernel/time/index.ts'
import { periodBefore, type Comparison } from '../../data/index.ts'
import { addsTo, appealTypeWords, channelWords, dimensionWords, fast, generalWords, goesOn, high, indicatorWords, laterWords, low, rateOf, refusals, saysNothing, shareOf, shareWords, single, slow, unknownWords, wholeCity, whoWords } from './lexicon.zh-CN.ts'
import { membersIn, type Member, type Vocabulary } from './members.ts'
import { numberOf, namesNoDay, periodsIn, type Said } from './period-words.ts'

export type Understood = {
  indicators: string[]
  by: string[]
  where: { dimension: string; members: { name: string; keys: string[] }[] }[]
  from: LocalDate
  to: LocalDate
  compare: Comparison | null
  order: string | null
  limit: number | null
}
export type Refusal = 'unknownIndicator' | 'personalData' | 'notAQuestion' | 'forecast' | 'noSuchDay'
export type Parsed = { kind: 'query'; query: Understood } | { kind: 'refused'; reason: Refusal }

const MOST_INDICATORS = 3
const hide = (text: string, start: number, end: number): string => `${text.slice(0, start)}${'\u0003'.repeat(end - start)}${text.slice(end)}`

/** Without what was hidden at the end: a period or a word already read. */
const shown = (text: string): string => (text.endsWith('\u0001') || text.endsWith('\u0003') ? shown(text.slice(0, -1)) : text)

/** Signs as one writes them: half width, no spaces inside Chinese, 点 and commas kept as borders. */
export function normalise(text: string): string {
  return text.normalize('NFKC').replace(/截(?:至|止)(?:到)?(?:今天|今日|目前|现在|当前)[,，]?/g, '').replace(/(?<=[一-龥0-9、，。?？])\s+(?=[一-龥0-9])/g, '').replace(/TOP/gi, 'top').replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (y) => [...y].map((d) => '〇一二三四五六七八九'.indexOf(d === '零' ? '〇' : d)).join('')).replace(/元月/g, '1月').replace(/受里/g, '受理').replace(/(?<=工单|诉求|办结|受理)梁/g, '量').replace(/(?<=[满意联系办结解决响应退单答复超期签收])律/g, '率').trim()
}

const without = /(?:不算|不含|不包括|不要|不看|除了|除去|去掉|剔除)[^,，。;；、]{1,8}|[^,，。;；\p{Cc}]{1,6}(?:的)?不要了|把([^,，。]{1,10}?)(?=改作|改成|换成|改为)/gu

/** @param previous what the former question of the conversation came to */
export function parseQuestion(text: string, vocabulary: Vocabulary, today: LocalDate, previous: Understood | null): Parsed {
  const said = normalise(text)
  const { found: all, rest: unread } = membersIn(said, vocabulary)
  // Names of the catalogue before all else: 黑名单来电 asks for no list of persons, 重复诉求占比 is not what came in.
  const later = laterIn(unread, vocabulary)
  const whole = later.rest
  // 不算举报, 不看同比了, 把咨询改作求助: what is left out is not asked for.
  const left = [...whole.matchAll(without)].map((m) => { const part = m[1] ?? m[0]; return { start: m.index + m[0].indexOf(part), end: m.index + m[0].indexOf(part) + part.length } })
  const unnamed = left.reduce((text, l) => hide(text, l.start, l.end), whole)
  const found = all.filter((f) => !left.some((l) => f.start >= l.start && f.end <= l.end))
  // A name may hold words that mean something else: 拖欠工资 asks for nobody's pay.
  for (const [reason, words] of refusals) if (words.test(unnamed)) return { kind: 'refused', reason }
  if (namesNoDay(unnamed, today)) return { kind: 'refused', reason: 'noSuchDay' }
  const time = timeOf(unnamed, today)
  const members = [...found.map((f) => f.member)]
  const counted = indicatorsIn(time.rest, later.found)
  let rest = counted.rest
  for (const [dimension, words, names] of [['appealType', appealTypeWords, typeNames], ['channel', channelWords, channelNames]] as const) {
    for (const [code, word] of words) {
      const before = rest
      for (let m = word.exec(rest); m; m = word.exec(rest)) rest = hide(rest, m.index, m.index + m[0].length)
      if (rest !== before) members.push({ dimension, name: names[code] ?? code, keys: [code] })
    }
  }
  if (said.length > 0 && periodsIn(unnamed, today).some((p) => p.from > today)) return { kind: 'refused', reason: 'forecast' }
  const rank = rankIn(time.rest, rest)
  if (!rank && whoWords.test(unnamed)) return { kind: 'refused', reason: 'personalData' }
  const by = groupsIn(rest, members, rank !== null)
  const content = members.some((m) => ['matter', 'category', 'appealType', 'channel'].includes(m.dimension))
  const ofAll = counted.codes.every((code) => code === 'received') && parted.test(rest)
  // 各渠道占比: each group's part of what came in.
  const general = generalWords.test(rest) || content || (ofAll && by.length > 0)
  const explicit = counted.codes.length > 0
  if (counted.codes.every((code) => code === 'received') && (unknownWords.test(rest) || sharesUnknown(rest))) return { kind: 'refused', reason: 'unknownIndicator' }
  const again = explicit && previous !== null && counted.codes.every((code) => previous.indicators.includes(code)) && time.main === null
  const continues = previous !== null && (goesOn.test(said) || !explicit || again || (time.main === null && by.length === 0 && members.length === 0 && time.compare === null))
  const part = ofAll && by.length === 0 && !rank ? besideOthers({ codes: counted.codes, by, members, time, rank }) : { codes: counted.codes, by, members, time, rank }
  if (continues && previous) {
    if (!explicit && !time.main && !time.compare && by.length === 0 && members.length === 0 && !rank && !wholeCity.test(said) && !general) return { kind: 'refused', reason: 'notAQuestion' }
    return { kind: 'query', query: carriedOn(previous, part, said, general) }
  }
  if (!explicit && !general) return { kind: 'refused', reason: time.main || members.length > 0 || by.length > 0 ? 'unknownIndicator' : 'notAQuestion' }
  if (!explicit && !rank && members.length === 0 && by.length === 0 && !time.main && !time.compare && !/工单|诉求|多少件|几件|受理/.test(rest)) return { kind: 'refused', reason: 'notAQuestion' }
  return { kind: 'query', query: fresh(part, today) }
}

const typeNames: Record<string, string> = { consultation: '咨询', help: '求助', complaint: '投诉', report: '举报', suggestion: '建议', praise: '表扬' }
const channelNames: Record<string, string> = { phone: '电话', web: '网站', wechat: '微信' }

type Time = { main: Said | null; compare: Comparison | null; rest: string }
const base = /(?:vs\.?\s*|拿|比较?|较|跟|和|与|同|对比|相比|比起|相较于?|环比|相对于?|对照|往前|参照)(?:起)?(?:一下)?(?:的)?$/
const sure = /(?:vs\.?\s*|拿|比|较|跟|对比|相比|环比)(?:起)?(?:一下)?(?:的)?$/i
const compares = /掰扯|参照|参考|比|较|变化|增|减|涨|跌|多了|少了|多还是少|升|降|相差|差多少|提高|改善|放(?:在)?一起|缩短|追上|进步|退步|好转|变[好差]|差距|对照/
const lastYear = /同比|(?:跟|和|与|比|较|同|对比|相比)?(?:去年|上年)(?:的)?(?:同期|同一(?:时期|时段|期间|阶段)|同月|同季度?|同一天|这个时候|此时|这时候)|历史同期|一年前/
const previous = /环比|上一?期|前一?期|前一段(?:时间)?|前一(?:个)?(?:周|月|天|日|季度|年|星期)|之前的?(?:\d+|[一二两三四五六七八九十]+)(?:天|日|周|个月)|再往前(?:的)?(?:\d+|[一二两三四五六七八九十]+)?(?:天|日|周|个月)?|前(?:\d+|[一二两三四五六七八九十]+)(?:天|日)(?!内)|上上(?:个)?(?:周|月)|再上一?个?(?:周|月|季度|星期)|上个周期|是升是降|是涨是跌|是增是减|升还是降|涨还是跌|多了还是少了|升了还是降了/

/** The period asked for and the one it is compared with; a period after 比, 跟, 较 is the base. */
function timeOf(text: string, today: LocalDate): Time {
  let rest = text
  let compare: Comparison | null = null
  const year = lastYear.exec(rest)
  if (year) { compare = 'lastYear'; rest = hide(rest, year.index, year.index + year[0].length) }
  const before = compare ? null : previous.exec(rest)
  const said = periodsIn(before && !/^(?:上上|前一|再上)/.test(before[0]) ? hide(rest, before.index, before.index + before[0].length) : rest, today)
  if (before) compare = 'previous'
  for (const one of said) rest = hide(rest, one.start, one.end)
  if (before) rest = hide(rest, before.index, before.index + before[0].length)
  const based = said.filter((one) => (compares.test(text) ? base : said.length > 1 ? sure : /(?!)/).test(shown(text.slice(0, one.start))))
  const behind = before && /^(?:上上|前一|再上)/.test(before[0]) ? said.filter((one) => one.start >= before.index && one.start < before.index + before[0].length) : []
  const mains = said.filter((one) => !based.includes(one) && !behind.includes(one))
  let main = mains[0] ?? null
  const other = based[0] ?? null
  if (other && compare === null) {
    main ??= presentOf(other, today)
    compare = main && other.to < main.from && Number(main.from.slice(0, 4)) - Number(other.from.slice(0, 4)) === 1 && (other.unit === 'year' ? main.unit === 'year' : other.from.slice(5) === main.from.slice(5)) ? 'lastYear' : 'previous'
  } else if (other && compare && !main) main = other.unit === 'span' || compare === 'lastYear' ? other : presentOf(other, today)
  // 去年 against a whole year's beginning is last year's same days.
  if (compare === 'previous' && main && other?.unit === 'year' && main.unit === 'year') compare = 'lastYear'
  return { main, compare, rest }
}

/** The running period that a base without a partner is held against: 比上月 means this month. */
function presentOf(one: Said, today: LocalDate): Said {
  const word = { day: '今天', week: '本周', month: '本月', quarter: '本季度', year: '今年', span: '本月' }[one.unit]
  return periodsIn(word, today)[0] ?? one
}

type Spoken = { code: string; at: number }

/** Indicators that the words of old do not say: by their names in the catalogue, longest first, and by how people say them. */
function laterIn(text: string, { indicators = [] }: Vocabulary): { found: Spoken[]; rest: string } {
  const codes = new Set(indicators.map((one) => one.code))
  const old = new Set(indicatorWords.map(([code]) => code))
  const found: Spoken[] = []
  let rest = text
  const take = (code: string, at: number, length: number): void => { found.push({ code, at }); rest = hide(rest, at, at + length) }
  for (const { code, name } of indicators.filter((one) => !old.has(one.code) && one.name.length > 1).toSorted((a, b) => b.name.length - a.name.length)) for (let at = rest.indexOf(name); at >= 0; at = rest.indexOf(name)) take(code, at, name.length)
  for (const [code, phrase] of laterWords) if (codes.has(code)) for (let m = phrase.exec(rest); m; m = phrase.exec(rest)) take(code, m.index, m[0].length)
  return { found, rest }
}

/** 老年人占比: the share of something that is not counted here is no share of what came in. */
function sharesUnknown(rest: string): boolean {
  const thing = shareOf.exec(rest)?.[1]
  if (thing === undefined) return false
  const grouped = dimensionWords.reduce((text, { noun }) => text.replace(new RegExp(noun, 'g'), ''), thing.replace(/受理|诉求|工单/g, ''))
  return grouped.replace(generalWords, '').replace(saysNothing, '').length > 1
}
const parted = /占比|比重|百分比|占有率|所占比例|占(?:了|到)?(?:全部|总|多大|多少)/

/** Phrases that name an indicator, in the order they were said. */
function indicatorsIn(text: string, later: readonly Spoken[]): { codes: string[]; rest: string } {
  const found: Spoken[] = [...later]
  let rest = text
  for (const [code, phrase] of indicatorWords) {
    for (let m = phrase.exec(rest); m; m = phrase.exec(rest)) {
      found.push({ code, at: m.index })
      rest = hide(rest, m.index, m.index + m[0].length)
    }
  }
  const codes = [...new Set(found.toSorted((a, b) => a.at - b.at).map((f) => f.code))]
  // 受理 beside a more exact word only says which orders are meant.
  const exact = codes.filter((c) => c !== 'received')
  const both = /(?:受理|接件|工单量|诉求量|登记)[量数]?(?:、|和|与|以及|及|,|，|跟|还有)|(?:、|和|与|以及|及|,|，|跟|还有)(?:受理|工单量|诉求量)/.test(text)
  const plain = codes.includes('received') && exact.length > 0 && !both ? exact : codes
  // 回访下来不满意的: what people said in callbacks, not how many there were.
  const answered = plain.length > 1 && !/回访(?:量|数|件数)?(?:、|和|与|以及|及|还有)|(?:、|和|与|以及|及|还有)回访/.test(text) ? plain.filter((c) => c !== 'callbacks') : plain
  const one = answered.filter((c) => c !== 'callbacks')
  if (one.length === 1 && rateOf[one[0] ?? ''] && shareWords.test(rest) && !/(?:增|涨|升|降|跌|提高|减|多|少)(?:加|长|高|了)*(?:几成|百分之|几个)/.test(text)) return { codes: [rateOf[one[0] ?? ''] ?? ''], rest }
  return { codes: narrower(answered, /、|和|与|以及|及|还有|各|都|也/.test(text)).slice(0, MOST_INDICATORS), rest }
}

/** A rate said with the number it is made of is the rate; overdue ones said with those at hand are the overdue ones. */
const parts: Record<string, readonly string[]> = {
  overdueOpen: ['open'], signDue: ['signed', 'handlingDue'], signOnTimeRate: ['signOnTime', 'signed'], onTimeClosingRate: ['handlingOnTime', 'closed'], overdueRate: ['overdueOpen'], redoRate: ['redone'], returnRate: ['returnedOrders'], directAnswerRate: ['directAnswers'],
  handleTime: ['closed'], signTime: ['signed'], satisfiedRate: ['satisfied', 'dissatisfied'], solvedRate: ['solved'], responseRate: ['contacted'], contactRate: ['contactedTasks', 'dispatches'], firstResolutionRate: ['firstSolved', 'solved'], contactedTasks: ['dispatches'], redone: ['closed'],
}
function narrower(codes: string[], joined: boolean): string[] {
  const dropped = codes.flatMap((code) => (joined && code !== 'overdueOpen' && code !== 'signDue' ? [] : (parts[code] ?? [])))
  return codes.filter((code) => !dropped.includes(code))
}

const beside = /(?:各个?|每一?个?|按照?|分|逐个?|哪一?[个些几两俩三家条]?(?:个|家|条)?|哪[一二两俩三四五六七八九十\d]+个?|什么|不同|所有|下属的?|几个|[一二两俩三四五六七八九十\d]+(?:个|家|大|名|位|条|类)|(?:名|位|家|个|大|的|拆到|细到|到|俩|三|、|按))$/
const after = /^(?:的?(?:构成|结构|占比|排名|排行|分布|维度|分组|统计|汇总|对比|里|中|之间|来看|看|分|拆|列|top|前|后|倒数|谁|都|分别|各))/

/** Dimensions to group by. */
function groupsIn(unmarked: string, members: Member[], ranked: boolean): string[] {
  const by: { key: string; at: number }[] = []
  // 这个事项 means the one just named.
  const rest = unmarked.replace(/[这那该此](?:一)?(?:个|些|类|条|家)?(?=事项|单位|部门|区|县|街道|社区|镇|类|渠道)(?:事项|单位|部门|区|县|街道|社区|镇|类|渠道)/g, (m) => '\u0003'.repeat(m.length))
  let text = rest
  for (const { key, noun, alone } of dimensionWords) {
    for (const m of [...text.matchAll(new RegExp(noun, 'g'))]) {
      if (!alone && !beside.test(text.slice(0, m.index)) && !after.test(text.slice(m.index + m[0].length)) && !/^[各每哪什几]/.test(m[0])) continue
      by.push({ key, at: m.index })
      text = hide(text, m.index, m.index + m[0].length)
      break
    }
  }
  // Where something is ranked, the kind of thing that is named is what is ranked.
  if (ranked && by.length === 0) for (const { key, noun } of dimensionWords) { const m = noun.exec(text); if (m && by.length === 0) by.push({ key, at: m.index }) }
  const keys = by.toSorted((a, b) => a.at - b.at).map((b) => b.key)
  // Several members named side by side, each for itself.
  const several = Map.groupBy(members, (m) => m.dimension)
  if (/分别|各自|各是?(?:多少|几|有)?|对比|比一比|谁/.test(rest)) for (const [dimension, list] of several) if (list.length > 1 && !keys.includes(dimension)) keys.push(dimension)
  return [...new Set(keys)].filter((key) => key !== 'appealType' || members.filter((m) => m.dimension === 'appealType').length !== 1).slice(0, 2)
}

type Rank = { way: 'high' | 'low' | null; limit: number | null }
const N = '([0-9]{1,3}|[一二两俩三仨四五六七八九十]{1,3})'
const limits = [new RegExp(`(?:前|头|top ?|后|倒数前?|末尾?|垫底的?|排(?:在)?(?:最)?(?:前|后)(?:面)?的?)${N}(?!天|日|周|个?月|个?季度|年|轮)(?:名|位|个|家|条|项|大|强)?`), new RegExp(`(?:最[一-龥]{1,2}?|垫底|居前|靠前|靠后|领先|落后|打头|冒尖|拔尖|数一数二|倒数)的?(?:那|是)?(?:哪)?(?:前|后)?${N}(?:名|位|个|家|条|项|大|(?=[街社单区县事分类渠镇部]))`), new RegExp(`哪(?:几)?${N}(?:名|位|个|家|条|项|大)?`), new RegExp(`(?:取|列|给|看|要|只要|只看|报)(?:前|后|头|最[一-龥]{1,3}的?)?${N}(?:名|位|个|家|条|项)`)]

function rankIn(text: string, rest: string): Rank | null {
  const number = limits.map((l) => l.exec(rest) ?? l.exec(text)).find((m) => m !== null)
  const limit = number ? numberOf((number[1] ?? '').replace('仨', '三').replace('俩', '两')) : null
  const back = number !== undefined && number !== null && /后|倒数|末|垫底/.test(number[0])
  const way = low.test(text) || back || fast.test(text) ? 'low' : high.test(text) || slow.test(text) || (number && /前|头|top/.test(number[0])) ? 'high' : null
  if (way === null && limit === null) return null
  if (way === null) return null
  return { way, limit: limit !== null && Number.isFinite(limit) ? limit : single.test(text) && !/排名|排行|名次|排个|排一/.test(text) ? 1 : null }
}

/** 投诉占比: 投诉 beside the other types, so that its part can be read; more than one condition leaves no one whole. */
function besideOthers(part: Part): Part {
  const kinds = new Set(part.members.map((m) => m.dimension))
  return kinds.size === 1 ? { ...part, by: [...kinds], members: [] } : part
}

type Part = { codes: string[]; by: string[]; members: Member[]; time: Time; rank: Rank | null }
const TIMES = ['year', 'quarter', 'month', 'week', 'day', 'hour']
const PLACES = ['county', 'street', 'community']

function whereOf(members: readonly Member[]): Understood['where'] {
  return [...Map.groupBy(members, (m) => m.dimension)].map(([dimension, list]) => ({ dimension, members: [...new Set(list)].map(({ name, keys }) => ({ name, keys })) }))
}

function fresh({ codes, by, members, time, rank }: Part, today: LocalDate): Understood {
  const indicators = codes.length > 0 ? codes : ['received']
  // 各月 without a period: one month would be no comparison.
  const period = time.main ?? (by.includes('month') ? lastMonths(today) : periodsIn('本月', today)[0])
  // The share of hot events by themselves: each event beside the others.
  if (indicators.length === 1 && indicators[0] === 'hotEventShare' && by.length === 0 && !rank) return fresh({ codes: ['hotEventOrders'], by: ['hotEvent'], members, time, rank }, today)
  const groups = rank && by.length === 0 ? ['unit'] : by
  return { indicators, by: groups, where: whereOf(members), from: period?.from ?? today, to: period?.to ?? today, compare: time.compare, order: rank ? ordered(rank.way, indicators) : null, limit: rank?.limit ?? null }
}

/** Twelve calendar months with the running one. */
const lastMonths = (today: LocalDate): { from: LocalDate; to: LocalDate } => {
  const n = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - 11
  return { from: `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`, to: today }
}

const ordered = (way: Rank['way'], indicators: readonly string[]): string => `${way === 'low' ? '' : '-'}${indicators[0] ?? 'received'}`

/** What was said replaces its part of the former question; the rest stays. */
function carriedOn(before: Understood, { codes, by, members, time, rank }: Part, said: string, general: boolean): Understood {
  const adds = addsTo.test(said) && codes.length > 0
  const indicators = codes.length === 0 ? (general && /件数|多少件|几件|工单量|受理/.test(said) ? ['received'] : before.indicators) : adds ? [...new Set([...before.indicators, ...codes])].slice(0, MOST_INDICATORS) : codes
  const named = whereOf(members)
  const cleared = wholeCity.test(said) ? PLACES : []
  const where = [...before.where.filter((w) => !named.some((n) => n.dimension === w.dimension) && !cleared.includes(w.dimension)), ...named]
  // 按月看 after a ranking asks for the course, not for the highest months.
  const course = rank === null && by.some((key) => TIMES.includes(key))
  const way = course ? null : (rank?.way ?? (before.order === null ? null : before.order.startsWith('-') ? 'high' : 'low'))
  const limit = rank ? (rank.limit ?? before.limit) : before.limit
  const groups = by.length === 0 ? before.by : by
  return { indicators, by: groups, where, from: time.main?.from ?? before.from, to: time.main?.to ?? before.to, compare: time.compare ?? before.compare, order: way === null ? null : ordered(way, indicators), limit: way === null ? null : limit }
}

/** For chips and checks: the period compared with. */
export const comparedWith = (query: Understood): { from: LocalDate; to: LocalDate } | null => (query.compare ? periodBefore(query, query.compare) : null)
