// What a node says: pieces of text, released prompts and pauses, in their order.
import { Button, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { Icon } from '../../ui/icons.tsx'
import { t } from './texts.zh-CN.ts'
import { put, record } from './voice-graph.ts'

type Say = { kind: string; text?: string; prompt?: string; ms?: number }
const sayings = (value: unknown): Say[] => (Array.isArray(value) ? value.map((one) => record(one) as Say) : [])

export function SayList({ say, prompts, onChange }: { say: unknown; prompts: { value: string; label: string }[]; onChange: (next: Say[]) => void }): ReactElement {
  const value = sayings(say)
  const change = (index: number, next: Say | null) => onChange(next ? put(value, [String(index)], next) : value.filter((_, at) => at !== index))
  return (
    <div className="ms-stack"><span>{t('say')}</span>
      {value.map((one, index) => (
        <div key={index} className="ms-say-row">
          {one.kind === 'text' ? <Input.TextArea aria-label={t('promptText')} autoSize={{ minRows: 2, maxRows: 8 }} value={one.text} maxLength={2000} onChange={(event) => change(index, { kind: 'text', text: event.target.value })} /> : one.kind === 'prompt' ? <Select aria-label={t('prompts')} value={one.prompt || undefined} options={prompts} onChange={(prompt) => change(index, { kind: 'prompt', prompt })} /> : one.kind === 'pause' ? <InputNumber aria-label={t('addPause')} min={20} max={10_000} value={one.ms} onChange={(ms) => change(index, { kind: 'pause', ms: ms ?? 500 })} /> : <span className="ms-grow">{one.kind}</span>}
          <button type="button" className="ms-icon-button" onClick={() => change(index, null)}><Icon name="close" label={t('remove')} /></button>
        </div>
      ))}
      <div className="ms-row"><Button size="small" onClick={() => onChange([...value, { kind: 'text', text: '' }])}>{t('addText')}</Button><Button size="small" disabled={prompts.length === 0} onClick={() => onChange([...value, { kind: 'prompt', prompt: '' }])}>{t('prompts')}</Button><Button size="small" onClick={() => onChange([...value, { kind: 'pause', ms: 500 }])}>{t('addPause')}</Button></div>
    </div>
  )
}
