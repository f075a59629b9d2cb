// One player for all recordings: waveform of both channels, position, speed, channel; by mouse and by keyboard (TEL-49).
import { Button, Select, Slider } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { stopwatch } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

/** `jump`: where to go, told anew each time; `onAt`: where it is. */
type Props = { src: string; ms: number | null; peaks?: string | null; onStart?: () => void; jump?: { ms: number } | null; onAt?: (ms: number) => void }
const speeds = [0.75, 1, 1.25, 1.5, 2]

export function Player({ src, ms, peaks, onStart, jump = null, onAt }: Props): ReactElement {
  const audio = useRef<HTMLAudioElement>(null)
  const [at, setAt] = useState(0)
  const [length, setLength] = useState((ms ?? 0) / 1000)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)
  const [channel, setChannel] = useState<'both' | 'left' | 'right'>('both')
  const gains = useRef<{ left: GainNode; right: GainNode } | null>(null)
  const begun = useRef(false)
  useEffect(() => { if (audio.current) audio.current.playbackRate = speed }, [speed])
  useEffect(() => {
    if (gains.current) {
      gains.current.left.gain.value = channel === 'right' ? 0 : 1
      gains.current.right.gain.value = channel === 'left' ? 0 : 1
    }
  }, [channel])
  const seek = (seconds: number) => {
    if (!audio.current) return
    audio.current.currentTime = Math.max(0, Math.min(length, seconds))
    setAt(audio.current.currentTime)
  }
  useEffect(() => { if (jump) seek(jump.ms / 1000) }, [jump]) // oxlint-disable-line react-hooks/exhaustive-deps -- once for a jump
  const choose = (next: typeof channel) => {
    // The two channels are taken apart only when somebody asks for one of them.
    if (!gains.current && audio.current && next !== 'both') {
      const context = new AudioContext()
      const split = context.createChannelSplitter(2)
      const [left, right] = [context.createGain(), context.createGain()]
      context.createMediaElementSource(audio.current).connect(split)
      split.connect(left, 0)
      split.connect(right, 1)
      left.connect(context.destination)
      right.connect(context.destination)
      gains.current = { left, right }
    }
    setChannel(next)
  }
  const toggle = () => {
    if (!audio.current) return
    if (!begun.current) onStart?.()
    begun.current = true
    if (playing) audio.current.pause()
    else void audio.current.play()
  }
  return (
    <div className="ms-player" onKeyDown={(event) => {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        event.preventDefault()
        seek(at + (event.key === 'ArrowRight' ? 5 : -5))
      }
    }}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a recorded call has none */}
      <audio ref={audio} src={src} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setPlaying(false)} onTimeUpdate={(event) => { setAt(event.currentTarget.currentTime); onAt?.(event.currentTarget.currentTime * 1000) }} onLoadedMetadata={(event) => { if (Number.isFinite(event.currentTarget.duration)) setLength(event.currentTarget.duration) }} />
      {peaks ? <Wave peaks={peaks} share={length > 0 ? at / length : 0} onSeek={(share) => seek(share * length)} /> : null}
      <div className="ms-player-line">
        <Button size="small" type="primary" onClick={toggle}>{playing ? '❚❚' : '▶'} {t('play')}</Button>
        <bdi className="ms-num">{stopwatch(at * 1000)} / {stopwatch(length * 1000)}</bdi>
        <Slider style={{ flex: 1, minWidth: 120 }} min={0} max={Math.max(1, Math.round(length))} value={Math.round(at)} onChange={seek} aria-label={t('position')} tooltip={{ formatter: (value) => stopwatch((value ?? 0) * 1000) }} />
        <Select size="small" aria-label={t('speed')} value={speed} onChange={setSpeed} options={speeds.map((value) => ({ value, label: `${value}×` }))} style={{ width: 76 }} />
        <Select size="small" aria-label={t('channels')} value={channel} onChange={choose} options={[{ value: 'both', label: t('both') }, { value: 'left', label: t('left') }, { value: 'right', label: t('right') }]} style={{ width: 120 }} />
      </div>
    </div>
  )
}

function Wave({ peaks, share, onSeek }: { peaks: string; share: number; onSeek: (share: number) => void }): ReactElement {
  const bars = useMemo(() => Uint8Array.from(atob(peaks), (c) => c.charCodeAt(0)), [peaks])
  const half = bars.length / 2
  const path = (from: number, up: boolean): string => Array.from({ length: half }, (_, i) => { const height = ((bars[from + i] ?? 0) / 127) * 46; return height < 1 ? '' : `M${i + 0.5} 48V${up ? 48 - height : 48 + height}` }).join('')
  const [upper, lower] = useMemo(() => [path(0, true), path(half, false)], [bars]) // oxlint-disable-line react-hooks/exhaustive-deps -- made from the bars alone
  return (
    <svg className="ms-wave" viewBox={`0 0 ${half} 96`} preserveAspectRatio="none" role="img" aria-label={t('waveform')} onPointerDown={(event) => { const box = event.currentTarget.getBoundingClientRect(); onSeek((event.clientX - box.left) / box.width) }}>
      <path d={upper} stroke="var(--ms-primary)" strokeWidth={0.8} vectorEffect="none" /><path d={lower} stroke="var(--ms-ok-mark)" strokeWidth={0.8} />
      <line x1={share * half} x2={share * half} y1={0} y2={96} stroke="var(--ms-over-mark)" strokeWidth={1} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
