// What rules can read out of free words: time, place, amounts, names of shops. Pure; a rule that is not sure says so by its confidence.
export type Found = { value: string; confidence: number }
export type Area = { code: string; name: string; fullName: string }
export type FoundArea = { code: string; name: string; confidence: number }

const DAY_WORDS = '大前天|前天|昨天|昨日|今天|今日|当天|上周|上个?星期|本周|这周|上个?月|本月|去年|今年|前几天|这几天|最近|近期'
const DAY_PARTS = '凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|半夜|深夜|昨晚|今早|今晚|前晚'
const NUM = '[0-9０-９一二两三四五六七八九十百半几]+'
const time = new RegExp(
  [
    `(?:\\d{4}年)?${NUM}月${NUM}[日号](?:的?(?:${DAY_PARTS}))?(?:${NUM}(?:[点时](?:半|${NUM}分?)?|[:：]\\d{2}))?`,
    `\\d{4}-\\d{1,2}-\\d{1,2}(?: \\d{1,2}:\\d{2})?`,
    `(?:从|自)?(?:${DAY_WORDS})(?:[一二三四五六日天])?(?:的?(?:${DAY_PARTS}))?(?:${NUM}[点时](?:半|${NUM}分?)?)?(?:开始|起|以来)?`,
    `(?:每天|天天|每晚|每周)(?:的?(?:${DAY_PARTS}))?(?:${NUM}[点时])?`,
    `(?:已经|持续|连续|都)?(?:有|了)?${NUM}(?:多)?(?:个)?(?:小时|天|周|星期|月|年)(?:多|以来|左右)?`,
    `(?:${DAY_PARTS})(?:${NUM}[点时](?:半|${NUM}分?)?)?`,
  ].join('|'),
  'g',
)

/** The longest expression of time: a date says more than "最近". */
export function timeIn(text: string): Found | null {
  const found = [...text.matchAll(time)].map((m) => m[0]).filter((one) => one.length >= 2)
  const best = found.toSorted((a, b) => b.length - a.length)[0]
  return best ? { value: best.replace(/^(?:已经|都|有|了)+/, ''), confidence: /\d|[一二两三四五六七八九十]/.test(best) ? 0.9 : 0.75 } : null
}

// A name does not begin inside the words that lead to it.
const LEAD = /^.*(?:我家住在?|我住在?|住在|位于|地址[是:：]?|就在|在|到|从|我们|我家|你好|您好|反映|投诉|举报)/
const NAME = '[\\p{Script=Han}A-Za-z0-9]'
const place = new RegExp(
  [
    `${NAME}{2,12}?(?:路(?![灯面况])|街|大道|巷|胡同|弄)(?:${NUM}号(?:院|楼)?)?(?:${NAME}{0,10}?(?:小区|花园|家园|公寓|苑|大厦|广场|商场|市场|超市))?(?:${NUM}(?:号楼|栋|幢|座|单元|室|层|号)){0,4}`,
    `${NAME}{2,12}?(?:小区|花园|家园|公寓|嘉苑|雅苑|新村|大厦|广场|商场|市场|公园|小学|中学|幼儿园|医院|车站|地铁站|村委会|工地)(?:小区)?(?:[东南西北]门)?(?:${NUM}(?:号楼|栋|幢|座|单元|室|层|号)){0,4}`,
    `${NUM}(?:号楼|栋|幢)(?:${NUM}(?:单元|室|层))*`,
  ].join('|'),
  'gu',
)

// "行人看不清路" ends like a road and is none: names of roads hold no such words.
const SENTENCE = /^[^路街巷道]*(?:[不没看让把被很都也还]|走(?=路)|修(?=路)|堵(?=路)|铺(?=路)|马(?=路))/

export function addressIn(text: string): Found | null {
  // When it happened often stands right before where.
  const found = [...text.replaceAll(time, '，').matchAll(place)].map((m) => m[0].replace(LEAD, '')).filter((one) => [...one].length >= 3 && !SENTENCE.test(one))
  const best = found.toSorted((a, b) => b.length - a.length)[0]
  return best ? { value: best, confidence: /[路街道巷弄].*\d|\d.*(?:号|栋|幢|楼)/.test(best) ? 0.9 : 0.7 } : null
}

const SHORT = /(?:特别行政区|自治[区州县旗]|地区|街道(?:办事处)?|镇|乡|省|市|区|县|旗|盟|社区|村)$/
const spoken = (name: string): string | null => {
  const short = name.replace(SHORT, '')
  return short !== name && short.length >= 2 ? short : null
}

/** 汇文 in 汇文路 is a road, not the community of that name. */
const saysShort = (text: string, short: string | null): boolean => short !== null && text.split(short).slice(1).some((after) => !/^(?:[东西南北中]?(?:路|街|大道|巷|胡同|小区|花园|公寓|大厦|广场))/.test(after))

/** Areas that are named, the narrowest and surest first. A short name that several areas share says less. */
export function areasIn(text: string, areas: readonly Area[]): FoundArea[] {
  const full = areas.filter((area) => text.includes(area.name))
  const short = areas.filter((area) => !full.includes(area) && saysShort(text, spoken(area.name)))
  const shared = (area: Area, among: readonly Area[]): boolean => among.some((other) => other !== area && other.name === area.name && other.code.length === area.code.length)
  const found = [...full.map((area) => ({ area, confidence: shared(area, full) ? 0.6 : 0.95 })), ...short.map((area) => ({ area, confidence: shared(area, short) ? 0.4 : 0.7 }))]
  // Where a wider area is named too, a narrow one within it is surer, one outside of it is not meant.
  const trim = (code: string): string => code.replace(/(00)+$/, '')
  const wide = found.filter(({ area, confidence }) => area.code.length === 6 && confidence >= 0.9)
  const held = found.map(({ area, confidence }) => {
    const inside = wide.some((w) => w.area !== area && area.code.startsWith(trim(w.area.code)))
    const outside = wide.length > 0 && !inside && !wide.some((w) => w.area === area || trim(w.area.code).startsWith(trim(area.code)))
    return { code: area.code, name: area.fullName, confidence: outside ? confidence / 2 : inside ? Math.min(0.98, confidence + 0.2) : confidence }
  })
  return held.toSorted((a, b) => (b.confidence >= 0.6 ? 1 : 0) - (a.confidence >= 0.6 ? 1 : 0) || b.code.length - a.code.length || b.confidence - a.confidence).slice(0, 5)
}

const FILLERS = /(?:^|(?<=[，。！？,.!?\s]))(?:嗯+|呃+|啊+|哎+|那个|就是说|就是|然后呢?|怎么说呢|我跟你说|你知道吗)[，,、\s]*/gu

/** Spoken filler, doubled punctuation and spaces go; every fact stays as it was said. */
export function tidy(text: string): string {
  let out = text.normalize('NFC').replaceAll(/[ \t\u3000]+/g, ' ').replaceAll(/ ?([，。！？；：、]) ?/g, '$1')
  for (let before = ''; before !== out; ) {
    before = out
    out = out.replace(FILLERS, '')
  }
  out = out.replaceAll(/([，。！？；、])\1+/g, '$1').replaceAll(/([！？])[！？]+/g, '$1').replaceAll(/\n{3,}/g, '\n\n').trim()
  return /[。！？!?…]$/.test(out) || out === '' ? out : `${out}。`
}

const SUMMARY = 60
/** The first sentences that fit, for reviewers. */
export function summaryOf(text: string): string {
  const sentences = tidy(text).split(/(?<=[。！？!?])/).map((s) => s.trim()).filter((s) => s !== '')
  let out = ''
  for (const sentence of sentences) {
    if (out !== '' && [...(out + sentence)].length > SUMMARY) break
    out += sentence
  }
  const letters = [...out]
  return letters.length <= SUMMARY ? out : `${letters.slice(0, SUMMARY - 1).join('')}…`
}
