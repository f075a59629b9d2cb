// Dynamic masking. A masked value always carries a mark (an asterisk, or 约 before a rounded figure), so that it can be
// recognised and is never written back over the real one.

import { isMobile, normalisePhone } from './identifiers.ts'

/** How one kind of value is masked; a setting of the tenant by field and grade. Lengths count characters. */
export type MaskRule =
  | { algorithm: 'replace'; label: string }
  | { algorithm: 'maskPart'; keepStart: number; keepEnd: number }
  | { algorithm: 'truncate'; keep: number }
  | { algorithm: 'round'; step: number }
  | { algorithm: 'hide' }

export type MaskAlgorithm = MaskRule['algorithm']

type Algorithms = { [A in MaskAlgorithm]: (value: string, rule: Extract<MaskRule, { algorithm: A }>) => string }

/**
 * The algorithms as a table: replace by a label (`*姓名*`), mask the middle (`138****5678`), truncate (`示例街道***`), round a
 * number down to a step (`约30`), hide (`******`, whatever the length).
 */
export const maskAlgorithms: Algorithms = {
  replace: (_value, { label }) => `*${label}*`,
  maskPart: (value, { keepStart, keepEnd }) => maskPart(value, keepStart, keepEnd),
  // A value no longer than what may be kept must not come out whole.
  truncate: (value, { keep }) => `${[...value].slice(0, -1).slice(0, Math.max(0, keep)).join('')}***`,
  round: (value, { step }) => {
    const figure = Number(value)
    // What is no number cannot be rounded; showing it would be the leak.
    return value.trim() === '' || !Number.isFinite(figure) || !(step > 0) ? HIDDEN : `约${Math.floor(figure / step) * step}`
  },
  hide: () => HIDDEN,
}

const HIDDEN = '******'

/** Masks a value by a rule. Empty text stays empty, a masked value stays as it is. */
export function applyMask(value: string, rule: MaskRule): string {
  if (value === '' || isMasked(value)) return value
  switch (rule.algorithm) {
    case 'replace':
      return maskAlgorithms.replace(value, rule)
    case 'maskPart':
      return maskAlgorithms.maskPart(value, rule)
    case 'truncate':
      return maskAlgorithms.truncate(value, rule)
    case 'round':
      return maskAlgorithms.round(value, rule)
    case 'hide':
      return maskAlgorithms.hide(value, rule)
  }
}

/**
 * Whether a value of a sensitive field (name, telephone, identity number, address, e-mail, figure) was masked and must
 * not be saved. Not for free text such as an order's content, where an asterisk may be meant (5*8 米).
 */
export function isMasked(value: string): boolean {
  return /[*＊]|^约-?\d/.test(value)
}

/** `138****5678`, `010-****5678`, `0571-***4567`, `400-***4567`; extensions are hidden, other numbers keep their last four at most. */
export function maskPhone(value: string): string {
  return masked(value, (text) => {
    const [number = '', extension] = normalisePhone(text).split('-')
    const tail = extension === undefined ? '' : '-***'
    if (isMobile(number)) return maskPart(number, 3, 4) + tail
    const split = /^(010|02\d|0[3-9]\d\d|[48]00(?=\d{7}$))(\d{7,8})$/.exec(number)
    if (split?.[1] && split[2]) return `${split[1]}-${maskPart(split[2], 0, 4)}${tail}`
    return maskPart(number, number.length >= 11 ? 3 : 0, number.length >= 7 ? 4 : 1) + tail
  })
}

const COMPOUND_SURNAMES = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 司空 夏侯 轩辕 宇文 长孙 端木 独孤 南宫 西门 东郭 百里 呼延 澹台 淳于 单于 太史 申屠 钟离 闻人 赫连 万俟 濮阳 公冶 宗政'.split(' '),
)
const FORMS_OF_ADDRESS = /(?:先生|女士|小姐|太太|师傅|老师|同志|阿姨|大爷|大妈)$/

/**
 * `王*明`, `李*`, `欧阳*`, `欧阳*远`; with a form of address only the surname stays (林先生 → `林**`); names with a dot and
 * Latin names keep the first letter of each part.
 */
export function maskName(value: string): string {
  return masked(value, (text) => {
    const name = text.trim()
    if (/[·•・．.\s]|[A-Za-z]/.test(name)) {
      return name.replace(/[^·•・．.\s]+/g, (part) => `${[...part][0] ?? ''}**`)
    }
    const letters = [...name]
    const surname = letters.length > 2 && COMPOUND_SURNAMES.has(letters.slice(0, 2).join('')) ? 2 : 1
    if (FORMS_OF_ADDRESS.test(name) && letters.length > 2) return maskPart(name, Math.min(surname, letters.length - 2), 0)
    return maskPart(name, surname, letters.length - surname >= 2 ? 1 : 0)
  })
}

/** `110***********002X`: region's first three and the last four (as searched); other documents keep two at each end. */
export function maskIdNumber(value: string): string {
  return masked(value, (text) => {
    const number = text.replace(/\s/g, '')
    return number.length >= 15 ? maskPart(number, 3, 4) : maskPart(number, 2, 2)
  })
}

// Parts of an address, each without crossing into a finer one: 城市花园小区 is neither a city nor a district.
const PART = '(?:(?!街道|社区|小区|路).){1,10}?'
const REGIONS = new RegExp(
  `^(?:${PART}(?:省|自治区))?(?:${PART}(?:市(?!场|民|政)|自治州|地区|盟))?(?:${PART}(?:区|县|旗|市(?!场|民|政)))?`,
)
const STREET = /^.{1,10}?(?:街道|镇|乡|苏木)/
const COMMUNITY = /^.{1,10}?(?:社区|居委会|村委会|村)/
const ROAD = /^.{1,10}?(?:路|大道|大街|街|巷|胡同)/
const HOUSE_NUMBER = /\d|[〇一二三四五六七八九十百]+(?=号|弄|栋|幢|座|楼|单元|室|层|组|队)/

/**
 * Keeps an address down to street and community (`示例市示例区示例街道***`), without these down to the road. Nothing from the
 * first house number on is looked at or shown.
 */
export function maskAddress(value: string): string {
  return masked(value, (text) => {
    const coarse = text.normalize('NFKC').trim().split(HOUSE_NUMBER, 1)[0] ?? ''
    let shown = REGIONS.exec(coarse)?.[0] ?? ''
    const regions = shown.length
    for (const level of [STREET, COMMUNITY]) shown += level.exec(coarse.slice(shown.length))?.[0] ?? ''
    if (shown.length === regions) shown += ROAD.exec(coarse.slice(shown.length))?.[0] ?? ''
    return `${shown}***`
  })
}

/** `z***@example.com`. */
export function maskEmail(value: string): string {
  return masked(value, (text) => {
    const at = text.lastIndexOf('@')
    return at > 0 ? `${text.slice(0, 1)}***${text.slice(at)}` : maskPart(text, 1, 0)
  })
}

/** Free text with every mobile number, landline with area code and identity number in it masked, the rest unchanged. */
export function maskText(text: string): string {
  return text
    .replace(/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, maskIdNumber)
    .replace(/(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g, maskPhone)
    .replace(/(?<!\d)(?:010|02\d|0[3-9]\d\d)-\d{7,8}(?!\d)/g, maskPhone)
}

function masked(value: string, mask: (value: string) => string): string {
  return value.trim() === '' || isMasked(value) ? value : mask(value)
}

// Keeps characters at both ends; a value too short for that shows less, and at least one character is always covered.
function maskPart(value: string, keepStart: number, keepEnd: number): string {
  const letters = [...value]
  const start = Math.min(keepStart, Math.max(0, letters.length - 1))
  const end = Math.min(keepEnd, Math.max(0, letters.length - start - 1))
  const tail = end > 0 ? letters.slice(-end).join('') : ''
  return letters.slice(0, start).join('') + '*'.repeat(letters.length - start - end) + tail
}
