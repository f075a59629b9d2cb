// What a feedback still lacks against the closing standard; pure.
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { fileIds, text, words } from './form-values.ts'
import { t } from './texts.zh-CN.ts'

type Item = { text: string; evidence: boolean }
export type FeedbackChecks = { standard: readonly Item[]; basisNeeded: boolean; contacted: boolean; form: ActFormHandle }
type Finding = { text: string; field: string; tone: 'over' | 'near' }

/** What the server would refuse (over) and what a reviewer would ask about (near). */
export function findings({ standard, basisNeeded, contacted, form }: FeedbackChecks): Finding[] {
  const { value } = form
  const evidence = standard.filter((one) => one.evidence).map((one) => one.text)
  const ticked = Array.isArray(value.ticked) ? value.ticked : []
  const open = standard.filter((one) => !one.evidence && !ticked.includes(one.text)).length
  const found: Finding[] = []
  if (evidence.length > 0 && fileIds(value).length === 0 && !text(value, 'quotedFrom')) found.push({ tone: 'over', field: 'fileIds', text: t('feedback.missingEvidence', { names: evidence.join('、') }) })
  if (basisNeeded && !text(value, 'basis')) found.push({ tone: 'over', field: 'basis', text: t('feedback.missingBasis') })
  if (!contacted && !text(value, 'contactMethod')) found.push({ tone: 'near', field: 'contactMethod', text: t('feedback.missingContact') })
  if (words(value, 'result').length < 20) found.push({ tone: 'near', field: 'result', text: t('feedback.short') })
  if (open > 0) found.push({ tone: 'near', field: 'ticked', text: t('feedback.unticked', { n: open }) })
  return found
}
