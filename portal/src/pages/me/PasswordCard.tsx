// A password beside the code: set and changed by a fresh code.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, Tag } from '../../kit/Blocks.tsx'
import { ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Trouble } from '../../kit/States.tsx'
import { t } from './texts.zh-CN.ts'

export function PasswordCard(): ReactElement | null {
  const state = useQueryOf('getPublicPassword', {}).data
  const [open, setOpen] = useState(false)
  if (!state) return null
  return (
    <Card title={t('password')} extra={state.set ? <Tag tone="ok" icon="check">{t('passwordSet')}</Tag> : null}>
      {open ? <PasswordForm question={state.question} onDone={() => setOpen(false)} /> : <>{state.set ? null : <p className="k-hint">{t('passwordNone')}</p>}<div><Button onClick={() => setOpen(true)}>{state.set ? t('changePassword') : t('setPassword')}</Button></div></>}
    </Card>
  )
}

function PasswordForm({ question: known, onDone }: { question: string | null; onDone: () => void }): ReactElement {
  const [form, setForm] = useState({ phone: '', code: '', password: '', again: '', question: known ?? '', answer: '' })
  const [attempt, setAttempt] = useState(0)
  const command = useCommand('setPublicPassword', { invalidates: ['getPublicPassword'] })
  const code = useCommand('sendPublicCode')
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change })
  const differs = attempt > 0 && form.password !== form.again
  const errors: Record<string, string> = { ...Object.fromEntries((command.error?.fields ?? code.error?.fields ?? []).map((f) => [f.path, f.message])), ...(differs ? { again: t('differs') } : {}) }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt(attempt + 1)
    if (form.password !== form.again) return
    // The question alone, unchanged and unanswered, stays as it is.
    const asked = form.answer.trim() === '' && form.question === (known ?? '') ? { question: '', answer: '' } : { question: form.question, answer: form.answer }
    void command.mutateAsync({ code: form.code, password: form.password, ...asked }).then(() => { say(t('passwordSaved')); onDone() }, () => undefined)
  }
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} attempt={attempt} />
      {[command.error, code.error].map((error) => (error && error.fields.length === 0 ? <Trouble key={error.title} problem={error} /> : null))}
      <TextInput name="phone" label={t('mobileOf')} error={errors['phone']} value={form.phone} onValue={(phone) => set({ phone })} type="tel" inputMode="tel" autoComplete="tel-national" maxLength={20} />
      <div><Button busy={code.isPending} onClick={() => void code.mutateAsync({ phone: form.phone }).then(() => say(t('codeSent')), () => undefined)}>{t('getCode')}</Button></div>
      <TextInput name="code" label={t('code')} error={errors['code']} value={form.code} onValue={(value) => set({ code: value })} inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
      <TextInput name="password" label={t('newPassword')} help={t('passwordHelp')} error={errors['password']} value={form.password} onValue={(password) => set({ password })} type="password" autoComplete="new-password" maxLength={64} />
      <TextInput name="again" label={t('again')} error={errors['again']} value={form.again} onValue={(again) => set({ again })} type="password" autoComplete="new-password" maxLength={64} />
      <TextInput name="question" label={t('question')} help={t('questionHelp')} error={errors['question']} optional value={form.question} onValue={(question) => set({ question })} maxLength={60} />
      <TextInput name="answer" label={t('answer')} error={errors['answer']} optional value={form.answer} onValue={(answer) => set({ answer })} autoComplete="off" maxLength={60} />
      <div className="p-two"><Button tone="primary" type="submit" busy={command.isPending}>{t('save')}</Button><Button onClick={onDone}>{t('cancel')}</Button></div>
    </form>
  )
}
