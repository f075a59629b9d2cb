// Text that pickers search in: code, name, keywords, full pinyin and initials, lower case, one space between.
import { pinyin } from 'pinyin-pro'

/** `gr-01 供热不热 暖气 gongrebure grbr`. */
export function searchKey(code: string, name: string, keywords: readonly string[] = []): string {
  const full = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('')
  const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('')
  return [code, name, ...keywords, full, initials].join(' ').toLowerCase().replaceAll(/\s+/g, ' ')
}

/** The words of a query as LIKE patterns; each must be found. */
export function searchPatterns(query: string): string[] {
  return query.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
}
