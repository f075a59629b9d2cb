// Sign-in: as a page, and as a layer over a page whose session has lapsed.
import { Modal } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { fetchDemoPeople } from '../../api/session.ts'
import type { DemoPerson } from '../../api/session.ts'
import { t } from '../texts.zh-CN.ts'
import { DemoPeople } from './DemoPeople.tsx'
import { SignInForm } from './SignInForm.tsx'
import type { Step } from './use-sign-in-steps.ts'
import './sign-in.css'

export function SignInPage({ step, onDone }: { step?: Step; onDone: () => void }): ReactElement {
  const [people, setPeople] = useState<DemoPerson[] | null>(null)
  const [byPassword, setByPassword] = useState(() => window.location.pathname === '/sign-in/callback')
  useEffect(() => {
    document.title = t('productLong')
    // outside the demo this answers 404 and the page is the plain form
    void fetchDemoPeople().then(setPeople, () => setPeople([]))
  }, [])
  const demo = people !== null && people.length > 0 && step === undefined
  return (
    <main className="ms-sign-in" data-demo={demo || undefined}>
      <section className="ms-sign-in-side" aria-hidden="true">
        <Waves />
        <div className="ms-sign-in-brand"><img src="/icon.svg" alt="" width={44} height={44} />{t('product')}</div>
        <p>{t('claim')}</p>
      </section>
      <section className="ms-sign-in-main">
        <div className="ms-sign-in-box">
          {people === null ? null : demo && !byPassword ? (
            <DemoPeople people={people} onDone={onDone} onPassword={() => setByPassword(true)} />
          ) : (
            <div className="ms-sign-in-narrow">
              <SignInForm step={step} onDone={onDone} />
              {demo ? <button type="button" className="ms-link-button" onClick={() => setByPassword(false)}>{t('signIn.backToDemo')}</button> : null}
            </div>
          )}
        </div>
        {demo ? null : <footer>{t('signIn.reach')}</footer>}
      </section>
    </main>
  )
}

/** Over the page; it cannot be closed, because nothing behind it works without a session. */
export function SignInLayer({ userId, login, onDone }: { userId: string; login: string; onDone: () => void }): ReactElement {
  const [people, setPeople] = useState<DemoPerson[]>([])
  useEffect(() => void fetchDemoPeople().then((all) => setPeople(all.filter((one) => one.id === userId)), () => undefined), [userId])
  const [byPassword, setByPassword] = useState(false)
  return (
    <Modal open closable={false} keyboard={false} mask={{ closable: false }} footer={null} title={t('signIn.again')} width={400} zIndex={2000}>
      <p className="ms-muted">{t('signIn.againHint')}</p>
      {people.length && !byPassword ? <DemoPeople people={people} onDone={onDone} onPassword={() => setByPassword(true)} bare /> : <SignInForm login={login} onDone={onDone} bare />}
    </Modal>
  )
}

/** Sound waves that settle into a line: a voice that is heard. Drawn once, nothing moves. */
function Waves(): ReactElement {
  const line = (shift: number) => {
    const points = Array.from({ length: 181 }, (_, i) => {
      const x = i * 4
      const y = 240 + Math.sin(i / 9.6 + shift) * 92 * Math.exp(-((i - 66) ** 2) / 2880) + shift * 11
      return `${x},${y.toFixed(1)}`
    })
    return points.join(' ')
  }
  return (
    <svg className="ms-sign-in-waves" viewBox="0 0 720 480" preserveAspectRatio="xMidYMid slice">
      {[0, 0.7, 1.4, 2.1, 2.8, 3.5].map((shift, i) => <polyline key={shift} points={line(shift)} fill="none" stroke="currentColor" strokeWidth="1.5" opacity={0.5 - i * 0.07} />)}
    </svg>
  )
}
