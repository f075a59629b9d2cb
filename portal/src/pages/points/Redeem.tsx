// One redemption: how many, and for goods where to send them.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { useCommand } from '../../api/queries.ts'
import { Button } from '../../kit/Button.tsx'
import { ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Trouble } from '../../kit/States.tsx'
import { t } from './texts.zh-CN.ts'

export function Redeem({ item, onDone }: { item: OutputOf<'listStore'>['items'][number]; onDone: () => void }): ReactElement {
  // The same key however often it is sent: what was redeemed once is not paid twice.
  const [clientKey] = useState(newKey)
  const [form, setForm] = useState({ pieces: '1', name: '', phone: '', address: '' })
  const command = useCommand('redeemStoreItem', { invalidates: ['listStore', 'listOwnRedemptions', 'getOwnPoints', 'listOwnPoints'] })
  const errors = Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, f.message]))
  const pieces = Math.max(1, Math.trunc(Number(form.pieces)) || 1)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const receiver = item.kind === 'goods' ? { receiver: { name: form.name, phone: form.phone, address: form.address } } : {}
    void command.mutateAsync({ id: item.id, clientKey, pieces, ...receiver }).then((made) => { say(`${t('done')}：${t('code', { code: made.code })}`); onDone() }, () => undefined)
  }
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} />
      {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
      {item.perPerson === 1 ? null : <TextInput name="pieces" label={t('pieces')} error={errors['pieces']} value={form.pieces} onValue={(value) => setForm({ ...form, pieces: value })} inputMode="numeric" maxLength={2} />}
      {item.kind === 'goods' ? (
        <fieldset className="k-stack">
          <legend>{t('receiver')}</legend>
          <p className="k-hint">{t('receiverHint')}</p>
          <TextInput name="receiver.name" label={t('name')} error={errors['receiver.name']} value={form.name} onValue={(name) => setForm({ ...form, name })} autoComplete="name" maxLength={60} />
          <TextInput name="receiver.phone" label={t('phone')} error={errors['receiver.phone']} value={form.phone} onValue={(phone) => setForm({ ...form, phone })} type="tel" inputMode="tel" autoComplete="tel" maxLength={20} />
          <TextInput name="receiver.address" label={t('address')} error={errors['receiver.address']} value={form.address} onValue={(address) => setForm({ ...form, address })} autoComplete="street-address" maxLength={200} />
        </fieldset>
      ) : null}
      <p>{t('sure', { n: item.points * pieces })}</p>
      <Button tone="primary" block type="submit" busy={command.isPending}>{t('redeem')}</Button>
    </form>
  )
}
