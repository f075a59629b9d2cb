// 校对: deviations between fields, content and matter as proposals; taken or left, both are kept with the order (ORD-09).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { say } from '../../ui/notices.ts'
import { fieldOf, numberOf } from './call-form.ts'
import type { CallForm } from './call-form.ts'
import { t } from './texts.zh-CN.ts'

export type Finding = OutputOf<'proofreadAppeal'>['findings'][number]
export type Choices = { field: string; rule: string; found: string; proposed: string | null; choice: 'accepted' | 'rejected' | 'ignored' }[]

export const askProofreading = async (form: CallForm): Promise<Finding[]> =>
  (await call('proofreadAppeal', {
    title: fieldOf(form, 'title') ?? '', content: fieldOf(form, 'content') ?? '', address: fieldOf(form, 'address') ?? '', areaCode: fieldOf(form, 'areaCode'), phone: form.phone, appealType: fieldOf(form, 'appealType'), urgency: fieldOf(form, 'urgency'), matterId: fieldOf(form, 'matterId'), lon: numberOf(form, 'lon'), lat: numberOf(form, 'lat'), elements: form.elements as Record<string, never>,
  })).findings

/** What proofreading looks at: asked again only when it changed. */
export const proofText = (form: CallForm): string => JSON.stringify([form.phone, form.elements, ...['title', 'content', 'address', 'areaCode', 'appealType', 'urgency', 'matterId', 'lon', 'lat'].map((name) => form.fields[name] ?? null)])
export const ignored = (found: readonly Finding[]): Choices => found.map((one) => ({ field: one.field, rule: one.rule, found: one.found, proposed: one.proposed, choice: 'ignored' as const }))

type Props = { form: CallForm; change: (changes: Partial<CallForm>) => void; choices: Choices; setChoices: (next: Choices) => void; found: Finding[] | null; setFound: (next: Finding[] | null) => void }

export function Proofreading({ form, change, choices, setChoices, found, setFound }: Props): ReactElement {
  const [busy, setBusy] = useState(false)
  const run = () => {
    setBusy(true)
    void askProofreading(form).then((next) => {
      setFound(next)
      setChoices([...choices.filter((one) => one.choice !== 'ignored'), ...ignored(next)].slice(-30))
    }).catch((error: Error) => say(error.message, 'over')).finally(() => setBusy(false))
  }
  const decide = (one: Finding, choice: 'accepted' | 'rejected') => {
    if (choice === 'accepted' && one.value !== null) change(one.field === 'phone' ? { phone: one.value } : { fields: { ...form.fields, [one.field]: one.value } })
    setChoices([...choices.filter((held) => !(held.rule === one.rule && held.field === one.field)), { field: one.field, rule: one.rule, found: one.found, proposed: one.proposed, choice }])
    setFound(found?.filter((other) => other !== one) ?? null)
  }
  return (
    <div className="ms-stack">
      <div className="ms-row"><Button size="small" loading={busy} onClick={run}>{t('proof.run')}</Button>{found?.length === 0 ? <span className="ms-hint" role="status">{t('proof.none')}</span> : found ? <span className="ms-hint" role="alert">{t('proof.look', { n: found.length })}</span> : null}</div>
      {found?.map((one) => (
        <div key={`${one.rule}${one.field}`} className="ms-proposal ms-proofed">
          <span>{one.message}</span><span className="ms-hint">{Math.round(one.confidence * 100)}%</span><span className="ms-grow" />
          {one.value !== null ? <Button size="small" onClick={() => decide(one, 'accepted')}>{t('proof.accept', { value: one.proposed ?? '' })}</Button> : null}
          <Button size="small" onClick={() => decide(one, 'rejected')}>{t('proof.reject')}</Button>
        </div>
      ))}
    </div>
  )
}
