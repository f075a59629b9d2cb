// Step 6: every line once more, each with its way back.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useCitizen, usePortal } from '../../app/session.ts'
import { choicesOf, type FieldSchema, type FormSchema } from '../../../../forms/index.ts'
import type { Draft } from '../../draft/draft.ts'
import { Card, Rows } from '../../kit/Blocks.tsx'
import type { Question } from './OtherSteps.tsx'
import { extents, manners } from './OtherSteps.tsx'
import type { Step } from './steps.ts'
import { t } from './texts.zh-CN.ts'

export function ReviewStep({ draft, questions, form }: { draft: Draft; questions: readonly Question[]; form: FormSchema | null }): ReactElement {
  const { settings } = usePortal()
  const citizen = useCitizen()
  const edit = (step: Step, what: string) => <Link to={`/submit?step=${step}`} aria-label={t('editOf', { what })}>{t('edit')}</Link>
  const type = settings?.appealTypes.find((one) => one.id === draft.appealType)?.name ?? ''
  const place = [draft.area?.name, draft.address].filter(Boolean).join('\n')
  const filled = form ? Object.entries(form.properties).flatMap(([name, field]) => { const said = wordsOf(field, draft.formData[name]); return said === '' ? [] : [`${field.title}：${said}`] }).join('\n') : ''
  const answers = questions.map((q) => `${q.name}：${draft.answers[q.code] || t('moreUnknown')}`).join('\n')
  const contact = [draft.enterprise?.name ?? '', draft.enterprise ? (extents.find((e) => e.value === draft.extent)?.label ?? '') : '', citizen?.mobile ?? draft.phone, citizen?.name || draft.name, manners.find((m) => m.value === draft.callbackManner)?.label, draft.confidential ? t('secretShown') : ''].filter(Boolean).join('\n')
  return (
    <div className="k-stack">
      <Card>
        <Rows
          rows={[
            { label: t('rowSay'), value: draft.content, end: edit('say', t('rowSay')) },
            { label: t('rowType'), value: type, end: edit('say', t('rowType')) },
            { label: t('rowMatter'), value: draft.matter?.name ?? t('matterNoneShown'), end: edit('say', t('rowMatter')) },
            { label: t('rowPlace'), value: [place, draft.joined ? t('joinedShown') : ''].filter(Boolean).join('\n'), end: edit('place', t('rowPlace')) },
            { label: t('rowPhotos'), value: draft.photos.length > 0 ? t('photosN', { n: draft.photos.length }) : t('photosNone'), end: edit('photos', t('rowPhotos')) },
            filled === '' ? null : { label: t('rowForm'), value: filled, end: edit('more', t('rowForm')) },
            answers === '' ? null : { label: t('rowMore'), value: answers, end: edit('more', t('rowMore')) },
            { label: t('rowContact'), value: contact, end: edit('contact', t('rowContact')) },
          ]}
        />
      </Card>
      <p className="k-hint">{t('reviewPromise')}</p>
    </div>
  )
}

/** A value of a form as one line: choices by their words, compounds by their parts. */
function wordsOf(field: FieldSchema, value: unknown): string {
  if (value === undefined || value === null || value === '' || value === false) return ''
  if (value === true) return t('yes')
  const names = new Map((choicesOf(field) ?? []).map((one) => [one.value, one.label]))
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? (names.get(one) ?? one) : '')).filter(Boolean).join('、') || t('rowsN', { n: value.length })
  if (typeof value === 'object') return Object.values(value).filter((one) => typeof one === 'string').join(' ')
  return names.get(String(value)) ?? String(value)
}
