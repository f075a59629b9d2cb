// A forgotten password: name, identity number, code, and the answer where one was given; what does not fit is not told.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { useCommand } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Trouble } from '../../kit/States.tsx'
import { t } from './texts.zh-CN.ts'

const fields = [
  ['name', 'resetName', 'name', 'text'], ['idNumber', 'idNumber', 'off', 'text'], ['code', 'code', 'one-time-code', 'text'], ['answer', 'resetAnswer', 'off', 'text'], ['password', 'newPassword', 'new-password', 'password'],
] as const

export default function ResetPage(): ReactElement {
  const [form, setForm] = useState({ phone: '', name: '', idNumber: '', code: '', answer: '', password: '' })
  const [attempt, setAttempt] = useState(0)
  const navigate = useNavigate()
  const code = useCommand('sendPublicCode')
  const command = useCommand('resetPublicPassword')
  const errors = Object.fromEntries((command.error?.fields ?? code.error?.fields ?? []).map((f) => [f.path, f.message]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt(attempt + 1)
    void command.mutateAsync(form).then(() => { say(t('resetDone')); void navigate('/me') }, () => undefined)
  }
  return (
    <Page title={t('resetTitle')} intro={t('resetIntro')}>
      <Card>
        <form className="k-stack" onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} attempt={attempt} />
          {[command.error, code.error].map((error) => (error && error.fields.length === 0 ? <Trouble key={error.title} problem={error} /> : null))}
          <TextInput name="phone" label={t('mobileOf')} error={errors['phone']} value={form.phone} onValue={(phone) => setForm({ ...form, phone })} type="tel" inputMode="tel" autoComplete="tel-national" maxLength={20} />
          <div><Button busy={code.isPending} onClick={() => void code.mutateAsync({ phone: form.phone }).then(() => say(t('codeSent')), () => undefined)}>{t('getCode')}</Button></div>
          {fields.map(([name, label, complete, type]) => <TextInput key={name} name={name} label={t(label)} {...(name === 'password' ? { help: t('passwordHelp') } : {})} error={errors[name]} optional={name === 'answer'} value={form[name]} onValue={(value) => setForm({ ...form, [name]: value })} type={type} autoComplete={complete} maxLength={64} />)}
          <Button tone="primary" block type="submit" busy={command.isPending}>{t('resetGo')}</Button>
        </form>
      </Card>
    </Page>
  )
}
