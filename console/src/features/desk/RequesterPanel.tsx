// Who calls: the number, the record behind it, and what this person asked before.
import { Button, Checkbox, Input, Radio, Select } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { OutputOf } from '../../api/call.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ProblemLine } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { composing } from '../../ui/keys.ts'
import { phone as spaced } from '../../ui/numbers.ts'
import { Tag } from '../../ui/Tags.tsx'
import { EarlierOrders } from './EarlierOrders.tsx'
import { RequesterEdit } from './RequesterEdit.tsx'
import { RequesterHistory } from './RequesterHistory.tsx'
import type { CallForm } from './call-form.ts'
import { ageRanges } from './ages.ts'
import { t } from './texts.zh-CN.ts'

export type Found = OutputOf<'lookupRequester'>
export type Requester = NonNullable<Found['requester']>
export type Lookup = UseQueryResult<Found, Problem> & { ask: () => void; asked: string }

const digits = (text: string): string => text.replaceAll(/[\s-]/g, '')

/** Each look-up is logged by the server: it asks when the number is whole, or when Enter is pressed, not at every key. */
export function useLookup(phone: string, ready: boolean): Lookup {
  const [asked, setAsked] = useState('')
  const number = digits(phone)
  const { can } = useSession()
  useEffect(() => {
    if (ready && /^1\d{10}$/.test(number)) setAsked(number)
  }, [number, ready])
  const query = useQueryOf('lookupRequester', { phone: asked }, { enabled: asked.length >= 3 && asked === number && can('orders.requesterHistory'), staleTime: 60_000 })
  return { ...query, ask: () => setAsked(number), asked: asked === number ? asked : '' }
}

type Props = { form: CallForm; change: (changes: Partial<CallForm>) => void; lookup: Lookup; error?: string; locked: boolean; onFound: () => void }

export function RequesterPanel({ form, change, lookup, error, locked, onFound }: Props): ReactElement {
  const found = lookup.asked ? lookup.data : undefined
  const chosen = found?.candidates.find((one) => one.id === form.requesterId)
  // the person said "not me": the number is not matched to its record again
  const [refused, setRefused] = useState('')
  const only = found && found.candidates.length === 1 && refused !== lookup.asked ? found.candidates[0] : undefined
  const take = (person: Requester) => change({
    requesterId: person.id,
    requester: { ...form.requester, subjectKind: person.subjectKind, name: form.requester.anonymous ? '' : person.name, sex: person.sex ?? undefined, ageRange: person.ageRange ?? undefined },
  })
  useEffect(() => {
    if (only && !form.requesterId && !locked) take(only)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a new answer of the look-up fills in a person
  }, [only])
  const key = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || composing(event.nativeEvent)) return
    event.preventDefault()
    if (lookup.asked && lookup.data) onFound()
    else lookup.ask()
  }
  return (
    <div className="ms-stack">
      <div className="ms-field" data-field="phone">
        <label className="ms-field-label" htmlFor="call-phone">{t('phone')}</label>
        <Input id="call-phone" type="tel" dir="ltr" autoFocus={!form.phone} disabled={locked} value={form.phone} status={error ? 'error' : ''} placeholder={t('phoneHint')} suffix={<button type="button" className="ms-link-button" onClick={lookup.ask}>{t('lookup')}</button>}
          onChange={(event) => change({ phone: event.target.value, ...(form.requesterId ? { requesterId: undefined, requester: { ...form.requester, name: '' } } : {}) })} onKeyDown={key} onBlur={() => { if (digits(form.phone).length >= 7) lookup.ask() }} />
        {error ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{error}</span></div> : null}
      </div>
      {lookup.error && lookup.asked ? <ProblemLine problem={lookup.error} onRetry={() => void lookup.refetch()} /> : null}
      {found && found.candidates.length === 0 ? <div className="ms-note" data-tone="info" role="status">{t('firstTime')}</div> : null}
      {found && found.candidates.length > 1 ? (
        <div>
          <div className="ms-hint">{t('several', { n: found.candidates.length })}</div>
          <Radio.Group vertical disabled={locked} value={form.requesterId} onChange={(event) => { const person = found.candidates.find((one) => one.id === event.target.value); if (person) take(person) }}
            options={found.candidates.map((one) => ({ value: one.id, label: `${one.name || t('unknownPerson')} ${one.ageRange ?? ''} ${one.address ?? ''}` }))} />
        </div>
      ) : null}
      {chosen ? (
        <Record person={chosen} locked={locked} onOther={() => { setRefused(lookup.asked); change({ requesterId: undefined, requester: { subjectKind: 'person', name: '', anonymous: false } }) }} onChanged={() => void lookup.refetch()} />
      ) : <PersonFields form={form} change={change} locked={locked} />}
      <Checkbox disabled={locked} checked={form.requester.anonymous} onChange={(event) => change({ requester: { ...form.requester, anonymous: event.target.checked, name: event.target.checked ? '' : (chosen?.name ?? form.requester.name) } })}>
        {t('anonymous')}<span className="ms-hint"> {t('anonymousHint')}</span>
      </Checkbox>
      {found ? <EarlierOrders orders={found.orders} total={found.total} openCount={found.openCount} requesterId={form.requesterId} /> : null}
    </div>
  )
}

function PersonFields({ form, change, locked }: { form: CallForm; change: (changes: Partial<CallForm>) => void; locked: boolean }): ReactElement {
  const { requester } = form
  const set = (changes: Partial<CallForm['requester']>) => change({ requester: { ...requester, ...changes } })
  const company = requester.subjectKind === 'enterprise'
  return (
    <div className="ms-person">
      <span className="ms-field-label" id="call-kind">{t('kind')}</span>
      <Radio.Group aria-labelledby="call-kind" optionType="button" disabled={locked} value={requester.subjectKind} onChange={(event) => set({ subjectKind: event.target.value === 'enterprise' ? 'enterprise' : 'person' })} options={[{ value: 'person', label: t('person') }, { value: 'enterprise', label: t('enterprise') }]} />
      <label className="ms-field-label" htmlFor="call-name">{company ? t('enterpriseName') : t('name')}</label>
      <Input id="call-name" maxLength={60} disabled={locked || requester.anonymous} value={requester.name} onChange={(event) => set({ name: event.target.value })} />
      {company ? null : (
        <>
          <span className="ms-field-label" id="call-sex">{t('sex')}</span>
          <Radio.Group aria-labelledby="call-sex" optionType="button" disabled={locked} value={requester.sex} onChange={(event) => set({ sex: event.target.value === 'female' ? 'female' : 'male' })} options={[{ value: 'male', label: t('male') }, { value: 'female', label: t('female') }]} />
          <label className="ms-field-label" htmlFor="call-age">{t('age')}</label>
          <Select id="call-age" allowClear disabled={locked} value={requester.ageRange} onChange={(ageRange?: string) => set({ ageRange })} options={ageRanges.map((value) => ({ value, label: value }))} />
        </>
      )}
      <label className="ms-field-label" htmlFor="call-id">{t('idNumber')}</label>
      <Input id="call-id" maxLength={40} disabled={locked || requester.anonymous} value={requester.idNumber ?? ''} onChange={(event) => set({ idNumber: event.target.value })} />
    </div>
  )
}

/** The record as it stands, masked; editing and its history beside it. Also shown at the all-channel desk. */
export function Record({ person, locked, onOther, onChanged }: { person: Requester; locked?: boolean; onOther?: () => void; onChanged: () => void }): ReactElement {
  const { can } = useSession()
  const [open, setOpen] = useState<'edit' | 'history' | null>(null)
  const marks = [person.subjectKind === 'enterprise' ? t('enterprise') : null, person.sex ? (person.sex === 'male' ? t('male') : t('female')) : null, person.ageRange].filter(Boolean).join(' · ')
  return (
    <article className="ms-record">
      <div className="ms-row"><Icon name="user" /><strong><bdi>{person.name || t('unknownPerson')}</bdi></strong><span className="ms-muted">{marks}</span></div>
      {person.phones.map((one) => <div key={one.mask} className="ms-row"><Icon name="phone" size={14} /><bdi dir="ltr">{spaced(one.mask)}</bdi>{one.verified ? <Tag tone="ok">{t('verified')}</Tag> : null}</div>)}
      {person.address || person.detailAddress || person.areaName ? <div><Icon name="pin" size={14} /> {[person.areaName, person.address, person.detailAddress].filter(Boolean).join(' ')}</div> : null}
      {person.labels.length ? <div className="ms-row">{person.labels.map((label) => <Tag key={`${label.kind}${label.text}`} tone={label.kind === 'frequency' ? 'near' : 'plain'}>{label.text}</Tag>)}</div> : null}
      <div className="ms-row">
        {can('orders.editRequester') ? <Button size="small" onClick={() => setOpen('edit')}>{t('edit')}</Button> : null}
        <Button size="small" onClick={() => setOpen('history')}>{t('history')}</Button>
        {onOther && !locked ? <Button size="small" onClick={onOther}>{t('notHim')}</Button> : null}
      </div>
      {open === 'edit' ? <RequesterEdit person={person} onClose={() => setOpen(null)} onSaved={onChanged} /> : null}
      {open === 'history' ? <RequesterHistory id={person.id} onClose={() => setOpen(null)} /> : null}
    </article>
  )
}
