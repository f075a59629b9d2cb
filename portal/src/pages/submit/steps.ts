// The steps, and what each needs before one may go on. Pure.
import { checkValues, namedWords, withComputed, type FormSchema } from '../../../../forms/index.ts'
import type { Draft } from '../../draft/draft.ts'
import { t } from './texts.zh-CN.ts'

export type Step = 'say' | 'place' | 'photos' | 'more' | 'contact' | 'review'

export const stepNames: Record<Step, string> = { say: t('stepSay'), place: t('stepPlace'), photos: t('stepPhotos'), more: t('stepMore'), contact: t('stepContact'), review: t('stepReview') }

/** The step of questions is left out where nothing is asked. */
export const stepsFor = (questions: number): Step[] => (questions > 0 ? ['say', 'place', 'photos', 'more', 'contact', 'review'] : ['say', 'place', 'photos', 'contact', 'review'])

/** Errors by field; empty when the step is complete. */
export function errorsOf(step: Step, draft: Draft, known: { signedIn: boolean; online: boolean; form?: FormSchema | null }): Record<string, string> {
  const length = [...draft.content.trim()].length
  if (step === 'say') return length < 5 ? { content: t('sayShort') } : length > 2000 ? { content: t('sayLong') } : {}
  if (step === 'place') return draft.area ? {} : { areaCode: t('placeNeeded') }
  if (step === 'more' && known.form) return formErrors(known.form, draft)
  if (step === 'contact') return known.signedIn || !known.online ? {} : { phone: t('contactNeeded') }
  return {}
}

/** All errors of the form at once, by the names its fields have on the wire. */
function formErrors(form: FormSchema, draft: Draft): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const problem of checkValues(form, withComputed(form, draft.formData), { strict: false })) errors[`formData.${problem.path}`] ??= namedWords(problem)
  return errors
}

/** Which step a field of the server's refusal belongs to. */
export function stepOfField(path: string): Step {
  if (/^(content|appealType|matterId|title|qrCode)/.test(path)) return 'say'
  if (/^(areaCode|address|lon|lat)/.test(path)) return 'place'
  if (path.startsWith('fileIds')) return 'photos'
  if (/^(answers|formData)/.test(path)) return 'more'
  if (path.startsWith('enterpriseId')) return 'contact'
  return 'contact'
}
