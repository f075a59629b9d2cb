// The form of a declaration of exclusion or shelving: each kind has its own items of the list; what is proposed stands in it, words used before are offered.
import type { OutputOf } from '../../api/call.ts'
import type { FieldSchema, FormSchema, FormValue } from '../../ui/form-rules.ts'
import { fields, filesField, opinionField } from '../orders/acts/act-form.ts'
import { fileIds, oneOf, text, words } from '../orders/acts/form-values.ts'
import { t } from './texts.zh-CN.ts'

export type ExclusionData = OutputOf<'exclusionForm'>
type Hint = Pick<ExclusionData['hints'][number], 'kind' | 'reasonClass' | 'reason'>
const kinds = ['exclude', 'shelve'] as const

export function exclusionFields({ items, texts }: Pick<ExclusionData, 'items' | 'texts'>, now: boolean): FormSchema {
  const of = (kind: (typeof kinds)[number]): FieldSchema => {
    const names = items.filter((one) => one.kind === 'both' || one.kind === kind).map((one) => one.name)
    return { type: 'string', title: t('exclude.class'), enum: names, 'x-buttons': names.length <= 6, 'x-visibleIf': { field: 'kind', equals: kind } }
  }
  const used: Record<string, FieldSchema> = texts.length === 0 ? {} : { used: { type: 'string', title: t('exclude.used'), oneOf: texts.map((one) => ({ const: one.reason, title: `${one.reasonClass}：${one.reason.slice(0, 40)}` })) } }
  return fields({
    kind: { type: 'string', title: t('exclude.kind'), oneOf: kinds.map((kind) => ({ const: kind, title: t(`exclude.${kind}`) })), 'x-buttons': true },
    excludeClass: of('exclude'), shelveClass: of('shelve'), expiresAt: { type: 'string', format: 'date-time', title: t('exclude.expires'), 'x-visibleIf': { field: 'kind', equals: 'shelve' } },
    reason: opinionField({ title: t('reason') }), ...used, fileIds: filesField({ title: now ? t('filesNeeded') : t('files') }),
  }, ['kind', 'excludeClass', 'shelveClass', ...(texts.length === 0 ? ['reason'] : [])])
}

/** What the fields say, as a declaration takes it; words used before stand in where none were written. */
export function claimOf(v: FormValue) {
  const kind = oneOf(v, 'kind', kinds, 'exclude')
  return { kind, reasonClass: words(v, kind === 'exclude' ? 'excludeClass' : 'shelveClass'), reason: words(v, 'reason') || words(v, 'used'), expiresAt: kind === 'shelve' ? text(v, 'expiresAt') : undefined, fileIds: fileIds(v) }
}

/** What is proposed, as first values. */
export const claimFrom = (hint: Hint | undefined): FormValue => (hint ? { kind: hint.kind, [hint.kind === 'exclude' ? 'excludeClass' : 'shelveClass']: hint.reasonClass, reason: hint.reason } : { kind: 'exclude' })
