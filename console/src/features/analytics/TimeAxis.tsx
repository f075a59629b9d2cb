// The time axis under a map: play the period step by step, or drag to one step.
import { Button, Slider } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import type { Period } from '../../ui/period.ts'
import { t } from './texts.zh-CN.ts'

const PACE = 1200

const words = ({ from, to }: Period): string => (from === to ? from.slice(5) : `${from.slice(5)} – ${to.slice(5)}`)

export function TimeAxis({ steps, at, onAt }: { steps: readonly Period[]; at: number; onAt: (at: number) => void }): ReactElement {
  const [playing, setPlaying] = useState(false)
  useEffect(() => {
    if (!playing) return
    if (at >= steps.length - 1) { setPlaying(false); return }
    const timer = setTimeout(() => onAt(at + 1), PACE)
    return () => clearTimeout(timer)
  }, [playing, at, steps.length, onAt])
  const step = steps[at]
  const play = (): void => { if (!playing && at >= steps.length - 1) onAt(0); setPlaying(!playing) }
  return (
    <div className="ms-analytics-axis">
      <Button size="small" onClick={play} aria-pressed={playing}>{t(playing ? 'pause' : 'play')}</Button>
      <Slider min={0} max={Math.max(1, steps.length - 1)} value={at} onChange={onAt} aria-label={t('timeAxis')} tooltip={{ formatter: (i) => { const one = steps[i ?? 0]; return one ? words(one) : '' } }} />
      <strong className="ms-num">{step ? words(step) : ''}</strong>
    </div>
  )
}
