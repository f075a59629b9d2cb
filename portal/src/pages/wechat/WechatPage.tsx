// The way in from WeChat (INT-13): to the authorization, back from it, binding a mobile the first time, and on to the page that was wanted.
import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useCommand } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { SignIn } from '../../app/SignIn.tsx'
import { signedIn, signOut, useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { say } from '../../kit/Layers.tsx'
import { Skeleton, Trouble } from '../../kit/States.tsx'
import { t } from './texts.zh-CN.ts'

type At = { step: 'wait' } | { step: 'bind' } | { step: 'continue'; mobile: string } | { step: 'failed'; problem: Problem }

/** Only pages of this site: what comes back in an address is not trusted. */
const inside = (to: string | null): string => (to && /^\/(?![/\\])/.test(to) ? to : '/')

export default function WechatPage({ unified = false }: { unified?: boolean }): ReactElement {
  const { way = '' } = useParams()
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const [at, setAt] = useState<At>({ step: 'wait' })
  const to = inside(search.get('to'))
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return // a code is good for one exchange
    begun.current = true
    const go = async (): Promise<void> => {
      const mini = search.get('mp')
      if (way === 'back') {
        const proof = { code: search.get('code') ?? '', state: search.get('state') ?? '' }
        const iss = search.get('iss')
        const answer = unified ? await call('finishUnified', { ...proof, ...(iss ? { iss } : {}) }) : await call('finishWechat', proof)
        if (answer.outcome === 'bind') return setAt({ step: 'bind' })
        signedIn(answer)
        void navigate(inside(answer.to), { replace: true })
      } else if (mini) {
        const answer = await call('enterByMini', { code: mini, to })
        setAt(answer.outcome === 'bind' ? { step: 'bind' } : { step: 'continue', mobile: answer.mobile })
      } else location.assign((await call(unified ? 'startUnified' : 'startWechat', { to })).url)
    }
    go().catch((error: unknown) => setAt({ step: 'failed', problem: asProblem(error) }))
  }, [way, unified, search, to, navigate])
  if (at.step === 'bind') return <Bind />
  if (at.step === 'continue') return <Continue mobile={at.mobile} onOther={() => setAt({ step: 'bind' })} />
  if (at.step === 'failed') return <Page title={t('failed')}><Trouble problem={at.problem} /><div><LinkButton to="/me" tone="primary">{t('otherWay')}</LinkButton></div></Page>
  return <Page title={unified ? t('unifiedTitle') : t('title')} intro={way === 'back' ? t('back') : t('going')}><Skeleton /></Page>
}

function Bind(): ReactElement {
  const citizen = useCitizen()
  const navigate = useNavigate()
  const command = useCommand('bindWechat', { invalidates: ['listOwnIdentities'] })
  const bind = () => void command.mutateAsync({}).then((answer) => { say(t('bound')); void navigate(inside(answer.to), { replace: true }) }, () => undefined)
  return (
    <Page title={t('bindTitle')} intro={t('bindIntro')}>
      {command.error ? <Trouble problem={command.error} /> : null}
      {citizen ? (
        <Card>
          <p>{t('bindTo', { mobile: citizen.mobile })}</p>
          <div className="p-two"><Button tone="primary" busy={command.isPending} onClick={bind}>{t('bindNow')}</Button><Button onClick={() => void signOut().catch(() => undefined)}>{t('bindOther')}</Button></div>
        </Card>
      ) : null}
      {citizen === null ? <Card><SignIn onDone={bind} /></Card> : null}
    </Page>
  )
}

function Continue({ mobile, onOther }: { mobile: string; onOther: () => void }): ReactElement {
  const navigate = useNavigate()
  const command = useCommand('continueWechat')
  const go = () => void command.mutateAsync({}).then((answer) => { signedIn(answer); void navigate(inside(answer.to), { replace: true }) }, () => undefined)
  return (
    <Page title={t('continueTitle')}>
      {command.error ? <Trouble problem={command.error} /> : null}
      <Card>
        <p>{t('continueText', { mobile })}</p>
        <div className="p-two"><Button tone="primary" busy={command.isPending} onClick={go}>{t('continueDo')}</Button><Button onClick={onOther}>{t('notMe')}</Button></div>
      </Card>
    </Page>
  )
}
