// Whether an appeal needs a point: conditions on common fields, joined by all or any (⚙ pointRequired). Pure.
import type { z } from 'zod'
import type { pointRequired } from './places.settings.ts'

type Rule = z.output<typeof pointRequired.schema>[number]
export type Appeal = { appealType: string; matterId?: string | null | undefined; categoryId?: string | null | undefined; areaCode?: string | null | undefined; urgency?: string | undefined }

export function needsPoint(appeal: Appeal, rules: readonly Rule[]): boolean {
  return rules.some((rule) => {
    const tests = [
      ...(rule.appealTypes.length > 0 ? [rule.appealTypes.includes(appeal.appealType)] : []),
      ...(rule.matterIds.length > 0 ? [rule.matterIds.includes(appeal.matterId ?? '')] : []),
      ...(rule.categoryIds.length > 0 ? [rule.categoryIds.includes(appeal.categoryId ?? '')] : []),
      ...(rule.areaCodes.length > 0 ? [rule.areaCodes.some((code) => (appeal.areaCode ?? '').startsWith(code.replace(/(00)+$/, '')))] : []),
      ...(rule.urgencies.length > 0 ? [rule.urgencies.includes(appeal.urgency ?? 'normal')] : []),
    ]
    return tests.length > 0 && (rule.join === 'all' ? tests.every(Boolean) : tests.some(Boolean))
  })
}
