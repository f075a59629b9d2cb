// Rules of proofreading that administrators write: words in the text that ask something of a field (ORD-09). Pure.
import { z } from 'zod'
import type { Finding } from './proofread.ts'

export const ruleFields = ['appealType', 'urgency', 'categoryId', 'matterId', 'areaCode', 'address', 'phone', 'title', 'content'] as const
export type RuleField = (typeof ruleFields)[number]

const word = z.string().trim().min(1).max(40)
export const ownDefinition = z.object({
  /** None: every type. */
  appealTypes: z.array(z.string().max(40)).max(30).default([]),
  /** The rule speaks where title or content have one of these, and none of `without`. */
  words: z.array(word).max(50).default([]),
  without: z.array(word).max(50).default([]),
  field: z.enum(ruleFields),
  /** The field should: hold something, be this value, contain one of the words in `value` (separated by 、), or not contain them. */
  test: z.enum(['filled', 'is', 'contains', 'lacks']),
  value: z.string().trim().max(300).default(''),
  message: z.string().trim().min(1).max(200),
})
export type OwnDefinition = z.output<typeof ownDefinition>
export type OwnRule = { id: string; name: string; definition: OwnDefinition }
export type OwnFields = Partial<Record<RuleField, string | null>>

const listed = (value: string): string[] => value.split(/[、,，\s]+/).filter(Boolean)

/** What is missing from a definition, by field. A rule without words and without types would speak on everything that fails its test: that is allowed for tests of a value only. */
export function definitionFault(definition: OwnDefinition): { path: string; message: string } | null {
  if (definition.test !== 'filled' && listed(definition.value).length === 0) return { path: 'definition.value', message: '请填写应为的值或词' }
  if (definition.words.length === 0 && definition.appealTypes.length === 0) return { path: 'definition.words', message: '请写明触发的词或诉求类型' }
  if (definition.test === 'is' && !['appealType', 'urgency', 'categoryId', 'matterId', 'areaCode'].includes(definition.field)) return { path: 'definition.test', message: '文字字段请用“包含”或“不含”' }
  return null
}

export function ownFindings(fields: OwnFields, rules: readonly OwnRule[]): Finding[] {
  const text = `${fields.title ?? ''} ${fields.content ?? ''}`
  return rules.flatMap(({ id, name, definition: d }): Finding[] => {
    if (d.appealTypes.length > 0 && !d.appealTypes.includes(fields.appealType ?? '')) return []
    if (d.words.length > 0 && !d.words.some((w) => text.includes(w))) return []
    if (d.without.some((w) => text.includes(w))) return []
    const value = (fields[d.field] ?? '').trim()
    const fits = { filled: value !== '', is: value === d.value, contains: listed(d.value).some((w) => value.includes(w)), lacks: !listed(d.value).some((w) => value.includes(w)) }[d.test]
    return fits ? [] : [{ field: d.field, rule: `own:${id}`.slice(0, 40), message: `${name}：${d.message}`, found: value, proposed: d.test === 'is' ? d.value : null, value: d.test === 'is' ? d.value : null, confidence: 0.8 }]
  })
}
