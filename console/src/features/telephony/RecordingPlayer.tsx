// A recording of a call: folded until somebody wants to hear it, because hearing is logged.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { stopwatch } from '../../ui/time.ts'
import { Player } from './Player.tsx'
import { Transcript } from './Transcript.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { recording: { id: string; state: string; stateName: string; ms: number | null; mayPlay: boolean; mayDownload: boolean } }

export function RecordingPlayer({ recording }: Props): ReactElement {
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const [jump, setJump] = useState<{ ms: number } | null>(null)
  const detail = useQueryOf('showRecording', { id: recording.id }, { enabled: open })
  const load = recording.mayDownload ? <a className="ms-link" href={`/api/telephony/recordings/${recording.id}/download`} download>{t('download')}</a> : null
  if (recording.state !== 'stored') return <span className="ms-hint">{recording.state === 'deleted' ? t('gone') : recording.state === 'failed' ? recording.stateName : t('notReady')}</span>
  if (!open) return <div className="ms-row"><Button size="small" disabled={!recording.mayPlay} onClick={() => setOpen(true)}>▶ {t('play')} {recording.ms === null ? '' : stopwatch(recording.ms)}</Button>{load}</div>
  return <><Player src={`/api/telephony/recordings/${recording.id}/content`} ms={recording.ms} peaks={detail.data?.peaks} jump={jump} onAt={setAt} />{load}<Transcript recordingId={recording.id} atMs={at} onJump={(ms) => setJump({ ms })} /></>
}
