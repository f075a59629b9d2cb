// What was said, beside the sound: a click on a sentence or a mark goes there; words of the list stand in red; marks are set at the place that plays.
import { Button, Input, Space } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { composing } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { stopwatch } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { Sentences } from './Sentences.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { recordingId: string; atMs: number; onJump: (ms: number) => void }

export function Transcript({ recordingId, atMs, onJump }: Props): ReactElement | null {
  const found = useQueryOf('showTranscript', { id: recordingId })
  const send = useAct('showTranscript')
  const [word, setWord] = useState('')
  const [only, setOnly] = useState(false)
  if (!found.data) return null
  const { utterances, points, recognition } = found.data
  const mark = async () => {
    if (word.trim() === '') return
    await send('addKeyPoint', { id: recordingId, atMs: Math.round(atMs), text: word.trim() }).then(() => setWord(''), (error: Error) => say(error.message, 'over'))
  }
  const again = () => void send('transcribeRecording', { id: recordingId }).then(() => say(t('transcribing')), (error: Error) => say(error.message, 'over'))
  return (
    <div className="ms-transcript" aria-label={t('transcript')}>
      <div className="ms-row">
        <strong>{t('transcript')}</strong>
        {utterances.length > 0 ? <Button size="small" type={only ? 'primary' : 'default'} onClick={() => setOnly(!only)}>{t('onlyCitizen')}</Button> : null}
        {recognition ? <Button size="small" onClick={again}>{utterances.length > 0 ? t('transcribeAgain') : t('transcribe')}</Button> : null}
        <span className="ms-grow" />
        <Space.Compact size="small"><Input size="small" value={word} maxLength={60} placeholder={t('pointAt', { time: stopwatch(atMs) })} aria-label={t('pointText')} onChange={(event) => setWord(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter' && !composing(event.nativeEvent)) void mark() }} /><Button size="small" onClick={() => void mark()}>★ {t('point')}</Button></Space.Compact>
      </div>
      {points.length > 0 ? <div className="ms-row">{points.map((point) => <span key={point.id} className="ms-point"><button type="button" className="ms-link-button" title={point.byName} onClick={() => onJump(point.atMs)}>★ {stopwatch(point.atMs)} {point.text}</button>{point.mine ? <button type="button" className="ms-link-button" aria-label={t('dropPoint', { text: point.text })} onClick={() => void send('dropKeyPoint', { id: recordingId, pointId: point.id }).catch((error: Error) => say(error.message, 'over'))}>×</button> : null}</span>)}</div> : null}
      {utterances.length === 0 ? <span className="ms-hint">{recognition ? t('noTranscript') : t('noRecognition')}</span> : (
        <Sentences sentences={utterances.filter((one) => !only || one.speaker === 'citizen')} atMs={atMs} onJump={onJump} />
      )}
    </div>
  )
}
