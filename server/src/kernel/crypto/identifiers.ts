// Form and check digits of Chinese telephone, identity and organisation numbers.
import { isLocalDate } from '../time/index.ts'

const MOBILE = /^1[3-9]\d{9}$/
// With area code, also hotlines behind one (0571-12345).
const LANDLINE = /^(?:010|02\d|0[3-9]\d\d)(?:\d{7,8}|1\d{4}|9[56]\d{3,4})$/
const LOCAL = /^[2-8]\d{6,7}$/
const SERVICE = /^[48]00\d{7}$/
const SHORT = /^(?:1\d{2,4}|9[56]\d{3,6})$/
const FOREIGN = /^\+(?!86)[1-9]\d{6,14}$/

/** Whether a number in stored form (normalisePhone) is a Chinese mobile number. */
export function isMobile(number: string): boolean {
  return MOBILE.test(number)
}

/**
 * Whether a number in stored form (normalisePhone) can be called: mobile, landline with or without area code, 400/800,
 * short service numbers, foreign numbers with `+`; with or without an extension.
 */
export function isTelephone(number: string): boolean {
  const main = number.replace(/-\d{1,6}$/, '')
  return isCompleteTelephone(main) || [LOCAL, SHORT, FOREIGN].some((form) => form.test(main))
}

/**
 * A telephone number as stored, searched and hashed: ASCII digits, no spaces, brackets or dashes, no +86; a mobile
 * without a leading 0, a landline with its area code's 0, an extension as `-801`. Foreign numbers keep their `+`. Text
 * that is no number comes back cleaned, for isTelephone to refuse. Idempotent.
 */
export function normalisePhone(typed: string): string {
  const ascii = typed.normalize('NFKC').replace(/[–—−]/g, '-').trim()
  const plain = ascii.replace(/[\s().]/g, '')
  const worded = /^(.+?)(?:转|分机|ext|x|#)(\d{1,6})$/i.exec(plain)
  if (worded?.[1] && worded[2]) return `${national(worded[1].replaceAll('-', ''))}-${worded[2]}`
  const whole = national(plain.replaceAll('-', ''))
  const dashed = /^(.+)-(\d{1,6})$/.exec(plain)
  if (!dashed?.[1] || !dashed[2]) return whole
  // The last dash may start an extension (010-82345678-801) or be one of the number's own (400-8123-456).
  const main = national(dashed[1].replaceAll('-', ''))
  const stored = /^\+?\d+-\d+$/.test(ascii)
  const extended = isCompleteTelephone(main) || (isTelephone(main) && (stored || !isTelephone(whole)))
  return extended ? `${main}-${dashed[2]}` : whole
}

/**
 * Whether a resident identity number (GB 11643, 18 characters, `X` in either case) has a known region, an existing birth
 * date and the right check digit. Residence permits of Hong Kong, Macao and Taiwan residents (8…) and of foreigners
 * (9…) follow the same form. The old 15-digit numbers are not valid since 2013.
 */
export function isIdNumber(value: string): boolean {
  if (!/^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)\d{15}[\dXx]$/.test(value)) return false
  const born = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`
  if (!isLocalDate(born) || born < '1900-01-01') return false
  // ISO 7064 MOD 11-2
  let sum = 0
  for (const digit of value.slice(0, 17)) sum = ((sum + Number(digit)) * 2) % 11
  return '0123456789X'.charAt((12 - sum) % 11) === value.charAt(17).toUpperCase()
}

// GB 32100-2015: no I, O, S, V, Z.
const CREDIT_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Whether a unified social credit code (GB 32100-2015, 18 characters, either case) has the right form and check digit. */
export function isCreditCode(value: string): boolean {
  const code = value.toUpperCase()
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false
  let sum = 0
  let weight = 1
  for (const character of code.slice(0, 17)) {
    sum += CREDIT_CHARACTERS.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return CREDIT_CHARACTERS.charAt((31 - (sum % 31)) % 31) === code.charAt(17)
}

function isCompleteTelephone(main: string): boolean {
  return [MOBILE, LANDLINE, SERVICE].some((form) => form.test(main))
}

function national(digits: string): string {
  const dialled = digits.replace(/^00(?=[1-9])/, '+')
  const home = dialled.startsWith('+86') ? dialled.slice(3) : dialled
  if (/^(?:86|0)?1[3-9]\d{9}$/.test(home)) return home.slice(-11)
  // +86 10 …, +86 571 …: abroad the 0 of the area code is dropped.
  const bare = home !== dialled && !SERVICE.test(home) && /^(?:(?:10|2\d)\d{8}|[3-9]\d{9,10})$/.test(home)
  return bare ? `0${home}` : home
}
