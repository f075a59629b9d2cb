// Masked personal data: reason → reveal for 60 s → masked again; never kept, copying copies the mask (ux.md §5.7).
import { Button, Input, Popover, Radio } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import type { Problem } from '../api/problem.ts'
import { asProblem } from '../api/problem.ts'
import { ProblemLine } from './Empty.tsx'
import { Icon } from './icons.tsx'
import { t } from './texts.zh-CN.ts'

export type Revealed = { value: string; used?: number; limit?: number }

const shownFor = 60

export type MaskedProps = {
  /** The masked text: 138****5678, 王*明. */
  value: string
  /** What it is, for readers: 诉求人电话. */
  label: string
  /** Absent: the person may not reveal it. */
  reveal?: (reason: string) => Promise<Revealed>
  reasons?: string[]
}

export function Masked({ value, label, reveal, reasons }: MaskedProps): ReactElement {
  const [open, setOpen] = useState(false)
  const [shown, setShown] = useState<Revealed | null>(null)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (!shown) return
    setLeft(shownFor)
    const timer = setInterval(() => setLeft((n) => n - 1), 1000)
    const hide = () => setShown(null)
    // leaving the page hides it at once: the screen may be somebody else's next
    document.addEventListener('visibilitychange', hide)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', hide)
    }
  }, [shown])
  useEffect(() => {
    if (shown && left < 0) setShown(null)
  }, [left, shown])

  if (!reveal) return <bdi>{value}</bdi>
  const copyMask = (event: React.ClipboardEvent) => {
    event.preventDefault()
    event.clipboardData.setData('text/plain', value)
  }
  return (
    <span className="ms-masked" onCopy={copyMask}>
      <bdi>{shown ? shown.value : value}</bdi>
      {shown ? (
        <>
          <button type="button" className="ms-icon-button" onClick={() => setShown(null)}><Icon name="eyeOff" label={`${t('mask.hide')} ${label}`} /></button>
          <span className="ms-hint">{t('mask.left', { n: Math.max(0, left) })}{shown.limit ? ` · ${t('mask.quota', { used: shown.used ?? 0, limit: shown.limit })}` : ''}</span>
        </>
      ) : (
        <Popover open={open} onOpenChange={setOpen} trigger="click" destroyOnHidden title={t('mask.show')} content={<Why reasons={reasons} reveal={reveal} done={(r) => { setShown(r); setOpen(false) }} />}>
          <button type="button" className="ms-icon-button"><Icon name="eye" label={`${t('mask.show')} ${label}`} /></button>
        </Popover>
      )}
    </span>
  )
}

function Why({ reasons, reveal, done }: { reasons?: string[]; reveal: (reason: string) => Promise<Revealed>; done: (revealed: Revealed) => void }): ReactElement {
  const list = reasons ?? [t('mask.reason.contact'), t('mask.reason.verify'), t('mask.reason.handle')]
  const other = t('mask.reason.other')
  const [reason, setReason] = useState('')
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const full = reason === other ? words.trim() : reason
  const run = async () => {
    setBusy(true)
    setProblem(null)
    try {
      done(await reveal(full))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="ms-stack" style={{ inlineSize: 240 }}>
      <Radio.Group vertical value={reason} onChange={(e) => setReason(String(e.target.value))} options={[...list, other].map((value) => ({ value, label: value }))} />
      {reason === other ? <Input autoFocus maxLength={100} placeholder={t('mask.other')} value={words} onChange={(e) => setWords(e.target.value)} /> : null}
      {problem ? <ProblemLine problem={problem} /> : null}
      <Button type="primary" disabled={!full} loading={busy} onClick={() => void run()}>{t('mask.reveal')}</Button>
      <span className="ms-hint">{t('mask.note')}</span>
    </div>
  )
}
