// Signing in by a code to the mobile: two fields, nothing to remember; pasting and automatic filling work.
import { useEffect, useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { Link, useLocation } from 'react-router'
import { call } from '../api/call.ts'
import { asProblem } from '../api/problem.ts'
import { useCommand } from '../api/queries.ts'
import { Button, LinkButton } from '../kit/Button.tsx'
import { ErrorSummary, focusField, TextInput } from '../kit/Fields.tsx'
import { say } from '../kit/Layers.tsx'
import { Trouble, type Failure } from '../kit/States.tsx'
import { signedIn, usePortal } from './session.ts'
import { t } from './texts.zh-CN.ts'

/** By a code, or by a password where one was set. */
export function SignIn(props: { phone?: string; onPhone?: (phone: string) => void; onDone?: () => void }): ReactElement {
  const [way, setWay] = useState<'code' | 'password'>('code')
  const { settings } = usePortal()
  const { pathname, search } = useLocation()
  return (
    <div className="k-stack">
      {way === 'code' ? <ByCode {...props} /> : <ByPassword {...props} />}
      {settings?.unified ? <LinkButton to={`/unified?to=${encodeURIComponent(pathname + search)}`} icon="shield" block>{t('byUnified', { name: settings.unified })}</LinkButton> : null}
      <p className="k-line"><Button tone="quiet" onClick={() => setWay(way === 'code' ? 'password' : 'code')}>{way === 'code' ? t('byPassword') : t('byCode')}</Button>{way === 'password' ? <Link to="/reset" className="p-quiet">{t('forgot')}</Link> : null}</p>
    </div>
  )
}

function ByPassword({ phone: known = '', onPhone, onDone }: { phone?: string; onPhone?: (phone: string) => void; onDone?: () => void }): ReactElement {
  const [phone, setPhone] = useState(known)
  const [password, setPassword] = useState('')
  const command = useCommand('publicPasswordSignIn')
  const errors = Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, f.message]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void command.mutateAsync({ phone, password }).then((answer) => { signedIn(answer); say(t('signedIn')); onDone?.() }, () => undefined)
  }
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} />
      {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
      <TextInput name="phone" label={t('phone')} error={errors['phone']} value={phone} onValue={(value) => { setPhone(value); onPhone?.(value) }} type="tel" inputMode="tel" autoComplete="username" maxLength={20} />
      <TextInput name="password" label={t('password')} error={errors['password']} value={password} onValue={setPassword} type="password" autoComplete="current-password" maxLength={64} />
      <Button tone="primary" block type="submit" busy={command.isPending}>{t('signIn')}</Button>
    </form>
  )
}

function ByCode({ phone: known = '', onPhone, onDone }: { phone?: string; onPhone?: (phone: string) => void; onDone?: () => void }): ReactElement {
  const { hotline } = usePortal()
  const [phone, setPhone] = useState(known)
  const [code, setCode] = useState('')
  const [sent, setSent] = useState<{ minutes: number } | null>(null)
  const [wait, setWait] = useState(0)
  const [busy, setBusy] = useState<'code' | 'in' | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [trouble, setTrouble] = useState<Failure | null>(null)

  useEffect(() => {
    if (wait <= 0) return
    const timer = setTimeout(() => setWait(wait - 1), 1000)
    return () => clearTimeout(timer)
  }, [wait])

  const digits = phone.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '')
  const run = async (what: 'code' | 'in', act: () => Promise<void>) => {
    setBusy(what)
    setTrouble(null)
    setErrors({})
    try {
      await act()
    } catch (error) {
      const problem = asProblem(error)
      if (problem.fields.length > 0) setErrors(Object.fromEntries(problem.fields.map((f) => [f.path, f.message])))
      else setTrouble(problem)
    }
    setBusy(null)
  }
  const getCode = () => {
    if (!/^1[3-9]\d{9}$/.test(digits)) return setErrors({ phone: t('badPhone') })
    void run('code', async () => {
      const answer = await call('sendPublicCode', { phone: digits })
      setSent({ minutes: answer.validMinutes })
      setWait(answer.resendSeconds)
      requestAnimationFrame(() => focusField('code'))
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!sent) return getCode()
    if (!/^\d{6}$/.test(code.replace(/\s/g, ''))) return setErrors({ code: t('badCode') })
    void run('in', async () => {
      signedIn(await call('publicSignIn', { phone: digits, code: code.replace(/\s/g, '') }))
      say(t('signedIn'))
      onDone?.()
    })
  }
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} />
      {trouble ? <Trouble problem={trouble} /> : null}
      <TextInput name="phone" label={t('phone')} help={t('phoneHelp')} error={errors['phone']} value={phone} onValue={(value) => { setPhone(value); onPhone?.(value) }} type="tel" inputMode="tel" autoComplete="tel-national" maxLength={20} />
      {sent ? (
        <TextInput name="code" label={t('code')} help={t('codeHelp', { n: sent.minutes })} error={errors['code']} value={code} onValue={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
      ) : null}
      {sent ? (
        <div className="k-stack" data-gap="small">
          <Button tone="primary" block type="submit" busy={busy === 'in'}>{t('signIn')}</Button>
          <Button tone="quiet" disabled={wait > 0} busy={busy === 'code'} onClick={getCode}>{wait > 0 ? t('again', { n: wait }) : t('resend')}</Button>
        </div>
      ) : (
        <Button tone="primary" block type="submit" busy={busy === 'code'}>{t('getCode')}</Button>
      )}
      <p className="k-hint">{t('noSms', { number: hotline })}</p>
    </form>
  )
}
