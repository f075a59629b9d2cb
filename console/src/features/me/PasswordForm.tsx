import { Button, Input } from 'antd'
import type { FormEvent, ReactElement } from 'react'
import { useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { changePassword } from '../../api/session.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { errorsOf } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { when } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

export function PasswordForm({ changedAt, onDone }: { changedAt: string | null; onDone: () => void }): ReactElement {
  const { reload } = useSession()
  const rules = useQueryOf('getPasswordRules', {})
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeat, setRepeat] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const errors = problem ? errorsOf(problem, ['current', 'next']).errors : {}
  const mismatch = repeat !== '' && repeat !== next
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await changePassword(current, next)
      setCurrent('')
      setNext('')
      setRepeat('')
      // the session is renewed with the password, and its CSRF token with it
      await reload()
      say(t('changed'))
      onDone()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      {changedAt ? <span className="ms-hint">{t('passwordAt', { time: when(changedAt) })}</span> : null}
      {problem && Object.keys(errors).length === 0 ? <ProblemLine problem={problem} /> : null}
      <label>{t('current')}<Input.Password autoComplete="current-password" status={errors.current ? 'error' : ''} value={current} onChange={(e) => setCurrent(e.target.value)} /></label>
      {errors.current ? <span className="ms-field-error">{errors.current}</span> : null}
      <label>{t('next')}<Input.Password autoComplete="new-password" status={errors.next ? 'error' : ''} value={next} onChange={(e) => setNext(e.target.value)} /></label>
      {rules.data ? <span className="ms-hint">{rules.data.rules.join('；')}</span> : null}
      {errors.next ? <span className="ms-field-error">{errors.next}</span> : null}
      <label>{t('repeat')}<Input.Password autoComplete="new-password" status={mismatch ? 'error' : ''} value={repeat} onChange={(e) => setRepeat(e.target.value)} /></label>
      {mismatch ? <span className="ms-field-error" role="alert">{t('mismatch')}</span> : null}
      <Button htmlType="submit" loading={busy} disabled={!current || !next || next !== repeat}>{t('change')}</Button>
    </form>
  )
}
