// What was said, with the machine's findings at their sentences: a click plays from there, each finding is taken or refused at its place.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { stopwatch } from '../../ui/time.ts'
import type { Choice, Hit, Shown } from './filled-sheet.ts'
import { t } from './texts.zh-CN.ts'

type Sentence = Shown['object']['sentences'][number]
type Props = { sentences: Sentence[]; hits: readonly Hit[]; choices: Record<string, Choice>; current: string | null; hit: string | null; onPick: (sentence: Sentence) => void; onHit: (id: string) => void; choose: ((hit: Hit, choice: Choice) => void) | null; asking: string | null; setAsking: (id: string | null) => void }

export function Conversation({ sentences, hits, current, onPick, ...rest }: Props): ReactElement {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => { list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' }) }, [current])
  // Silence stands before a sentence and belongs to none: it is shown with the sentence its rule names.
  return (
    <ol ref={list} className="ms-quality-lines">
      {sentences.map((one) => (
        <li key={one.id} data-speaker={one.speaker} aria-current={one.id === current ? 'true' : undefined}>
          <button type="button" className="ms-link-button" onClick={() => onPick(one)}><bdi className="ms-num">{stopwatch(one.startMs)}</bdi> {t(one.speaker)}</button>
          <span>{one.text}</span>
          {hits.filter((hit) => hit.sentenceId === one.id).map((hit) => <HitLine key={hit.id} hitOf={hit} {...rest} />)}
        </li>
      ))}
    </ol>
  )
}

type HitProps = Pick<Props, 'choices' | 'hit' | 'onHit' | 'choose' | 'asking' | 'setAsking'> & { hitOf: Hit }

export function HitLine({ hitOf: one, choices, hit, onHit, choose, asking, setAsking }: HitProps): ReactElement {
  const choice = choices[one.id]
  const [reason, setReason] = useState(choice?.reason ?? '')
  const reject = () => { if (reason.trim() !== '') { choose?.(one, { choice: 'rejected', reason: reason.trim() }); setAsking(null) } }
  return (
    <div className="ms-quality-hit" data-severity={one.severity} data-choice={choice?.choice} data-current={hit === one.id || undefined} onFocus={() => onHit(one.id)} role="group" aria-label={one.ruleName ?? ''}>
      <b>{one.severity === 'light' ? '▲' : '◆'} {one.ruleName}{one.points > 0 ? ` −${one.points}` : ''}</b><span>{one.note}{one.fieldName ? `（${one.fieldName}）` : ''}</span><span className="ms-grow" />
      {choose ? (
        <>
          <Button size="small" type={choice?.choice === 'accepted' ? 'primary' : 'default'} onClick={() => choose(one, { choice: 'accepted', reason: '' })}>{choice?.choice === 'accepted' ? t('accepted') : t('accept').slice(0, 2)}</Button>
          <Button size="small" type={choice?.choice === 'rejected' ? 'primary' : 'default'} danger={choice?.choice === 'rejected'} onClick={() => setAsking(one.id)}>{choice?.choice === 'rejected' ? t('rejected') : t('reject').slice(0, 2)}</Button>
        </>
      ) : <span className="ms-muted">{choice ? t(choice.choice) : ''}{choice?.reason ? `：${choice.reason}` : ''}</span>}
      {choose && asking === one.id ? <Input.Search size="small" autoFocus value={reason} maxLength={200} placeholder={t('rejectReason')} aria-label={t('rejectReason')} enterButton={t('rejected').slice(1)} onChange={(event) => setReason(event.target.value)} onSearch={reject} /> : choice?.choice === 'rejected' && choose ? <span>{choice.reason}</span> : null}
    </div>
  )
}
