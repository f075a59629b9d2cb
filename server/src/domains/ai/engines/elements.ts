// The elements of an appeal in its own words: who, how to reach, where, when, how much, against whom; each with its place in the text. Pure.
import { addressIn, areasIn, timeIn, type Area } from './read-words.ts'

export const elementKinds = ['person', 'phone', 'idNumber', 'area', 'address', 'time', 'amount', 'enterprise'] as const
export type ElementKind = (typeof elementKinds)[number]
/** `value` is the normal form, `raw` what stands in the text at `at`; `valid: false` is shown and never filled in. */
export type FoundElement = { kind: ElementKind; raw: string; value: string; at: number; confidence: number; valid: boolean }

const MOST = 20_000
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Check digit of an identity number (GB 11643). */
export function idNumberValid(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false
  const month = Number(number.slice(10, 12))
  const day = Number(number.slice(12, 14))
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  return '10X98765432'[WEIGHTS.reduce((sum, w, i) => sum + w * Number(number[i]), 0) % 11] === number[17]
}

export const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const named = new RegExp(`(?<=我叫|我是|姓名[是:：]?\\s?|名叫|联系人[是:：]?\\s?)([${surnames}][\\p{Script=Han}]{1,2})(?=[，,。；;\\s、的住在电联手身]|$)`, 'gu')
// A number that belongs to a longer one is none of these.
const patterns: { kind: ElementKind; pattern: RegExp; value: (raw: string) => string; valid: (value: string) => boolean; confidence: number }[] = [
  { kind: 'idNumber', pattern: /(?<!\d)\d{17}[\dXx](?![\dXx])/g, value: (raw) => raw.toUpperCase(), valid: idNumberValid, confidence: 0.98 },
  { kind: 'phone', pattern: /(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, value: (raw) => raw.replaceAll(/[- ]/g, ''), valid: () => true, confidence: 0.97 },
  { kind: 'phone', pattern: /(?<!\d)0\d{2,3}-?[2-9]\d{6,7}(?!\d)/g, value: (raw) => raw, valid: () => true, confidence: 0.9 },
  { kind: 'phone', pattern: /(?<=电话|手机|号码|联系)(?:号码?)?[是:：]?\s?(?:1\d{9}|1\d{11,12})(?!\d)/g, value: (raw) => raw.replaceAll(/\D/g, ''), valid: () => false, confidence: 0.6 },
  { kind: 'amount', pattern: /(?<!\d)\d[\d,]*(?:\.\d+)?\s*(?:万|亿|千)?(?:元|块钱?)|(?<!\d)\d+(?:\.\d+)?\s*万(?=[，。,；的钱]|$)|[一二两三四五六七八九十百千万]{1,8}(?:元|块钱)/g, value: amountOf, valid: (value) => value !== '', confidence: 0.9 },
  { kind: 'enterprise', pattern: /[\p{Script=Han}A-Za-z0-9（）()]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|物业公司|供热公司|燃气公司|自来水公司|培训学校|合作社)/gu, value: trimLead, valid: (value) => value.length >= 4, confidence: 0.85 },
  { kind: 'enterprise', pattern: /(?<=^|[，。、,\s]|楼下的?|附近的?|旁边的?|叫|投诉|举报|名为)[\p{Script=Han}A-Za-z0-9]{2,12}?(?:超市|餐厅|饭店|酒楼|宾馆|健身房|烧烤店|便利店|美容院|物业|幼儿园|门诊部|驾校|网吧)/gu, value: trimLead, valid: (value) => value.length >= 4, confidence: 0.7 },
]

/** A trade alone is no name: then the sign before it belongs to it (安和物业). */
const TRADE_ONLY = /^(?:物业|物业管理|供热|燃气|置业|商贸|科技|电器|建筑|餐饮|房地产)?(?:有限责任公司|股份有限公司|有限公司|集团公司)$/

function trimLead(raw: string): string {
  const given = raw.replace(/^.*[给把](?=[\p{Script=Han}A-Za-z（(]{4,}$)/u, '')
  const trimmed = given.replace(/^.*?(?:投诉|举报|反映|我在|位于|关于|由于|因为|被|向|找|到|和|与|是|在)(?=[\p{Script=Han}A-Za-z0-9（(]{4,}$)/u, '')
  return TRADE_ONLY.test(trimmed) ? given : trimmed
}

const digits: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
const steps: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** 两千三百 → 2300; null for what is no number. */
function chineseNumber(text: string): number | null {
  let [whole, part, digit] = [0, 0, 0]
  for (const sign of text) {
    if (digits[sign] !== undefined) digit = digits[sign]
    else if (steps[sign] !== undefined) {
      part += (digit || 1) * steps[sign]
      digit = 0
    } else if (sign === '万') {
      whole += (part + digit || 1) * 10_000
      part = digit = 0
    } else return null
  }
  return whole + part + digit
}

/** Yuan as a plain number. */
function amountOf(raw: string): string {
  const text = raw.replaceAll(/[\s,]/g, '').replace(/(?:元|块钱?)$/, '')
  const found = /^(\d+(?:\.\d+)?)([千万亿])?$/.exec(text)
  const value = found ? Number(found[1]) * ({ 千: 1e3, 万: 1e4, 亿: 1e8 }[found[2] ?? ''] ?? 1) : chineseNumber(text)
  return value === null || !Number.isFinite(value) || value === 0 ? '' : String(Math.round(value * 100) / 100)
}

/** All elements of a text in the order they stand there; of overlapping ones the surer stays. `areas`: those that may be meant. */
export function elementsIn(given: string, areas: readonly Area[] = []): FoundElement[] {
  const text = given.slice(0, MOST)
  const found: FoundElement[] = []
  for (const { kind, pattern, value, valid, confidence } of patterns)
    for (const match of text.matchAll(pattern)) {
      const normal = value(match[0])
      if (normal === '') continue
      const good = valid(normal)
      if (kind === 'enterprise' && !good) continue
      const raw = kind === 'enterprise' ? normal : match[0]
      found.push({ kind, raw, value: normal, at: match.index + match[0].lastIndexOf(raw), confidence: good ? confidence : Math.min(confidence, 0.5), valid: good })
    }
  for (const match of text.matchAll(named)) found.push({ kind: 'person', raw: match[0], value: match[0], at: match.index, confidence: 0.8, valid: true })
  const apart = found.toSorted((a, b) => b.confidence - a.confidence || b.raw.length - a.raw.length).filter((one, i, all) => !all.slice(0, i).some((other) => one.at < other.at + other.raw.length && other.at < one.at + one.raw.length))
  const [address, time, area] = [addressIn(text), timeIn(text), areasIn(text, areas)[0]]
  if (address) apart.push({ kind: 'address', raw: address.value, value: address.value, at: text.indexOf(address.value), confidence: address.confidence, valid: true })
  if (time) apart.push({ kind: 'time', raw: time.value, value: time.value, at: text.indexOf(time.value), confidence: time.confidence, valid: true })
  if (area) apart.push({ kind: 'area', raw: area.name, value: area.code, at: -1, confidence: area.confidence, valid: true })
  const seen = new Set<string>()
  return apart.toSorted((a, b) => a.at - b.at).filter((one) => !seen.has(`${one.kind} ${one.value}`) && seen.add(`${one.kind} ${one.value}`))
}
