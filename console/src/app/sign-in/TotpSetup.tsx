// Second factor: scan, type the code once, done. Used at sign-in and in 个人设置.
import { Button, Input } from 'antd'
import { toString as qrSvg } from 'qrcode'
import type { FormEvent, ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { confirmTotp, startTotp } from '../../api/session.ts'
import type { SignInStep } from '../../api/session.ts'
import { Loading, ProblemLine } from '../../ui/Empty.tsx'
import { t } from '../texts.zh-CN.ts'

export default function TotpSetup({ onDone }: { onDone: (answer: SignInStep | undefined) => void }): ReactElement {
  const [offer, setOffer] = useState<{ secret: string; picture: string } | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    startTotp()
      .then(async ({ secret, uri }) => setOffer({ secret, picture: `data:image/svg+xml;utf8,${encodeURIComponent(await qrSvg(uri, { type: 'svg', margin: 0 }))}` }))
      .catch((error: unknown) => setProblem(asProblem(error)))
  }, [])
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      onDone(await confirmTotp(code.replace(/\s/g, '')))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="ms-stack" onSubmit={(e) => void send(e)}>
      <span className="ms-muted">{t('signIn.enrolHint')}</span>
      {problem ? <ProblemLine problem={problem} /> : null}
      {offer ? (
        <>
          <img src={offer.picture} alt={t('signIn.qr')} width={168} height={168} />
          <span className="ms-hint">{t('signIn.secret')} <code className="ms-code">{offer.secret}</code></span>
        </>
      ) : problem ? null : <Loading lines={3} />}
      <Input size="large" className="ms-totp" aria-label={t('signIn.totp')} inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={7} value={code} onChange={(e) => setCode(e.target.value)} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!offer || code.replace(/\s/g, '').length < 6}>{t('signIn.enable')}</Button>
    </form>
  )
}
