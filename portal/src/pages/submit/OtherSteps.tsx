// Steps 3 to 5: photos, what is still missing, how to reach the citizen.
import type { ReactElement } from 'react'
import type { FormSchema } from '../../../../forms/index.ts'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { SignIn } from '../../app/SignIn.tsx'
import { useOnline } from '../../app/display.ts'
import { useCitizen, usePortal } from '../../app/session.ts'
import { changeDraft, photoQueue, type Draft } from '../../draft/draft.ts'
import { RealName } from './RealName.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { Check, Checks, Choices, TextInput } from '../../kit/Fields.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { FormView } from '../../kit/forms/FormView.tsx'
import { PhotoPicker } from '../../kit/PhotoPicker.tsx'
import { t } from './texts.zh-CN.ts'

export type Question = OutputOf<'publicMatter'>['questions'][number]

export function PhotoStep(): ReactElement {
  const { settings } = usePortal()
  const limits = settings?.files ?? { count: 5, sizeMb: 10, videoMb: 100 }
  return (
    <div className="k-stack">
      <p className="k-hint">{t('photosHelp', { n: limits.count })}</p>
      <div data-field="fileIds"><PhotoPicker queue={photoQueue} limits={limits} /></div>
      <p className="k-note k-hint"><Icon name="shield" /><span>{t('photosCare')}</span></p>
    </div>
  )
}

export function MoreStep({ draft, questions, form, errors, read }: { draft: Draft; questions: readonly Question[]; form: FormSchema | null; errors: Record<string, string>; /** Read out of the text. */ read: readonly string[] }): ReactElement {
  const answer = (code: string, value: string) => changeDraft({ answers: { ...draft.answers, [code]: value } })
  return (
    <div className="k-stack" data-gap="large">
      <p className="k-hint">{t('moreHelp')}</p>
      {form ? <FormView schema={form} value={draft.formData} onChange={(formData) => changeDraft({ formData })} errors={errors} prefix="formData." /> : null}
      {questions.map((q) => <Ask key={q.code} question={q} error={errors[`answers.${q.code}`]} read={read.includes(q.code)} value={draft.answers[q.code] ?? null} onValue={(value) => answer(q.code, value)} />)}
    </div>
  )
}

const JOIN = '、'

function Ask({ question, error, read, value, onValue }: { question: Question; error: string | undefined; read: boolean; value: string | null; onValue: (value: string) => void }): ReactElement {
  const shared = { name: `answers.${question.code}`, label: question.ask, help: read ? t('readFrom') : (question.help ?? undefined), error }
  const unknown = <Check label={t('moreUnknown')} value={value === ''} onValue={() => onValue('')} />
  if (question.type === 'choice') return <Choices {...shared} columns options={[...question.options.map((o) => ({ value: o, label: o })), { value: '', label: t('moreUnknown') }]} value={value} onValue={onValue} />
  if (question.type === 'multiple') return <div className="k-stack" data-gap="small"><Checks {...shared} columns options={question.options.map((o) => ({ value: o, label: o }))} value={value ? value.split(JOIN) : []} onValue={(list) => onValue(list.join(JOIN))} />{unknown}</div>
  return (
    <div className="k-stack" data-gap="small">
      <TextInput {...shared} value={value ?? ''} onValue={onValue} maxLength={200} type={question.type === 'date' ? 'date' : 'text'} inputMode={question.type === 'number' ? 'decimal' : undefined} />
      {unknown}
    </div>
  )
}

export function ContactStep({ draft, errors }: { draft: Draft; errors: Record<string, string> }): ReactElement {
  const citizen = useCitizen()
  const online = useOnline()
  const { settings } = usePortal()
  return (
    <div className="k-stack" data-gap="large">
      <div data-field="phone">
        {citizen ? (
          <Card tone="ok"><p className="k-line"><Icon name="check" />{t('contactPhone')} <bdi className="k-num">{citizen.mobile}</bdi></p></Card>
        ) : online ? (
          <Card title={t('contactSignIn')}><SignIn phone={draft.phone} onPhone={(phone) => changeDraft({ phone })} /></Card>
        ) : (
          <Card tone="near"><p>{t('contactOffline')}</p></Card>
        )}
        {errors['phone'] ? <p className="k-error"><Icon name="warning" />{errors['phone']}</p> : null}
      </div>
      {citizen ? <InNameOf draft={draft} /> : null}
      {settings?.realNameRequired && citizen && !citizen.realName && !draft.enterprise ? <RealName citizen={citizen} /> : null}
      {citizen?.name ? <p className="k-hint">{t('contactNameKnown', { name: citizen.name })}</p> : <TextInput name="name" label={t('contactName')} help={t('contactNameHelp')} optional value={draft.name} onValue={(name) => changeDraft({ name })} autoComplete="name" maxLength={60} />}
      <Choices name="callbackManner" label={t('manner')} columns options={manners} value={draft.callbackManner} onValue={(callbackManner) => changeDraft({ callbackManner })} />
      <Check label={t('secret')} hint={t('secretHint')} value={draft.confidential} onValue={(confidential) => changeDraft({ confidential })} />
    </div>
  )
}

/** As a person, or for one of the enterprises that the account acts for. */
function InNameOf({ draft }: { draft: Draft }): ReactElement | null {
  const held = (useQueryOf('listOwnEnterprises', {}, { staleTime: 60_000 }).data?.items ?? []).filter((one) => one.state === 'active')
  if (held.length === 0) return null
  return (
    <>
      <Choices name="enterpriseId" label={t('inNameOf')} options={[{ value: '', label: t('asPerson') }, ...held.map((one) => ({ value: one.id, label: one.name }))]} value={draft.enterprise?.id ?? ''} onValue={(id) => { const one = held.find((e) => e.id === id); changeDraft({ enterprise: one ? { id: one.id, name: one.name } : null }) }} />
      {draft.enterprise ? <Choices name="extent" label={t('extent')} options={extents} value={draft.extent} onValue={(extent) => changeDraft({ extent })} /> : null}
    </>
  )
}

export const extents = [{ value: 'one', label: t('extentOne') }, { value: 'industry', label: t('extentIndustry'), hint: t('extentIndustryHint') }] as const
export const manners = [{ value: 'call', label: t('mannerCall') }, { value: 'sms', label: t('mannerSms') }, { value: 'none', label: t('mannerNone') }] as const
