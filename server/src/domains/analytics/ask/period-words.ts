// Periods as people say them, with the place in the sentence; the tenant's own day is today.
import { addDays, dayOfWeek, isLocalDate, type LocalDate } from '../../../kernel/time/index.ts'

export type Said = { from: LocalDate; to: LocalDate; start: number; end: number; unit: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'span' }

const digits: Record<string, number> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }

/** 十五 → 15, 三十 → 30, 7 → 7; NaN where it is no number below a thousand. */
export function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const hundred = text.indexOf('百')
  if (hundred >= 0) return (digits[text.slice(0, hundred)] ?? 1) * 100 + (hundred === text.length - 1 ? 0 : numberOf(text.slice(hundred + 1).replace(/^零/, '')))
  const ten = text.indexOf('十')
  if (ten < 0) return text.length === 1 ? (digits[text] ?? Number.NaN) : Number.NaN
  return (ten === 0 ? 1 : (digits[text.slice(0, ten)] ?? Number.NaN)) * 10 + (ten === text.length - 1 ? 0 : (digits[text.slice(ten + 1)] ?? Number.NaN))
}

const pad = (n: number): string => String(n).padStart(2, '0')
const date = (y: number, m: number, d: number): LocalDate => `${y}-${pad(m)}-${pad(d)}`
const lastDay = (y: number, m: number): LocalDate => addDays(m === 12 ? date(y + 1, 1, 1) : date(y, m + 1, 1), -1)
const N = '([0-9]{1,3}|[一二两三四五六七八九十百]{1,4})'
const M = '([0-9]{1,2}|[一二三四五六七八九十]{1,3})'

type Rule = [pattern: RegExp, unit: Said['unit'], resolve: (m: RegExpExecArray, today: LocalDate) => [from: LocalDate, to: LocalDate] | null]

const year = (today: LocalDate): number => Number(today.slice(0, 4))
const month = (today: LocalDate): number => Number(today.slice(5, 7))
const monday = (today: LocalDate): LocalDate => addDays(today, -((dayOfWeek(today) + 6) % 7))
const cut = (from: LocalDate, to: LocalDate, today: LocalDate): [LocalDate, LocalDate] => [from, to > today && from <= today ? today : to]
const quarter = (y: number, q: number): [LocalDate, LocalDate] => [date(y, q * 3 - 2, 1), lastDay(y, q * 3)]
const quarterOf = (today: LocalDate): number => Math.ceil(month(today) / 3)
/** Named without a year: this year's, last year's if still to come. */
const yearOf = (said: string | undefined, m: number, today: LocalDate): number => (said === undefined || said === '' ? (m > month(today) ? year(today) - 1 : year(today)) : said.startsWith('去') || said.startsWith('上') ? year(today) - 1 : said.startsWith('前') ? year(today) - 2 : said.startsWith('今') || said.startsWith('本') ? year(today) : Number(said.replace(/\D/g, '')))
const Y = '((?:20[0-9]{2})年?|今年|去年|前年|本年|上年)?(?:的)?'
const D = '([0-9]{1,2}|[一二三四五六七八九十]{1,3})'
const to = '(?:到|至|-|—|–|~|～|看到|一直到)'

const rules: readonly Rule[] = [
  [/(?<![\d.])(\d{1,2})[./](\d{1,2})\s*(?:到|至|-|—|–|~|～)+\s*(?:(\d{1,2})[./])?(\d{1,2})(?![\d%])/, 'span', (m, t) => { const a = Number(m[1]); const b = Number(m[3] ?? m[1]); const y = yearOf(undefined, a, t); return a > 12 || b > 12 ? null : [date(y, a, Number(m[2])), date(b < a ? y + 1 : y, b, Number(m[4]))] }],
  [new RegExp(`${Y}${M}月${D}[日号]?(?:以来|(?:到|至|起到)(?:今天|现在|目前|今|如今))`), 'span', (m, t) => [date(yearOf(m[1], numberOf(m[2] ?? ''), t), numberOf(m[2] ?? ''), numberOf(m[3] ?? '')), t]],
  [new RegExp(`${Y}${M}月(?:份)?(上|中|下)旬`), 'span', (m, t) => { const a = numberOf(m[2] ?? ''); const y = yearOf(m[1], a, t); return cut(date(y, a, m[3] === '上' ? 1 : m[3] === '中' ? 11 : 21), m[3] === '上' ? date(y, a, 10) : m[3] === '中' ? date(y, a, 20) : lastDay(y, a), t) }],
  [/(20\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?\s*(?:到|至|-|—|–|~|～)+\s*(?:(20\d{2})[-./年])?(?:(\d{1,2})[-./月])?(\d{1,2})[日号]?/, 'span', (m) => [date(Number(m[1]), Number(m[2]), Number(m[3])), date(Number(m[4] ?? m[1]), Number(m[5] ?? m[2]), Number(m[6]))]],
  [/(20\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?/, 'day', (m) => { const one = date(Number(m[1]), Number(m[2]), Number(m[3])); return [one, one] }],
  [new RegExp(`${Y}${M}月${D}[日号]?${to}(?:${M}月)?${D}[日号]`), 'span', (m, t) => { const a = numberOf(m[2] ?? ''); const b = m[4] ? numberOf(m[4]) : a; const y = yearOf(m[1], a, t); return [date(y, a, numberOf(m[3] ?? '')), date(b < a ? y + 1 : y, b, numberOf(m[5] ?? ''))] }],
  [new RegExp(`${Y}${M}月${D}[日号]`), 'day', (m, t) => { const a = numberOf(m[2] ?? ''); const one = date(yearOf(m[1], a, t), a, numberOf(m[3] ?? '')); return [one, one] }],
  [new RegExp(`${Y}${M}月?份?${to}${M}月份?`), 'span', (m, t) => { const [a, b] = [numberOf(m[2] ?? ''), numberOf(m[3] ?? '')]; const y = yearOf(m[1], a, t); return cut(date(y, a, 1), lastDay(b < a ? y + 1 : y, b), t) }],
  [new RegExp(`${Y}前([二两三23])个?季度`), 'span', (m, t) => cut(date(yearOf(m[1], 1, t), 1, 1), lastDay(yearOf(m[1], 1, t), numberOf(m[2] ?? '') * 3), t)],
  [new RegExp(`${Y}(?:第)?([一二三四1-4])季度(?:到(?:今天|现在|目前))?`), 'quarter', (m, t) => { const q = numberOf(m[2] ?? ''); return cut(...quarter(yearOf(m[1], q * 3 - 2, t), q), t) }],
  [new RegExp(`${Y}(上|下)半年`), 'span', (m, t) => { const y = yearOf(m[1], m[2] === '上' ? 1 : 7, t); return m[2] === '上' ? cut(date(y, 1, 1), date(y, 6, 30), t) : cut(date(y, 7, 1), date(y, 12, 31), t) }],
  [new RegExp(`${Y}(?<![0-9个近过去头前后])${M}月份?(?!内)`), 'month', (m, t) => { const a = numberOf(m[2] ?? ''); if (!(a >= 1 && a <= 12)) return null; const y = yearOf(m[1], a, t); return cut(date(y, a, 1), lastDay(y, a), t) }],
  [/(?:从)?(?:本?周一|这周一|星期一)(?:到|至)(?:现在|今天|目前)/, 'week', (_m, t) => [monday(t), t]], [/上上(?:个)?(?:周|星期|礼拜)/, 'week', (_m, t) => [addDays(monday(t), -14), addDays(monday(t), -8)]],
  [/上(?:个|一)?(?:周|星期|礼拜)/, 'week', (_m, t) => [addDays(monday(t), -7), addDays(monday(t), -1)]], [/(?:本|这|这个|这一|当)(?:周|星期|礼拜)/, 'week', (_m, t) => [monday(t), t]],
  [/(?:最近|近|过去|这|前)(?:的)?(?:一|1)(?:个)?(?:周|星期|礼拜)/, 'span', (_m, t) => [addDays(t, -6), t]], [new RegExp(`(?:最近|近|过去)(?:的)?${N}(?:个)?(?:周|星期|礼拜)`), 'span', (m, t) => [addDays(t, -(numberOf(m[1] ?? '') * 7 - 1)), t]],
  [new RegExp(`(?:最近|近|过去)(?:的|这)?${N}(?:天|日)`), 'span', (m, t) => [addDays(t, -(numberOf(m[1] ?? '') - 1)), t]], [/(?:最近|近|过去)(?:的)?(?:一|1)?(?:整)?年/, 'span', (_m, t) => [addDays(t, -364), t]],
  [/(?:最近|近|过去)(?:的|这)?半年/, 'span', (_m, t) => [addDays(t, -179), t]], [/(?:最近|近|过去)(?:的|这)?半(?:个)?月/, 'span', (_m, t) => [addDays(t, -14), t]], [new RegExp(`(?:最近|近|过去)(?:的|这)?${N}个?月`), 'span', (m, t) => [addDays(t, -(numberOf(m[1] ?? '') * 30 - 1)), t]],
  [/(?:本|这|这个|当|这一)季度?(?:到(?:今天|现在|目前))?/, 'quarter', (_m, t) => [date(year(t), quarterOf(t) * 3 - 2, 1), t]], [/上(?:个|一)?季度?/, 'quarter', (_m, t) => (quarterOf(t) === 1 ? quarter(year(t) - 1, 4) : quarter(year(t), quarterOf(t) - 1))],
  [/(?:本|这|这个|当|这一)月(?:份)?(?:以来|到(?:今天|现在|目前))?|月初(?:到|至)(?:今天|现在|目前)/, 'month', (_m, t) => [date(year(t), month(t), 1), t]],
  [/上(?:个|一)?月(?:份)?/, 'month', (_m, t) => (month(t) === 1 ? [date(year(t) - 1, 12, 1), date(year(t) - 1, 12, 31)] : [date(year(t), month(t) - 1, 1), lastDay(year(t), month(t) - 1)])],
  [/(?:今年|本年(?:度)?|年初)(?:以来|(?:开年|年初)?(?:到|至)(?:今天|现在|目前|今))?|开年(?:以来|到现在)/, 'year', (_m, t) => [date(year(t), 1, 1), t]], [/(?:去年|上年(?:度)?|上一年)(?:全年|一整年|一年|整年)?/, 'year', (_m, t) => [date(year(t) - 1, 1, 1), date(year(t) - 1, 12, 31)]], [/前年(?:全年)?/, 'year', (_m, t) => [date(year(t) - 2, 1, 1), date(year(t) - 2, 12, 31)]],
  [/(20\d{2})年(?:全年|度)?/, 'year', (m, t) => cut(date(Number(m[1]), 1, 1), date(Number(m[1]), 12, 31), t)],
  [/大前天/, 'day', (_m, t) => [addDays(t, -3), addDays(t, -3)]], [/前天|前日|前儿(?:个)?/, 'day', (_m, t) => [addDays(t, -2), addDays(t, -2)]], [/昨天|昨日|昨儿(?:个)?|昨(?!晚)/, 'day', (_m, t) => [addDays(t, -1), addDays(t, -1)]], [/今天|今日|当天|今儿(?:个)?|当日/, 'day', (_m, t) => [t, t]],
]

/** 13月, 32日, 第五季度: said like a period, and none. */
const impossible = /(?<![\d.近去前后个])(?:0{1,2}|1[3-9]|[2-9]\d)月(?![内前后])|月(?:0{1,2}|3[2-9]|[4-9]\d)[日号]|(?:第|年)[五六七八九5-9]季度/

/** Whether a day is asked for that no calendar has: it is refused, never read as another. */
export const namesNoDay = (text: string, today: LocalDate): boolean => impossible.test(text) || periodsIn(text, today, true).some((one) => !isLocalDate(one.from) || !isLocalDate(one.to))

/** Every period named, earliest first; a longer phrase hides the shorter ones inside it. */
export function periodsIn(text: string, today: LocalDate, unchecked = false): Said[] {
  const found: Said[] = []
  let rest = text
  for (const [pattern, unit, resolve] of rules) {
    for (let m = pattern.exec(rest); m; m = pattern.exec(rest)) {
      const at = resolve(m, today)
      // Masked with as many signs, so that places stay.
      rest = `${rest.slice(0, m.index)}${'\u0001'.repeat(m[0].length)}${rest.slice(m.index + m[0].length)}`
      if (at && (unchecked ? !at.some((d) => d.includes('NaN')) : at.every(isLocalDate))) found.push({ from: at[0], to: at[1], start: m.index, end: m.index + m[0].length, unit })
    }
  }
  // 双十一当天（11月11日）: the date says which day is meant.
  const dated = found.length > 1 ? found.filter((one) => !/当天|当日/.test(text.slice(one.start, one.end))) : found
  return (dated.length > 0 ? dated : found).toSorted((a, b) => a.start - b.start)
}
