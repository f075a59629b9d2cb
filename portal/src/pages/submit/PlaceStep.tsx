// Step 2: where. My location, an area by list, and the address in words; others nearby with the same problem.
import { useState } from 'react'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { usePortal } from '../../app/session.ts'
import { changeDraft, type Draft } from '../../draft/draft.ts'
import { AreaPicker, type Area } from '../../kit/AreaPicker.tsx'
import { Button } from '../../kit/Button.tsx'
import { Card, Tag } from '../../kit/Blocks.tsx'
import { TextInput } from '../../kit/Fields.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { Sheet } from '../../kit/Layers.tsx'
import { locate, nearestArea } from './locate.ts'
import { t } from './texts.zh-CN.ts'

const childrenOf = async (parent: string): Promise<Area[]> => (await call('listAreas', { parent })).items

export function PlaceStep({ draft, errors }: { draft: Draft; errors: Record<string, string> }): ReactElement {
  const { settings } = usePortal()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [note, setNote] = useState('')
  const root = settings?.areaCode ?? ''
  const here = async () => {
    setBusy(true)
    setNote('')
    try {
      const point = await locate()
      const area = await nearestArea(point, root)
      if (area) changeDraft({ area, point, joined: false })
      setNote(area ? t('placeFound', { name: area.name }) : t('placeFar', { area: settings?.areaName ?? '' }))
    } catch (error) {
      setNote(error instanceof Error && error.message === 'denied' ? t('placeDenied') : t('placeFailed'))
    }
    setBusy(false)
  }
  const take = (path: Area[]) => {
    const last = path.at(-1)
    if (last) changeDraft({ area: { code: last.code, name: path.map((a) => a.name).join('') }, point: null, joined: false })
    setOpen(false)
    setNote('')
  }
  return (
    <div className="k-stack" data-gap="large">
      <div className="k-field" data-field="areaCode">
        {draft.area ? (
          <Card tone="soft"><p className="k-note"><Icon name="place" /><span><span className="k-hint">{t('placeChosen')}</span><br /><strong>{draft.area.name}</strong></span></p></Card>
        ) : null}
        <div className="p-two">
          <Button icon="aim" busy={busy} onClick={() => void here()}>{busy ? t('placeHereBusy') : t('placeHere')}</Button>
          <Button icon="list" tone={draft.area ? 'plain' : 'primary'} disabled={root === ''} onClick={() => setOpen(true)}>{draft.area ? t('placeAreaChange') : t('placeArea')}</Button>
        </div>
        <p className="k-hint" aria-live="polite">{note}</p>
        {errors['areaCode'] ? <p className="k-error"><Icon name="warning" />{errors['areaCode']}</p> : null}
      </div>
      <TextInput name="address" label={t('placeAddress')} help={t('placeAddressHelp')} placeholder={t('placeAddressHolder')} optional value={draft.address} onValue={(address) => changeDraft({ address })} error={errors['address']} maxLength={200} autoComplete="street-address" />
      <Nearby draft={draft} />
      <Sheet open={open} title={t('placeSheet')} onClose={() => setOpen(false)}><AreaPicker root={root} load={childrenOf} onPick={take} /></Sheet>
    </div>
  )
}

/** How many, what, roughly where, in which public state; nothing about anybody. */
function Nearby({ draft }: { draft: Draft }): ReactElement | null {
  const [passed, setPassed] = useState(false)
  const code = draft.area?.code ?? ''
  const near = useQueryOf('nearbyAppeals', { matterId: draft.matter?.id ?? '', areaCode: code }, { enabled: draft.matter !== null && code.length >= 9 }).data
  if (!near || near.count === 0 || (passed && !draft.joined)) return null
  return (
    <Card title={t('nearTitle', { n: near.count })}>
      <p>{t('nearText', { place: near.place, matter: near.matterName })}</p>
      <p className="k-line">{near.states.map((s) => <Tag key={s.state} tone={s.state === 'handling' ? 'primary' : s.state === 'done' ? 'ok' : 'plain'}>{t('nearState', { state: s.stateName, n: s.count })}</Tag>)}</p>
      {draft.joined ? <p className="k-note"><Icon name="check" /><span>{t('nearJoined')}</span></p> : null}
      <div className="p-two">
        <Button tone={draft.joined ? 'soft' : 'primary'} aria-pressed={draft.joined} onClick={() => changeDraft({ joined: true })}>{t('nearJoin')}</Button>
        <Button onClick={() => { changeDraft({ joined: false }); setPassed(true) }}>{t('nearNo')}</Button>
      </div>
    </Card>
  )
}
