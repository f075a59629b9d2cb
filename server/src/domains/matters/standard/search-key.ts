// Text that pickers search in: code, name, keywords, initials and full pinyin, lower case, one space between.
import { pinyinKey } from '../../../kernel/text/index.ts'

/** `gr-01 供热不热 暖气 grbr gongrebure`. */
export function searchKey(code: string, name: string, keywords: readonly string[] = []): string {
  return [code, name, ...keywords, pinyinKey(name)].join(' ').toLowerCase().replaceAll(/\s+/g, ' ')
}

/** The words of a query as LIKE patterns; each must be found. */
export function searchPatterns(query: string): string[] {
  return query.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
}
