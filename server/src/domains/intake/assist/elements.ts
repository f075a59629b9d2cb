// Elements of a matter against what was said: read out of the text, checked, written in standard form, asked again. Pure.
import { addressIn, timeIn, type Found } from '../../ai/index.ts'

export type Element = { code: string; name: string; type: 'text' | 'number' | 'date' | 'choice' | 'multiple'; options: readonly string[] }

const about = (element: Element, words: RegExp): boolean => words.test(element.name)
const isTime = (element: Element): boolean => element.type === 'date' || about(element, /时间|日期|何时|什么时候|多久|开始/)
const isPlace = (element: Element): boolean => about(element, /地点|地址|位置|哪里|路段|楼栋|房号/)

/** The value of an element that the text already gives, or null. */
export function readElement(element: Element, text: string): Found | null {
  if (element.type === 'choice' || element.type === 'multiple') {
    const named = element.options.filter((option) => option.length >= 2 && text.includes(option))
    return named.length === 0 || (element.type === 'choice' && named.length > 1) ? null : { value: named.join('、'), confidence: 0.85 }
  }
  if (isTime(element)) return element.type === 'date' ? dateIn(text) : timeIn(text)
  if (isPlace(element)) return addressIn(text)
  if (element.type === 'number') return numberFor(element, text)
  if (about(element, /金额|价格|费用|多少钱/)) return first(text, /[0-9][0-9,.]*\s*(?:元|块钱?|万元?)|[一二两三四五六七八九十百千万]+(?:元|块钱?|万元)/)
  if (about(element, /店|商家|商户|单位|公司|企业|物业/)) return first(text, /(?<=^|[，。、,\s]|楼下|附近|旁边|叫|是|投诉|举报|反映|在)[\p{Script=Han}A-Za-z0-9]{2,14}?(?:店|公司|超市|餐厅|饭店|酒楼|物业|烧烤|便利店|商行|厂)/u)
  if (about(element, /车牌/)) return first(text, /[\p{Script=Han}][A-Z][A-Z0-9]{5,6}/u)
  return null
}

const first = (text: string, pattern: RegExp): Found | null => {
  const found = pattern.exec(text)?.[0]?.trim()
  return found ? { value: found, confidence: 0.75 } : null
}

function dateIn(text: string): Found | null {
  const found = /(\d{4})[-年](\d{1,2})[-月](\d{1,2})/.exec(text)
  return found ? { value: isoDate(Number(found[1]), Number(found[2]), Number(found[3])), confidence: 0.95 } : null
}

/** A number counts when it stands beside a word of the element's name (室温 15 度, 人数 3). */
function numberFor(element: Element, text: string): Found | null {
  const name = element.name.replaceAll(/[（(].*?[)）]|[数量值]/g, '')
  if (name.length < 2) return null
  const near = new RegExp(`${name.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&')}[^0-9，。,]{0,6}(-?\\d+(?:\\.\\d+)?)`).exec(text)
  return near?.[1] ? { value: near[1], confidence: 0.85 } : null
}

const isoDate = (year: number, month: number, day: number): string => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`

/** What is wrong with an answer, in plain words; null when it can be used. Empty means: not known. */
export function answerProblem(element: Element, value: string): string | null {
  const text = value.normalize('NFKC').trim()
  if (text === '') return null
  if (element.type === 'choice') return element.options.includes(text) ? null : '请从列出的选项中选择'
  if (element.type === 'multiple') return text.split('、').every((one) => element.options.includes(one)) ? null : '请从列出的选项中选择'
  if (element.type === 'number') return /^-?\d+(\.\d+)?$/.test(text.replaceAll(',', '')) ? null : '请填写数字'
  if (element.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) || dateIn(text) !== null ? null : '请填写日期，例如 2026-11-20'
  if (isNoise(text)) return '没看明白，请再说一次，不知道可以选“暂不清楚”'
  if (isTime(element)) return timeIn(text) !== null || /\d/.test(text) ? null : '请说明时间，例如：昨天晚上、11月20日、已经三天'
  if (isPlace(element)) return /\p{Script=Han}{2}|\d/u.test(text) ? null : '请说明地点，例如路名、小区、楼栋'
  return null
}

/** Nothing a person would mean: one character over and over, keys in a row, marks only. */
export function isNoise(text: string): boolean {
  const letters = [...text.replaceAll(/[\s\p{P}\p{S}]/gu, '')]
  if (letters.length === 0) return true
  if (letters.length >= 3 && new Set(letters).size === 1) return true
  if (/^(?:qwe|asd|zxc|abc|test|123123|aaa)/i.test(text)) return true
  // A latin word without a vowel among letters only is hands on the keyboard, not a name.
  return /^[a-z]{4,}$/i.test(text) && !/[aeiou]/i.test(text)
}

/** The answer as it goes into the order. */
export function standardForm(element: Element, value: string): string {
  const text = value.normalize('NFKC').trim().replaceAll(/\s+/g, ' ')
  if (element.type === 'number') return text.replaceAll(',', '')
  if (element.type === 'date') return dateIn(text)?.value ?? text
  return text
}
