import { Button, Input } from 'antd'
import type { FormEvent, ReactElement } from 'react'
import { useState } from 'react'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { errorsOf } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import type { Account } from './MePage.tsx'
import { t } from './texts.zh-CN.ts'

/** The mobile is shown masked and only replaced, never edited: a mask must not be written back. */
export function ContactForm({ account, onDone }: { account: Account; onDone: () => void }): ReactElement {
  const [mobile, setMobile] = useState('')
  const [email, setEmail] = useState(account.email ?? '')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const errors = problem ? errorsOf(problem, ['mobile', 'email']).errors : {}
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await request('PATCH', '/api/me', { version: account.version, mobile: mobile.trim() || undefined, email: email.trim() || null })
      setMobile('')
      say(t('saved'))
      onDone()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      {problem && Object.keys(errors).length === 0 ? <ProblemLine problem={problem} /> : null}
      <label>{t('mobile')}<Input type="tel" status={errors.mobile ? 'error' : ''} value={mobile} onChange={(e) => setMobile(e.target.value)} autoComplete="tel" /></label>
      {errors.mobile ? <span className="ms-field-error">{errors.mobile}</span> : account.mobileMasked ? <span className="ms-hint">{t('mobileHint', { now: account.mobileMasked })}</span> : null}
      <label>{t('email')}<Input type="email" status={errors.email ? 'error' : ''} value={email} onChange={(e) => setEmail(e.target.value)} autoComplete="email" /></label>
      {errors.email ? <span className="ms-field-error">{errors.email}</span> : null}
      <Button htmlType="submit" loading={busy} disabled={!mobile.trim() && email === (account.email ?? '')}>{t('save')}</Button>
    </form>
  )
}
