// State and reply by number and enquiry code; nothing else, and nothing kept.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useCommand } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { usePortal } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, PublicStateTag, Rows, Track } from '../../kit/Blocks.tsx'
import { ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { Trouble } from '../../kit/States.tsx'
import { when } from '../../kit/time.ts'
import { t } from './texts.zh-CN.ts'

export default function QueryPage(): ReactElement {
  const { hotline } = usePortal()
  const [number, setNumber] = useState('')
  const [code, setCode] = useState('')
  const [attempt, setAttempt] = useState(0)
  const command = useCommand('queryByCode')
  const missing: Record<string, string> = { ...(number.trim().length < 6 ? { number: t('needNumber') } : {}), ...(code.trim().length < 4 ? { code: t('needCode') } : {}) }
  const errors = attempt > 0 ? missing : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt(attempt + 1)
    if (Object.keys(missing).length === 0) void command.mutateAsync({ number: number.replace(/\s/g, ''), code: code.trim() }).catch(() => undefined)
  }
  if (command.data) return <Found order={command.data} onAgain={() => command.reset()} />
  return (
    <Page title={t('title')} intro={t('intro')}>
      <Card>
        <form className="k-stack" onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} attempt={attempt} />
          {command.error ? <Trouble problem={command.error} /> : null}
          <TextInput name="number" label={t('number')} help={t('numberHelp')} error={errors['number']} value={number} onValue={setNumber} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={30} />
          <TextInput name="code" label={t('code')} help={t('codeHelp')} error={errors['code']} value={code} onValue={setCode} autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={20} />
          <Button tone="primary" block type="submit" busy={command.isPending}>{t('go')}</Button>
        </form>
      </Card>
      <p className="k-hint">{t('lost', { number: hotline })}</p>
    </Page>
  )
}

function Found({ order: o, onAgain }: { order: OutputOf<'queryByCode'>; onAgain: () => void }): ReactElement {
  return (
    <Page title={o.title} state={<PublicStateTag state={o.state} name={o.stateName} />}>
      <Card title={t('progress')}>
        <Track label={t('progress')} steps={o.steps.map((s) => ({ key: s.state, name: s.name, state: s.current && !s.done ? 'now' : s.done ? 'done' : 'next', note: s.at ? when(s.at) : undefined }))} />
        <p>{o.steps.find((s) => s.current)?.text}</p>
        <Rows rows={[{ label: t('number'), value: <bdi className="k-code">{o.number}</bdi> }, { label: t('registered'), value: when(o.registeredAt) }, o.unitName ? { label: t('unit'), value: o.unitName } : null, o.closedAt ? { label: t('closed'), value: when(o.closedAt) } : null]} />
      </Card>
      {o.reply ? <Card title={t('reply')}><p className="k-pre">{o.reply}</p></Card> : null}
      <div className="p-two"><Button onClick={onAgain}>{t('again')}</Button>{o.number.startsWith('C') ? null : <LinkButton to={`/orders/${o.number}`} tone="soft">{t('signIn')}</LinkButton>}</div>
    </Page>
  )
}
