// Single sign-on: an application sent the person here; signed in and admitted, he goes back with a code (OpenID Connect) or a ticket (CAS).
import { Button, Result, Spin } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { signOut } from '../../api/session.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export default function SignOnPage(): ReactElement {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const send = useAct()
  const asked = useRef(false)
  const [problem, setProblem] = useState<string | null>(null)
  // The application wants a password now, not a session of this morning.
  const [again, setAgain] = useState(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    const one = (name: string) => search.get(name) ?? undefined
    const cas = pathname.startsWith('/cas/')
    void (cas ? send('grantCasTicket', { service: one('service') ?? '', renew: search.has('renew') }) : send('authorizeApplication', { clientId: one('client_id'), redirectUri: one('redirect_uri'), responseType: one('response_type'), state: one('state'), nonce: one('nonce'), codeChallenge: one('code_challenge'), codeChallengeMethod: one('code_challenge_method') }))
      .then(({ url }) => window.location.replace(url), (error: unknown) => { const { status, message } = asProblem(error); setAgain(status === 409); setProblem(status === 404 ? t('signOnUnknown') : status === 422 ? t('signOnIncomplete') : status === 403 ? t('signOnAsk', { why: message }) : message) })
  }, [pathname, search, send])
  return problem === null
    ? <div style={{ display: 'grid', placeItems: 'center', minBlockSize: '60vh' }}><Spin description={t('signOnGoing')} /></div>
    : <Result status="warning" title={t('signOnFailed')} subTitle={problem} extra={again ? <Button type="primary" onClick={() => void signOut().finally(() => window.location.reload())}>{t('signOnAgain')}</Button> : <Button type="primary" onClick={() => void navigate('/home')}>{t('signOnBack')}</Button>} />
}
