// Knowledge that an answer quotes: what was chosen before, and more by search. Each keeps the version that was read.
import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Quote } from './basket.ts'
import { HitLines } from './HitLines.tsx'
import { useSettled } from './SearchPage.tsx'
import { t } from './texts.zh-CN.ts'
import './knowledge.css'

export const isQuotes = (value: unknown): value is Quote[] => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'itemId' in one && 'version' in one)

type Props = { value: Quote[]; onChange: (next: Quote[]) => void; words: string; error?: string | undefined }

export function CitePicker(props: Props): ReactElement | null {
  return useSession().can('knowledge.read') ? <Picker {...props} /> : null
}

function Picker({ value, onChange, words, error }: Props): ReactElement {
  const [typed, setTyped] = useState('')
  const own = useSettled(typed.trim(), 250)
  const q = own || words.slice(0, 100)
  const found = useQueryOf('searchKnowledge', { q, limit: 4 }, { keepPrevious: true, staleTime: 30_000 })
  const held = new Set(value.map((one) => one.itemId))
  const offered = (found.data?.items ?? []).filter((hit) => !held.has(hit.id))
  return (
    <div>
      <span className="ms-kno-label">{t('citations')}</span>
      {value.map((one) => <div key={one.itemId} className="ms-row" style={{ marginBlockEnd: 4 }}><Tag tone="ok" icon="check">{t('version', { n: one.version })}</Tag><span style={{ flex: 1 }}>{one.title}</span><button type="button" className="ms-link-button" onClick={() => onChange(value.filter((other) => other.itemId !== one.itemId))}>{t('unquote')}</button></div>)}
      <Input size="small" allowClear prefix={<Icon name="search" />} value={typed} placeholder={t('box')} aria-label={t('box')} maxLength={200} onChange={(e) => setTyped(e.target.value)} />
      {offered.slice(0, own ? 4 : 2).map((hit) => <div key={hit.id} className="ms-kno-card"><button type="button" style={{ display: 'flex', flexDirection: 'column', gap: 2, color: 'inherit', fontWeight: 400 }} onClick={() => { onChange([...value, { itemId: hit.id, version: hit.version, title: hit.title, citation: hit.title }]); setTyped('') }}><HitLines hit={hit} short /></button></div>)}
      <div className="ms-hint">{t('citeHelp')}</div>
      {error ? <div className="ms-field-error" role="alert">{error}</div> : null}
    </div>
  )
}
