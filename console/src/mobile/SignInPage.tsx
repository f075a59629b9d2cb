// Sign-in: password, second factor, forced change; in the demo one press a role.
import { Button, Card, Empty, ErrorSummary, TextInput, Trouble } from '@minsheng/portal/kit'
import type { FieldErrors } from '@minsheng/portal/kit'
import { useEffect, useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { changePassword, demoSignIn, fetchDemoPeople, signIn, signInTotp } from '../api/session.ts'
import type { DemoPerson } from '../api/session.ts'
import { useSignInSteps } from '../app/sign-in/use-sign-in-steps.ts'
import type { Step } from '../app/sign-in/use-sign-in-steps.ts'
import { t } from './texts.zh-CN.ts'

type Props = { step: Step; /** The person whose session lapsed. */ again?: string; onDone: () => void }

export function SignInPage({ step: first, again, onDone }: Props): ReactElement {
  const { step, problem, busy, run } = useSignInSteps(first, onDone)
  const [login, setLogin] = useState(again ?? '')
  const [password, setPassword] = useState('')
  const [next, setNext] = useState('')
  const [code, setCode] = useState('')
  const [errors, setErrors] = useState<FieldErrors>({})

  const send = (event: FormEvent) => {
    event.preventDefault()
    const gaps: Record<string, string> = {}
    if (step === 'password' && !login.trim()) gaps.login = t('loginNeeded')
    if (step !== 'totp' && !password) gaps.password = t('passwordNeeded')
    if (step === 'totp' && !code.trim()) gaps.code = t('totpNeeded')
    if (step === 'changePassword' && !next) gaps.next = t('newPasswordNeeded')
    setErrors(gaps)
    if (Object.keys(gaps).length > 0) return
    void run(() => (step === 'totp' ? signInTotp(code.trim()) : step === 'changePassword' ? changePassword(password, next) : signIn(login.trim(), password)))
  }
  return (
    <main className="m-page m-sign-in">
      <h1>{t('app')}</h1>
      {again ? <p>{t('expired')}</p> : null}
      {step === 'enrol' ? <Card tone="near"><p>{t('enrol')}</p><a className="k-button" data-tone="primary" href="/?desktop">{t('desktop')}</a></Card> : (
        <form className="k-stack" onSubmit={send} noValidate>
          {problem ? <Trouble problem={problem} /> : null}
          <ErrorSummary errors={errors} />
          {step === 'changePassword' ? <p>{t('newPasswordHint')}</p> : null}
          {step === 'password' ? <TextInput name="login" label={t('login')} autoComplete="username" autoCapitalize="none" value={login} onValue={setLogin} error={errors.login} /> : null}
          {step !== 'totp' ? <TextInput name="password" type="password" label={step === 'changePassword' ? t('currentPassword') : t('password')} autoComplete="current-password" value={password} onValue={setPassword} error={errors.password} /> : null}
          {step === 'changePassword' ? <TextInput name="next" type="password" label={t('newPassword')} autoComplete="new-password" value={next} onValue={setNext} error={errors.next} /> : null}
          {step === 'totp' ? <TextInput name="code" label={t('totp')} help={t('totpHelp')} inputMode="numeric" autoComplete="one-time-code" value={code} onValue={setCode} error={errors.code} /> : null}
          <Button tone="primary" size="large" block type="submit" busy={busy}>{step === 'changePassword' ? t('changePassword') : t('signIn')}</Button>
        </form>
      )}
      {step === 'password' && !again ? <Demo onPick={(person) => void run(() => demoSignIn(person.id))} /> : null}
    </main>
  )
}

const roles = ['handler', 'unitLeader', 'leader']

/** Only those who work on the phone; everybody else has the desktop. */
function Demo({ onPick }: { onPick: (person: DemoPerson) => void }): ReactElement | null {
  const [people, setPeople] = useState<DemoPerson[]>([])
  const [words, setWords] = useState('')
  // a server that is no demonstration has no such people
  useEffect(() => void fetchDemoPeople().then((all) => setPeople(all.filter((one) => roles.includes(one.role))), () => undefined), [])
  if (people.length === 0) return null
  const found = people.filter((one) => `${one.name}${one.unitName}${one.tenantName}`.includes(words.trim()))
  const groups = roles.map((role) => found.filter((one) => one.role === role)).filter((group) => group.length > 0)
  return (
    <Card title={t('demo')} tone="soft">
      <p className="k-hint">{t('demoHint')}</p>
      <TextInput name="find" label={t('demoFind')} optional value={words} onValue={setWords} />
      {groups.map((group) => (
        <section key={group[0]?.role} className="k-stack" data-gap="small">
          <h3>{group[0]?.roleName}</h3>
          {group.slice(0, words.trim() ? 50 : 5).map((one) => (
            <button key={one.id} type="button" className="m-person" onClick={() => onPick(one)}><strong>{one.name}</strong><span className="k-hint">{one.unitName}</span></button>
          ))}
        </section>
      ))}
      {groups.length === 0 ? <Empty kind="filter" title={t('demoNone')} /> : null}
      <p className="k-hint">{t('demoOther')} <a href="/?desktop">{t('desktop')}</a></p>
    </Card>
  )
}
