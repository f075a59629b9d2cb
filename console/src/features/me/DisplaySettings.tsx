import { Segmented, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { applyDisplay, keepDisplay, recallDisplay, scales } from '../../ui/display.ts'
import type { Display } from '../../ui/display.ts'
import { t } from './texts.zh-CN.ts'

export function DisplaySettings(): ReactElement {
  const [display, setDisplay] = useState(recallDisplay)
  const set = (change: Partial<Display>) => {
    const next = { ...display, ...change }
    setDisplay(next)
    keepDisplay(next)
    applyDisplay(next)
  }
  return (
    <div>
      <div className="ms-me-setting"><span>{t('scale')}</span><Segmented value={display.scale} options={scales.map((value) => ({ value, label: `${value}%` }))} onChange={(scale) => set({ scale })} /></div>
      <div className="ms-me-setting"><span>{t('letters')} <span className="ms-hint">{t('lettersHint')}</span></span><Switch size="small" aria-label={t('letters')} checked={display.letters} onChange={(letters) => set({ letters })} /></div>
      <div className="ms-me-setting"><span>{t('motion')}</span><Switch size="small" aria-label={t('motion')} checked={display.motion} onChange={(motion) => set({ motion })} /></div>
    </div>
  )
}
