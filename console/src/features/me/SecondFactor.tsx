import { Button, Input } from 'antd'
import type { FormEvent, ReactElement } from 'react'
import { Suspense, lazy, useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { Loading, ProblemLine } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { t } from './texts.zh-CN.ts'

const TotpSetup = lazy(() => import('../../app/sign-in/TotpSetup.tsx'))

export function SecondFactor({ on, hasPassword, onDone }: { on: boolean; hasPassword: boolean; onDone: () => void }): ReactElement {
  const { reload } = useSession()
  const [setting, setSetting] = useState(false)
  if (on) return hasPassword ? <Remove onDone={onDone} /> : <span className="ms-muted">{t('factorOn')}</span>
  const done = async () => {
    setSetting(false)
    await reload()
    say(t('factorDone'))
    onDone()
  }
  return setting ? (
    <Suspense fallback={<Loading lines={3} />}><TotpSetup onDone={() => void done()} /></Suspense>
  ) : (
    <div className="ms-stack">
      <span className="ms-muted">{t('factorOff')}</span>
      <div><Button onClick={() => setSetting(true)}>{t('factorSet')}</Button></div>
    </div>
  )
}

function Remove({ onDone }: { onDone: () => void }): ReactElement {
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await request('POST', '/api/me/totp/remove', { password })
      say(t('factorRemoved'))
      onDone()
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <span className="ms-muted">{t('factorOn')}</span>
      {problem ? <ProblemLine problem={problem} /> : null}
      <label>{t('factorRemoveHint')}<Input.Password autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} /></label>
      <Button htmlType="submit" danger disabled={!password}>{t('factorRemove')}</Button>
    </form>
  )
}
