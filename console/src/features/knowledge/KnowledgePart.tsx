// Knowledge beside the form: searched by F3 or Alt X, proposed by matter and title, quoted without leaving the call.
import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { emptyBasket, quoteKnowledge, useBasket } from './basket.ts'
import { AnswerLine, HitLines } from './HitLines.tsx'
import { ItemPreview } from './ItemPreview.tsx'
import { useNoHit } from './no-hit.tsx'
import { useSettled } from './SearchPage.tsx'
import { t } from './texts.zh-CN.ts'
import './knowledge.css'

const CARDS = 5

export function KnowledgePart(props: { words: string; matterId?: string }): ReactElement | null {
  return useSession().can('knowledge.read') ? <Cards {...props} /> : null
}

function Cards({ words, matterId }: { words: string; matterId?: string }): ReactElement {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const box = useRef<InputRef>(null)
  const own = useSettled(typed.trim(), 250)
  const calm = useSettled(own, 1500)
  const proposed = useSettled(words.trim().slice(0, 100), 800)
  const q = own || proposed
  // Without words what is bound to the matter; with words the whole stock.
  const found = useQueryOf('searchKnowledge', { q, limit: CARDS, ...(q === '' && matterId ? { matterId } : {}), ...(own !== '' && own === calm && own.length > 1 ? { settled: 'true' as const } : {}) }, { enabled: q !== '' || matterId !== undefined, keepPrevious: true, staleTime: 30_000 })
  const basket = useBasket()
  const noHit = useNoHit(own)
  useEffect(() => setOpen(null), [q])
  const focus = () => {
    const picked = String(getSelection() ?? '').trim().slice(0, 100)
    if (picked) setTyped(picked)
    box.current?.focus({ cursor: 'all' })
  }
  useKeys(t('desk'), [{ keys: 'F3', label: t('searchKey'), run: focus, inLayers: true }, { keys: 'Alt X', label: t('searchKey'), run: focus, inLayers: true }])
  const items = q === '' && matterId === undefined ? [] : (found.data?.items ?? [])
  return (
    <Part title={t('desk')} extra={<kbd className="ms-kbd">Alt X</kbd>}>
      <Input ref={box} size="small" allowClear prefix={<Icon name="search" />} value={typed} maxLength={200} placeholder={t('deskHint')} aria-label={t('box')} onChange={(e) => setTyped(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter' && items[0]) setOpen(open === null ? items[0].id : null) }} />
      {basket.length > 0 ? <div className="ms-hint ms-row" style={{ marginBlock: 4 }}>{t('basket', { n: basket.length })}<button type="button" className="ms-link-button" onClick={emptyBasket}>{t('clear')}</button></div> : null}
      {found.data?.answer && items.length > 0 ? <AnswerLine answer={found.data.answer} /> : null}
      {items.map((hit) => (
        <div key={hit.id} className="ms-kno-card">
          <button type="button" aria-expanded={open === hit.id} onClick={() => setOpen(open === hit.id ? null : hit.id)} style={{ display: 'flex', flexDirection: 'column', gap: 2, color: 'inherit', fontWeight: 400 }}><HitLines hit={hit} short /></button>
          {open === hit.id ? <div className="ms-kno-preview" style={{ padding: '8px 0', display: 'flex' }}><ItemPreview id={hit.id} words={hit.why.words} /></div> : basket.some((one) => one.itemId === hit.id) ? <Button size="small" onClick={() => quoteKnowledge({ itemId: hit.id, version: hit.version, title: hit.title, citation: hit.title }, false)}>{t('unquote')}</Button> : null}
        </div>
      ))}
      {found.data && items.length === 0 && q !== '' ? <div className="ms-hint">{t('deskNone')} {own ? noHit : null}</div> : null}
    </Part>
  )
}
