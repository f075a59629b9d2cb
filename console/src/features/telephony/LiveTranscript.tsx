// The call at this desk as text while it is talked, and after it: sentences as they are understood, marks that jump, the recording once it is kept (AI-12).
import { Button, Input, Space } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Part } from '../../ui/DeskPart.tsx'
import { composing } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { instant, now, stopwatch } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { Player } from './Player.tsx'
import { Sentences } from './Sentences.tsx'
import { mainCall } from './phone-state.ts'
import { t } from './texts.zh-CN.ts'
import { usePhone } from './use-phone.ts'

/** Shows the call in hand, and the last one until the next comes. Nothing where the site has no recognition. */
export default function LiveTranscript(): ReactElement | null {
  const phone = usePhone()
  const inHand = mainCall(phone)
  const current = inHand && (inHand.state === 'talking' || inHand.state === 'held') ? inHand.callId : null
  const [callId, setCallId] = useState<string | null>(null)
  useEffect(() => { if (current) setCallId(current) }, [current])
  return callId ? <OfCall key={callId} callId={callId} running={callId === current} /> : null
}

function OfCall({ callId, running }: { callId: string; running: boolean }): ReactElement | null {
  const found = useQueryOf('callTranscript', { id: callId })
  useTopic('telephony.call', ['callTranscript'])
  const send = useAct('callTranscript')
  const [word, setWord] = useState('')
  const [only, setOnly] = useState(false)
  const [open, setOpen] = useState<{ id: string; offsetMs: number; ms: number | null } | null>(null)
  const [jump, setJump] = useState<{ ms: number } | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const said = found.data?.utterances.length ?? 0
  useEffect(() => { if (running) box.current?.querySelector('.ms-utterances')?.lastElementChild?.scrollIntoView({ block: 'nearest' }) }, [said, running])
  if (!found.data?.recognition) return null
  const { utterances, points, recordings, startedAt } = found.data
  const last = recordings.at(-1)
  const mark = async () => {
    if (word.trim() === '' || !last) return
    const atMs = running ? now() - instant(startedAt) - last.offsetMs : (utterances.at(-1)?.startMs ?? last.offsetMs) - last.offsetMs
    await send('addKeyPoint', { id: last.id, atMs: Math.max(0, Math.round(atMs)), text: word.trim() }).then(() => setWord(''), (error: Error) => say(error.message, 'over'))
  }
  const goTo = (ms: number) => {
    const lines = [...(box.current?.querySelectorAll<HTMLElement>('[data-at]') ?? [])]
    const line = lines.findLast((one) => Number(one.dataset['at']) <= ms) ?? lines[0]
    line?.scrollIntoView({ block: 'center' })
    line?.querySelector('button')?.focus()
    const kept = recordings.findLast((one) => one.stored && one.offsetMs <= ms)
    if (!kept) return
    setOpen(kept)
    setJump({ ms: ms - kept.offsetMs })
  }
  return (
    <Part title={running ? t('liveTranscript') : t('transcript')}>
      <div ref={box} className="ms-live" aria-label={t('liveTranscript')}>
        <div className="ms-row">
          {utterances.length > 0 ? <Button size="small" type={only ? 'primary' : 'default'} onClick={() => setOnly(!only)}>{t('onlyCitizen')}</Button> : null}
          <span className="ms-grow" />
          {last ? <Space.Compact size="small"><Input size="small" value={word} maxLength={60} placeholder={t('pointText')} aria-label={t('pointText')} onChange={(event) => setWord(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter' && !composing(event.nativeEvent)) void mark() }} /><Button size="small" onClick={() => void mark()}>★ {t('point')}</Button></Space.Compact> : null}
        </div>
        {points.length > 0 ? <div className="ms-row">{points.map((point) => <button key={point.id} type="button" className="ms-link-button ms-point" title={point.byName} onClick={() => goTo(point.atMs)}>★ {stopwatch(point.atMs)} {point.text}</button>)}</div> : null}
        {utterances.length === 0 ? <span className="ms-hint">{running ? t('listening') : t('noTranscript')}</span> : <Sentences sentences={utterances.filter((one) => !only || one.speaker === 'citizen')} atMs={null} onJump={goTo} />}
        {open ? <Player src={`/api/telephony/recordings/${open.id}/content`} ms={open.ms} jump={jump} /> : null}
      </div>
    </Part>
  )
}
