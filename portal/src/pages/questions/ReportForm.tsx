// What is wrong or missing, told without signing in: a captcha as picture, or as a small sum for whoever does not see it.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Rows } from '../../kit/Blocks.tsx'
import { Choices, TextArea, TextInput } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Trouble } from '../../kit/States.tsx'
import { t } from './texts.zh-CN.ts'

const kinds = ['wrong', 'outdated', 'contact', 'gap'] as const

export function ReportForm({ id, query = '' }: { id?: string; query?: string }): ReactElement {
  const citizen = useCitizen()
  const [open, setOpen] = useState(false)
  const [kind, setKind] = useState<(typeof kinds)[number]>(id ? 'wrong' : 'gap')
  const [text, setText] = useState('')
  const [answer, setAnswer] = useState('')
  const [kept, setKept] = useState<{ number: string; code: string } | null>(null)
  const [seen, setSeen] = useState<'picture' | 'words'>('picture')
  const captcha = useQueryOf('newCaptcha', { kind: seen }, { enabled: open && citizen === null, staleTime: 8 * 60_000 })
  const send = useCommand('reportQuestion', {})
  const errors = Object.fromEntries((send.error?.fields ?? []).map((field) => [field.path, field.message]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send.mutateAsync({ ...(id ? { id } : {}), kind, text, query, ...(captcha.data ? { captcha: { token: captcha.data.token, answer } } : {}) }).then(
      ({ number, code }) => { if (citizen) say(t('reportedTold', { number })); else setKept({ number, code }); setOpen(false); setText(''); setAnswer('') },
      () => { setAnswer(''); void captcha.refetch() },
    )
  }
  if (kept && !open) return (
    <Card title={t('reported')}>
      <p role="status">{t('reportedKeep')}</p>
      <Rows rows={[{ label: t('reportedNumber'), value: <bdi className="k-code">{kept.number}</bdi> }, { label: t('reportedCode'), value: <bdi className="k-code">{kept.code}</bdi> }]} />
      <LinkButton to="/query">{t('reportedQuery')}</LinkButton>
    </Card>
  )
  if (!open) return <div className="k-line"><Button icon="warning" onClick={() => setOpen(true)}>{id ? t('report') : t('reportGap')}</Button></div>
  return (
    <Card title={id ? t('report') : t('reportGap')}>
      <form className="k-stack" onSubmit={submit} noValidate>
        {id ? <Choices name="kind" label={t('reportKind')} columns options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} value={kind} onValue={setKind} /> : null}
        <TextArea name="text" label={t('reportText')} value={text} onValue={setText} limit={1000} rows={4} error={errors['text']} />
        {citizen === null && captcha.data ? (
          <div className="k-stack" data-gap="small">
            {captcha.data.picture ? <img className="q-captcha" src={captcha.data.picture} alt={t('captchaAlt')} width={190} height={64} /> : <p id="captcha-question">{captcha.data.question}</p>}
            <TextInput name="captcha" label={captcha.data.picture ? t('captchaPicture') : t('captchaWords')} value={answer} onValue={setAnswer} inputMode="numeric" autoComplete="off" maxLength={10} error={errors['captcha.answer']} />
            <div className="k-line"><Button onClick={() => { setAnswer(''); void captcha.refetch() }}>{t('captchaAgain')}</Button><Button onClick={() => { setAnswer(''); setSeen(seen === 'picture' ? 'words' : 'picture') }}>{seen === 'picture' ? t('captchaToWords') : t('captchaToPicture')}</Button></div>
          </div>
        ) : null}
        {send.error && send.error.fields.length === 0 ? <Trouble problem={send.error} /> : null}
        <div className="k-line"><Button tone="primary" type="submit" busy={send.isPending}>{t('send')}</Button><Button onClick={() => setOpen(false)}>{t('cancel')}</Button></div>
      </form>
    </Card>
  )
}
