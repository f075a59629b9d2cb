// Asking the robot: answers, the right form with its words, own open appeals, and a person at any time.
import { useEffect, useRef, useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../api/problem.ts'
import { usePortal } from '../app/session.ts'
import { Button, LinkButton } from '../kit/Button.tsx'
import { PublicStateTag } from '../kit/Blocks.tsx'
import { say as tell } from '../kit/Layers.tsx'
import { ask, dialogueId, ended, useTurns, type Reply } from './robot-dialogue.ts'
import './robot.css'
import { t } from './texts.zh-CN.ts'

/** `onHuman`: what turning to a person does here; without it the button leads to the chat. `onLeave`: a link was followed. */
export function RobotPanel({ onHuman, onLeave }: { onHuman?: (() => void) | undefined; onLeave?: (() => void) | undefined }): ReactElement {
  const { settings } = usePortal()
  const turns = useTurns()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const end = useRef<HTMLLIElement>(null)
  const human = () => {
    if (onHuman) onHuman()
  }
  const send = async (words: string): Promise<void> => {
    if (words.trim() === '' || busy) return
    setBusy(true)
    setText('')
    try {
      const reply = await ask(words.trim())
      if (reply.wish === 'human') human()
    } catch (error) {
      tell(asProblem(error).title || t('failed'))
      setText(words)
    }
    setBusy(false)
  }
  useEffect(() => {
    void end.current?.scrollIntoView({ block: 'nearest' })
  }, [turns.length, busy])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send(text)
  }
  return (
    <div className="r-panel">
      <p className="k-hint">{t('intro')}</p>
      {turns.length === 0 && settings ? <p className="r-words"><span className="k-hint">{t('hello')}</span>{settings.hotWords.slice(0, 6).map((word) => <Button key={word} tone="soft" onClick={() => void send(word)}>{word}</Button>)}</p> : null}
      <div role="log" aria-label={t('log')}><ol className="r-log">
        {turns.map((turn, i) => (turn.by === 'citizen' ? <li key={i} data-by="citizen"><span className="k-hidden">{t('you')}</span><p>{turn.text}</p></li> : <li key={i} data-by="robot"><span className="k-hidden">{t('robot')}</span><Said reply={turn.reply} last={i === turns.length - 1} onHuman={onHuman} onLeave={onLeave} /></li>))}
        {busy ? <li data-by="robot"><p className="k-hint" role="status">{t('thinking')}</p></li> : null}
        <li ref={end} aria-hidden="true" />
      </ol></div>
      <form className="r-write" onSubmit={submit}>
        <label className="k-hidden" htmlFor="robot-text">{t('ask')}</label>
        <input id="robot-text" className="k-input" value={text} onChange={(event) => setText(event.target.value)} placeholder={t('holder')} maxLength={500} enterKeyHint="send" autoComplete="off" />
        <Button tone="primary" type="submit" busy={busy}>{t('send')}</Button>
      </form>
      <div className="k-line" data-spread>{onHuman ? <Button icon="people" onClick={human}>{t('human')}</Button> : <LinkButton to="/chat?human=1" icon="people" {...(onLeave ? { onClick: onLeave } : {})}>{t('human')}</LinkButton>}<span className="k-hint">{t('note')}</span></div>
    </div>
  )
}

function Said({ reply, last, onHuman, onLeave }: { reply: Reply; last: boolean; onHuman: (() => void) | undefined; onLeave: (() => void) | undefined }): ReactElement {
  const [rated, setRated] = useState(false)
  const follow = (outcome?: 'form') => () => {
    if (outcome) ended(outcome)
    onLeave?.()
  }
  const addressOf = (form: Reply['forms'][number]): string => `/submit?${new URLSearchParams({ say: form.say, ...(form.appealType ? { type: form.appealType } : {}), ...(form.matterId ? { matter: form.matterId } : {}), ...(dialogueId() ? { robot: dialogueId() ?? '' } : {}) }).toString()}`
  return (
    <div className="k-stack" data-gap="small">
      <p>{reply.text}</p>
      {reply.own.map((o) => <p key={o.number} className="k-line" data-spread><Link to={`/orders/${o.number}`} onClick={follow()}>{o.title}</Link><PublicStateTag state={o.state} name={o.stateName} /></p>)}
      {reply.questions.map((q) => <details key={q.id} open={reply.questions.length === 1}><summary>{q.title}</summary><p className="k-pre">{q.answer.length > 300 ? `${q.answer.slice(0, 300)}…` : q.answer}</p><Link to={`/k/${encodeURIComponent(q.id)}`} onClick={follow()}>{t('more')}</Link></details>)}
      {reply.forms.map((f) => <div key={f.matterId ?? 'none'} className="k-stack" data-gap="small"><LinkButton to={addressOf(f)} tone="soft" icon="write" onClick={follow('form')}>{t('toForm', { name: f.name })}</LinkButton>{f.prepare.length > 0 ? <small className="k-hint">{t('prepare', { what: f.prepare.join('、') })}</small> : null}</div>)}
      {last && reply.questions.length > 0 ? (rated ? <p className="k-hint">{t('thanks')}</p> : <p className="k-line"><Button tone="quiet" onClick={() => { setRated(true); ended('solved') }}>{t('solved')}</Button><Button tone="quiet" onClick={() => void ask(t('unsolved')).catch(() => undefined)}>{t('unsolved')}</Button></p>) : null}
      {last && reply.human && onHuman ? <div><Button tone="primary" onClick={onHuman}>{t('human')}</Button></div> : null}
      {last && reply.human && !onHuman ? <div><LinkButton to="/chat?human=1" tone="primary" onClick={follow()}>{t('human')}</LinkButton></div> : null}
    </div>
  )
}
