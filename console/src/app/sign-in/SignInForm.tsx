// Password, second factor, forced change: one small form a step, pasting allowed, errors where they belong.
import { Button, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent, ReactElement, ReactNode } from 'react'
import { Suspense, lazy, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../api/problem.ts'
import { changePassword, fetchPasswordRules, fetchSignInOptions, finishOidc, signIn, signInTotp, startOidc } from '../../api/session.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { t } from '../texts.zh-CN.ts'
import { useSignInSteps } from './use-sign-in-steps.ts'
import type { Step } from './use-sign-in-steps.ts'

const TotpSetup = lazy(() => import('./TotpSetup.tsx'))

type Props = { step?: Step; login?: string; onDone: () => void; bare?: boolean }

export function SignInForm({ step: first = 'password', login: known = '', onDone, bare }: Props): ReactElement {
  const { step, problem, busy, run, go, fail, back } = useSignInSteps(first, onDone)
  const [login, setLogin] = useState(known)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)

  const options = useQuery({ queryKey: ['signInOptions'], queryFn: fetchSignInOptions, retry: false, enabled: step === 'password' })
  const returned = useRef(false)

  // Back from the identity platform: code and state are handed over once and vanish from the address.
  useEffect(() => {
    if (window.location.pathname !== '/sign-in/callback' || returned.current) return
    returned.current = true
    const query = new URLSearchParams(window.location.search)
    const [code, state, iss] = [query.get('code'), query.get('state'), query.get('iss')]
    window.history.replaceState(null, '', '/')
    void run(() => finishOidc({ code: code ?? '', state: state ?? '', ...(iss ? { iss } : {}) }))
  })
  const trouble = problem ? <ProblemLine problem={problem} /> : null

  if (step === 'totp') {
    return <TotpStep trouble={trouble} busy={busy} onBack={back} onSend={(code) => void run(() => signInTotp(code))} />
  }
  if (step === 'enrol') {
    return (
      <div className="ms-sign-in-form">
        <h1>{t('signIn.enrol')}</h1>
        <Suspense><TotpSetup onDone={go} /></Suspense>
      </div>
    )
  }
  if (step === 'changePassword') {
    return <ChangeStep trouble={trouble} problem={problem} busy={busy} current={password} onSend={(current, next) => void run(() => changePassword(current, next))} />
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (login.trim() && password) void run(() => signIn(login.trim(), password))
  }
  const gap = (label: string, value: string) => (tried && !value.trim() ? <span className="ms-field-error" role="alert">{t('signIn.mustFill', { label })}</span> : null)
  return (
    <form className="ms-sign-in-form" onSubmit={send}>
      {bare ? null : <h1>{t('signIn.title')}</h1>}
      {trouble}
      <label>{t('signIn.login')}<Input size="large" name="username" autoComplete="username" autoFocus={!known} value={login} onChange={(e) => setLogin(e.target.value)} />{gap(t('signIn.login'), login)}</label>
      <label>{t('signIn.password')}<Input.Password size="large" name="password" autoComplete="current-password" autoFocus={Boolean(known)} value={password} onChange={(e) => setPassword(e.target.value)} />{gap(t('signIn.password'), password)}</label>
      <Button size="large" type="primary" htmlType="submit" block loading={busy}>{t('signIn.submit')}</Button>
      {options.data?.oidc ? <Button size="large" block disabled={busy} onClick={() => void startOidc().then((url) => window.location.assign(url), fail)}>{t('signIn.by', { name: options.data.oidc.name })}</Button> : null}
      {options.data?.face.available === false ? <span className="ms-hint">{options.data.face.text}</span> : null}
    </form>
  )
}

function TotpStep({ trouble, busy, onBack, onSend }: { trouble: ReactNode; busy: boolean; onBack: () => void; onSend: (code: string) => void }): ReactElement {
  const [code, setCode] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSend(code.replace(/\s/g, ''))
  }
  return (
    <form className="ms-sign-in-form" onSubmit={send}>
      <h1>{t('signIn.totp')}</h1>
      <p className="ms-muted">{t('signIn.totpHint')}</p>
      {trouble}
      <label><span className="ms-hidden">{t('signIn.totp')}</span><Input size="large" className="ms-totp" inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={7} value={code} onChange={(e) => setCode(e.target.value)} /></label>
      <Button size="large" type="primary" htmlType="submit" block loading={busy} disabled={code.replace(/\s/g, '').length < 6}>{t('signIn.totpSubmit')}</Button>
      <button type="button" className="ms-link-button" onClick={onBack}>{t('signIn.back')}</button>
    </form>
  )
}

function ChangeStep({ trouble, problem, busy, current: known, onSend }: { trouble: ReactNode; problem: Problem | null; busy: boolean; current: string; onSend: (current: string, next: string) => void }): ReactElement {
  const [current, setCurrent] = useState(known)
  const [next, setNext] = useState('')
  const [repeat, setRepeat] = useState('')
  const rules = useQuery({ queryKey: ['passwordRules'], queryFn: fetchPasswordRules, retry: false })
  const mismatch = repeat !== '' && repeat !== next
  const server = problem?.fields.find((field) => field.path.endsWith('next'))?.message
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (current && next && next === repeat) onSend(current, next)
  }
  return (
    <form className="ms-sign-in-form" onSubmit={send}>
      <h1>{t('signIn.change')}</h1>
      <p className="ms-muted">{t('signIn.changeHint')}</p>
      {trouble}
      {known ? null : <label>{t('signIn.current')}<Input.Password size="large" autoComplete="current-password" autoFocus value={current} onChange={(e) => setCurrent(e.target.value)} /></label>}
      <label>{t('signIn.next')}<Input.Password size="large" autoComplete="new-password" autoFocus={Boolean(known)} status={server ? 'error' : ''} value={next} onChange={(e) => setNext(e.target.value)} /></label>
      <span className={server ? 'ms-field-error' : 'ms-hint'}>{server ?? rules.data?.join('；') ?? ''}</span>
      <label>{t('signIn.repeat')}<Input.Password size="large" autoComplete="new-password" status={mismatch ? 'error' : ''} value={repeat} onChange={(e) => setRepeat(e.target.value)} /></label>
      {mismatch ? <span className="ms-field-error" role="alert">{t('signIn.mismatch')}</span> : null}
      <Button size="large" type="primary" htmlType="submit" block loading={busy} disabled={!current || !next || next !== repeat}>{t('signIn.changeSubmit')}</Button>
    </form>
  )
}
