// Beside an order: what its answer quoted, and what the stock has for it.
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import type { SlotProps } from '../orders/slots.ts'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { HitLines } from './HitLines.tsx'
import { ItemPreview } from './ItemPreview.tsx'
import { useNoHit } from './no-hit.tsx'
import { t } from './texts.zh-CN.ts'
import './knowledge.css'

const CARDS = 5

export default function OrderKnowledge({ order }: SlotProps): ReactElement {
  const quoted = useQueryOf('listOrderCitations', { id: order.id })
  const found = useQueryOf('searchKnowledge', { q: order.title.slice(0, 100), limit: CARDS }, { staleTime: 60_000 })
  const { refetch } = quoted
  // An answer that was just given may quote something.
  useEffect(() => void refetch(), [order.version, refetch])
  const [open, setOpen] = useState<string | null>(null)
  const noHit = useNoHit(order.title, order)
  return (
    <div className="ms-stack">
      {(quoted.data?.items ?? []).map((one) => (
        <div key={one.id} className="ms-kno-card">
          <span className="ms-row"><Tag tone="ok">{t('quoted')}</Tag><Link to={`/knowledge/items/${one.itemId}?version=${one.version}`}>{one.title}</Link></span>
          <span className="ms-hint">{t('version', { n: one.version })} · {t('quotedBy', { name: one.byName, at: when(one.at) })}{one.why ? ` · ${one.why}` : one.current !== null && one.current !== one.version ? ` · ${t('nowVersion', { n: one.current })}` : ''}</span>
        </div>
      ))}
      {(found.data?.items ?? []).map((hit) => <div key={hit.id} className="ms-kno-card"><button type="button" aria-expanded={open === hit.id} style={{ display: 'flex', flexDirection: 'column', gap: 2, color: 'inherit', fontWeight: 400 }} onClick={() => setOpen(open === hit.id ? null : hit.id)}><HitLines hit={hit} short /></button>{open === hit.id ? <div className="ms-kno-preview" style={{ padding: '8px 0', display: 'flex' }}><ItemPreview id={hit.id} words={hit.why.words} /></div> : null}</div>)}
      {found.data?.items.length === 0 ? <span className="ms-hint">{t('deskNone')}</span> : null}
      {noHit}
    </div>
  )
}
