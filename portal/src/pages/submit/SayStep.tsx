// Step 1: one field; the machine proposes the matter, the citizen confirms it or not.
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { call, type OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useCitizen, usePortal } from '../../app/session.ts'
import { changeDraft, type Draft, type Matter } from '../../draft/draft.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item, PublicStateTag } from '../../kit/Blocks.tsx'
import { Choices, TextArea, TextInput } from '../../kit/Fields.tsx'
import { Sheet } from '../../kit/Layers.tsx'
import { when } from '../../kit/time.ts'
import { Assist } from './Assist.tsx'
import { t } from './texts.zh-CN.ts'

const PAUSE = 700

export function SayStep({ draft, errors }: { draft: Draft; errors: Record<string, string> }): ReactElement {
  const { settings } = usePortal()
  return (
    <div className="k-stack" data-gap="large">
      {draft.qr ? <div data-field="qrCode"><Card tone="soft"><div className="k-line" data-spread><span>{t('scanned', { name: draft.qr.name })}</span><Button tone="quiet" onClick={() => changeDraft({ qr: null })}>{t('scannedDrop')}</Button></div></Card>{errors['qrCode'] ? <p className="k-error">{errors['qrCode']}</p> : null}</div> : null}
      <TextArea name="content" label={t('sayLabel')} help={t('sayHelp')} placeholder={t('sayHolder')} error={errors['content']} value={draft.content} onValue={(content) => changeDraft({ content, noMatter: false })} limit={2000} />
      <Assist draft={draft} />
      {settings ? (
        <Choices name="appealType" label={t('typeLabel')} columns options={settings.appealTypes.filter((type) => type.id !== 'other').map((type) => ({ value: type.id, label: type.name }))} value={draft.appealType} onValue={(appealType) => changeDraft({ appealType })} error={errors['appealType']} />
      ) : null}
      <MatterChoice draft={draft} />
      <OwnOpen draft={draft} />
    </div>
  )
}

function MatterChoice({ draft }: { draft: Draft }): ReactElement | null {
  const [open, setOpen] = useState(false)
  const proposals = useProposals(draft)
  const take = (matter: Matter | null) => changeDraft({ matter, noMatter: matter === null, answers: {}, joined: false })
  const sheet = <MatterSheet open={open} onClose={() => setOpen(false)} onTake={(matter) => { take(matter); setOpen(false) }} />
  if (draft.matter) {
    return (
      <Card tone="soft">
        <div className="k-line" data-spread>
          <span><span className="k-hint">{t('matterChosen')}</span><br /><strong>{draft.matter.name}</strong></span>
          <span className="k-line"><Button tone="quiet" onClick={() => setOpen(true)}>{t('matterChange')}</Button><Button tone="quiet" onClick={() => take(null)}>{t('matterNone')}</Button></span>
        </div>
        {sheet}
      </Card>
    )
  }
  if (proposals.length === 0 || draft.noMatter) return draft.content.trim().length < 5 ? null : <div><Button tone="quiet" icon="list" onClick={() => setOpen(true)}>{t('matterChoose')}</Button>{sheet}</div>
  return (
    <section className="k-field" aria-label={t('matterTitle')}>
      <p className="k-label">{t('matterTitle')}</p>
      <ul className="k-choices">
        {proposals.map((matter) => <li key={matter.id}><button type="button" className="k-choice k-area p-proposal" onClick={() => take(matter)}><span>{matter.name}<small>{matter.path.join(' · ')}</small></span></button></li>)}
      </ul>
      <div className="k-line"><Button tone="quiet" onClick={() => take(null)}>{t('matterNone')}</Button><Button tone="quiet" onClick={() => setOpen(true)}>{t('matterChoose')}</Button></div>
      {sheet}
    </section>
  )
}

/** Asked for after a pause in typing; whatever goes wrong, the form goes on without it. */
function useProposals(draft: Draft): Matter[] {
  const [found, setFound] = useState<{ text: string; items: Matter[] }>({ text: '', items: [] })
  const text = draft.content.trim()
  const wanted = text.length >= 5 && !draft.matter && !draft.noMatter
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      call('suggestPublicMatters', { text: text.slice(0, 2000) }, { signal: stop.signal }).then(({ items }) => setFound({ text, items }), () => undefined)
    }, PAUSE)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, wanted])
  return wanted ? found.items : []
}

type Directory = OutputOf<'publicDirectories'>['items'][number]

function MatterSheet({ open, onClose, onTake }: { open: boolean; onClose: () => void; onTake: (matter: Matter | null) => void }): ReactElement {
  const [query, setQuery] = useState('')
  const [directory, setDirectory] = useState<Directory | null>(null)
  const directories = useQueryOf('publicDirectories', {}, { enabled: open, staleTime: 600_000 })
  const words = query.trim()
  const listed = open && (words.length > 0 || directory !== null)
  const matters = useQueryOf('publicMatters', { query: words, ...(directory && words === '' ? { directoryId: directory.id } : {}), limit: 50 }, { enabled: listed, staleTime: 60_000 })
  const below = (directories.data?.items ?? []).filter((d) => d.parentId === (directory?.id ?? null))
  return (
    <Sheet open={open} title={t('matterClose')} onClose={onClose} footer={<Button block onClick={() => onTake(null)}>{t('matterSkip')}</Button>}>
      <div className="k-stack">
        <TextInput name="matterQuery" label={t('matterSearch')} placeholder={t('matterSearchHolder')} value={query} onValue={setQuery} type="search" optional />
        {words === '' ? (
          <>
            {directory ? <Button tone="quiet" icon="back" onClick={() => setDirectory((directories.data?.items ?? []).find((d) => d.id === directory.parentId) ?? null)}>{directory.name}</Button> : null}
            <ul className="k-choices" aria-label={directory?.name ?? t('matterAll')}>{below.map((d) => <li key={d.id}><button type="button" className="k-choice k-area" onClick={() => setDirectory(d)}>{d.name}</button></li>)}</ul>
          </>
        ) : null}
        {listed ? (
          <ul className="k-choices" aria-live="polite">
            {(matters.data?.items ?? []).map((m) => <li key={m.id}><button type="button" className="k-choice k-area" onClick={() => onTake(m)}><span>{m.name}<small>{m.path.join(' · ')}</small></span></button></li>)}
            {matters.data?.items.length === 0 ? <li className="k-hint">{t('matterEmpty')}</li> : null}
          </ul>
        ) : null}
      </div>
    </Sheet>
  )
}

/** His own open orders that say the same in other words, asked for after a pause in typing. */
function useSimilar(draft: Draft, signedIn: boolean): OutputOf<'ownOpenOrders'>['items'] {
  const [found, setFound] = useState<{ text: string; items: OutputOf<'ownOpenOrders'>['items'] }>({ text: '', items: [] })
  const text = draft.content.trim()
  const matterId = draft.matter?.id
  const areaCode = draft.area?.code
  const wanted = signedIn && text.length >= 8
  useEffect(() => {
    if (!wanted) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      call('ownSimilarOrders', { content: text.slice(0, 2000), ...(matterId ? { matterId } : {}), ...(areaCode ? { areaCode } : {}) }, { signal: stop.signal }).then(({ items }) => setFound({ text, items }), () => undefined)
    }, PAUSE * 2)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text, wanted, matterId, areaCode])
  return wanted ? found.items : []
}

/** The citizen's own open order on the same matter: adding to it is one tap away, and never forced. */
function OwnOpen({ draft }: { draft: Draft }): ReactElement | null {
  const citizen = useCitizen()
  const { matter } = draft
  const sameMatter = useQueryOf('ownOpenOrders', { matterId: matter?.id ?? '' }, { enabled: Boolean(citizen && matter) }).data?.items ?? []
  const similar = useSimilar(draft, Boolean(citizen))
  const own = [...new Map([...similar, ...sameMatter].map((one) => [one.number, one])).values()].slice(0, 3)
  if (own.length === 0) return null
  return (
    <Card tone="near" title={t('ownTitle')}>
      <p>{t('ownText')}</p>
      {own.map((o) => (
        <Item key={o.number} title={o.title} end={<PublicStateTag state={o.state} name={o.stateName} />} meta={[t('ownAt', { at: when(o.registeredAt) })]}>
          <div><LinkButton to={`/orders/${o.number}?act=supplement`} tone="primary">{t('ownOpen')}</LinkButton></div>
        </Item>
      ))}
    </Card>
  )
}
