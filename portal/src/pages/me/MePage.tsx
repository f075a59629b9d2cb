// The person: sign-in, profile, how this device shows things.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { setDisplay, useDisplay } from '../../app/display.ts'
import { useWechatSignIn } from '../../app/entry.ts'
import { Page } from '../../app/Page.tsx'
import { SignIn } from '../../app/SignIn.tsx'
import { signOut, useCitizen, type Citizen } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, Item, Rows, Tag } from '../../kit/Blocks.tsx'
import { Check, Choices, ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Skeleton, Trouble } from '../../kit/States.tsx'
import { IdentityCard } from './IdentityCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { t } from './texts.zh-CN.ts'

export default function MePage(): ReactElement {
  const citizen = useCitizen()
  useWechatSignIn()
  return (
    <Page title={t('title')} intro={citizen === null ? t('signInIntro') : undefined} wide={Boolean(citizen)}>
      {citizen === undefined ? <Skeleton /> : null}
      {citizen === null ? <Card><SignIn /></Card> : null}
      {citizen ? <div className="p-columns"><div><Profile citizen={citizen} /><PasswordCard /><IdentityCard /><p className="k-hint">{t('privacy')}</p></div><div><Links /><Display /><SignOut /></div></div> : <Display />}
    </Page>
  )
}

function Profile({ citizen }: { citizen: Citizen }): ReactElement {
  const [open, setOpen] = useState(false)
  if (open) return <ProfileForm citizen={citizen} onDone={() => setOpen(false)} />
  const or = (value: string | null) => value || <span className="k-hint">{t('none')}</span>
  return (
    <Card title={t('profile')} extra={citizen.realName ? <Tag tone="ok" icon="shield">{t('real')}</Tag> : <Tag>{t('notReal')}</Tag>}>
      <Rows rows={[{ label: t('mobile'), value: <bdi className="k-num">{citizen.mobile}</bdi> }, { label: t('name'), value: or(citizen.name) }, { label: t('idNumber'), value: or(citizen.idNumber) }, { label: t('address'), value: or(citizen.address) }, citizen.landline ? { label: t('landline'), value: citizen.landline } : null, citizen.birthDate ? { label: t('birthDate'), value: citizen.birthDate } : null, citizen.sex ? { label: t('sex'), value: t(citizen.sex) } : null]} />
      <div><Button onClick={() => setOpen(true)}>{t('edit')}</Button></div>
    </Card>
  )
}

/** Masked values come back untouched; the server keeps what it has. */
function ProfileForm({ citizen, onDone }: { citizen: Citizen; onDone: () => void }): ReactElement {
  const [name, setName] = useState(citizen.name)
  const [idNumber, setIdNumber] = useState(citizen.idNumber ?? '')
  const [address, setAddress] = useState(citizen.address ?? '')
  const [landline, setLandline] = useState(citizen.landline ?? '')
  const [birthDate, setBirthDate] = useState(citizen.birthDate ?? '')
  const [sex, setSex] = useState<'male' | 'female' | ''>(citizen.sex ?? '')
  const command = useCommand('changePublicProfile', { invalidates: ['getPublicSession'] })
  const errors = Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, f.message]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void command.mutateAsync({ name, idNumber, address, landline: landline || null, birthDate: birthDate || null, sex: sex || null }).then(() => { say(t('saved')); onDone() }, () => undefined)
  }
  return (
    <Card title={t('profile')}>
      <form className="k-stack" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors} />
        {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
        <TextInput name="name" label={t('name')} help={t('nameHelp')} error={errors['name']} optional value={name} onValue={setName} autoComplete="name" maxLength={60} />
        <TextInput name="idNumber" label={t('idNumber')} help={t('idHelp')} error={errors['idNumber']} optional value={idNumber} onValue={setIdNumber} autoComplete="off" maxLength={18} spellCheck={false} />
        <TextInput name="address" label={t('address')} error={errors['address']} optional value={address} onValue={setAddress} autoComplete="street-address" maxLength={200} />
        <TextInput name="landline" label={t('landline')} error={errors['landline']} optional value={landline} onValue={setLandline} type="tel" inputMode="tel" autoComplete="off" maxLength={20} />
        <TextInput name="birthDate" label={t('birthDate')} help={t('birthHelp')} error={errors['birthDate']} optional value={birthDate} onValue={setBirthDate} type="date" autoComplete="bday" />
        <Choices name="sex" label={t('sex')} columns options={[{ value: 'male', label: t('male') }, { value: 'female', label: t('female') }, { value: '', label: t('unsaid') }]} value={sex} onValue={setSex} />
        <div className="p-two"><Button tone="primary" type="submit" busy={command.isPending}>{t('save')}</Button><Button onClick={onDone}>{t('cancel')}</Button></div>
      </form>
    </Card>
  )
}

function Links(): ReactElement {
  const unread = useQueryOf('countOwnMessages', {}).data?.unread ?? 0
  const points = useQueryOf('getOwnPoints', {}).data
  return (
    <div className="k-list">
      <Item to="/orders" title={t('orders')} meta={[t('ordersHint')]} />
      <Item to="/messages" title={t('messages')} meta={[t('messagesHint')]} end={unread > 0 ? <Tag tone="primary">{t('unread', { n: unread })}</Tag> : null} />
      <Item to="/chat" title={t('chat')} meta={[t('chatHint')]} />
      <Item to="/enterprise" title={t('enterprise')} meta={[t('enterpriseHint')]} />
      {points?.enabled ? <Item to="/points" title={t('points')} meta={[t('pointsHint', { n: points.balance })]} /> : null}
      <Item to="/query" title={t('query')} meta={[t('queryHint')]} />
      <Item to="/accessibility" title={t('accessibility')} meta={[t('accessibilityHint')]} />
    </div>
  )
}

function Display(): ReactElement {
  const display = useDisplay()
  return (
    <Card title={t('display')}>
      <Check label={t('elder')} hint={t('elderHint')} value={display.elder} onValue={(elder) => setDisplay({ elder, asked: true })} />
      <Check label={t('contrast')} hint={t('contrastHint')} value={display.contrast} onValue={(contrast) => setDisplay({ contrast })} />
    </Card>
  )
}

function SignOut(): ReactElement {
  const [busy, setBusy] = useState(false)
  const out = async () => {
    setBusy(true)
    await signOut().then(() => say(t('signedOut')), () => undefined)
    setBusy(false)
  }
  return <Button busy={busy} onClick={() => void out()}>{t('signOut')}</Button>
}
