// A typed trial of a flow: who calls when, keys in order, and what the caller would hear, step by step. The exchange itself runs it over simulated time.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call as request, type OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { say } from '../../ui/notices.ts'
import { stopwatch } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

export function TryDrawer({ id, names, onStep }: { id: string; names: Record<string, { name: string }>; onStep: (node: string) => void }): ReactElement {
  const [keys, setKeys] = useState('1')
  const [from, setFrom] = useState('13800000000')
  const [at, setAt] = useState('')
  const [steps, setSteps] = useState<OutputOf<'tryVoiceFlow'>['steps'] | null>(null)
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      const acts = keys.trim().split(/\s+/).filter(Boolean).map((one) => (/^[\d*#]+$/.test(one) ? { key: one } : { waitMs: 12_000 }))
      setSteps((await request('tryVoiceFlow', { id, from: /^1\d{10}$/.test(from.trim()) ? `86${from.trim()}` : from.trim(), ...(at ? { at } : {}), acts })).steps)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    setBusy(false)
  }
  return (
    <div className="ms-stack">
      <div className="ms-half-row"><label>{t('tryAt')}<DateInput id="voice-try-at" withTime value={at} placeholder={t('tryNow')} onChange={(next) => setAt(next ?? '')} /></label><label>{t('tryFrom')}<Input inputMode="tel" maxLength={15} value={from} onChange={(event) => setFrom(event.target.value)} /></label></div>
      <label>{t('tryKeys')}<Input value={keys} onChange={(event) => setKeys(event.target.value)} onPressEnter={() => void run()} /><span className="ms-hint">{t('tryHelp')}</span></label>
      <Button type="primary" loading={busy} onClick={() => void run()}>{t('run')}</Button>
      {steps === null ? null : steps.length === 0 ? <span className="ms-hint">{t('noSteps')}</span> : <ol className="ms-call-log">{steps.map((step, index) => <li key={index}><bdi className="ms-num ms-hint">{stopwatch(step.atMs)}</bdi><span>{step.node ? <button type="button" className="ms-link-button" onClick={() => onStep(step.node ?? '')}><strong>{names[step.node]?.name ?? step.node}</strong></button> : null} {step.text}</span></li>)}</ol>}
    </div>
  )
}
