// The script of the present talk with its next step; what was spoken is ticked by itself. Searched by Alt Z.
import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

const PAUSE = 800
type Props = { /** What both have said, or what the form holds. */ heard: string; /** The agent's own sentences. */ said: string }

export function ScriptPart(props: Props): ReactElement | null {
  const { can } = useSession()
  return can('ai.use') && can('knowledge.read') ? <Scripts {...props} /> : null
}

function Scripts({ heard, said }: Props): ReactElement | null {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState({ heard: '', said: '', q: '' })
  const [open, setOpen] = useState<string | null>(null)
  const box = useRef<InputRef>(null)
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ heard: heard.slice(-20_000), said: said.slice(-20_000), q: typed.trim() }), PAUSE)
    return () => clearTimeout(timer)
  }, [heard, said, typed])
  useKeys(t('scripts'), [{ keys: 'Alt Z', label: t('scriptSearch'), run: () => box.current?.focus({ cursor: 'all' }), inLayers: true }])
  const found = useQueryOf('fitScript', asked, { enabled: asked.heard.length + asked.q.length > 1, keepPrevious: true, staleTime: 10_000 })
  if (found.data && !found.data.available) return null
  const items = found.data?.items ?? []
  const shown = items.find((one) => one.id === open) ?? items[0]
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => say(t('copied')), () => undefined)
  return (
    <Part title={t('scripts')} extra={<kbd className="ms-kbd">Alt Z</kbd>}>
      <Input ref={box} size="small" allowClear value={typed} maxLength={100} placeholder={t('scriptHint')} aria-label={t('scriptSearch')} onChange={(e) => setTyped(e.target.value)} />
      {shown ? (
        <div style={{ marginBlockStart: 6 }}>
          <span className="ms-row"><strong>{shown.title}</strong>{shown.scene ? <Tag tone="primary">{shown.scene}</Tag> : null}<Link to={`/knowledge/items/${shown.id}`}>{t('version', { n: shown.version })}</Link></span>
          <div className="ms-hint">{t('scriptWhy', { words: shown.why.join('、') })}</div>
          <ol style={{ margin: '4px 0', paddingInlineStart: 20 }}>{shown.steps.map((step, at) => <li key={at} aria-current={shown.next === at ? 'step' : undefined} style={shown.next === at ? { fontWeight: 600 } : step.done ? { color: 'var(--ms-text-hint)' } : {}}>{step.done ? '✓ ' : ''}{step.text} <Button type="link" size="small" style={{ padding: 0, blockSize: 'auto' }} onClick={() => copy(step.text)}>{t('copy')}</Button></li>)}</ol>
        </div>
      ) : asked.q ? <div className="ms-hint">{t('scriptNone')}</div> : null}
      {items.filter((one) => one.id !== shown?.id).map((one) => <div key={one.id}><button type="button" className="ms-link-button" onClick={() => setOpen(one.id)}>{one.title}</button></div>)}
    </Part>
  )
}
