// Registering who one is, on the way to an appeal: name, identity number, address; the mobile is verified already.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useCommand } from '../../api/queries.ts'
import type { Citizen } from '../../app/session.ts'
import { Button } from '../../kit/Button.tsx'
import { Card } from '../../kit/Blocks.tsx'
import { ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { say } from '../../kit/Layers.tsx'
import { Trouble } from '../../kit/States.tsx'
import { t } from './texts.zh-CN.ts'

export function RealName({ citizen }: { citizen: Citizen }): ReactElement {
  const [name, setName] = useState(citizen.name)
  const [idNumber, setIdNumber] = useState(citizen.idNumber ?? '')
  const [address, setAddress] = useState(citizen.address ?? '')
  const [missing, setMissing] = useState<Record<string, string>>({})
  const command = useCommand('changePublicProfile', { invalidates: ['getPublicSession'] })
  const errors = { ...Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, f.message])), ...missing }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const empty = Object.fromEntries(Object.entries({ name, idNumber, address }).filter(([, value]) => value.trim() === '').map(([key]) => [key, t('realNameMust')]))
    setMissing(empty)
    if (Object.keys(empty).length === 0) void command.mutateAsync({ name, idNumber, address }).then(() => say(t('realNameDone')), () => undefined)
  }
  return (
    <Card title={t('realName')} tone="near">
      <form className="k-stack" onSubmit={submit} noValidate data-field="realName">
        <p className="k-hint">{t('realNameWhy')}</p>
        <ErrorSummary errors={errors} />
        {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
        <TextInput name="realName-name" label={t('realNameName')} error={errors['name']} value={name} onValue={setName} autoComplete="name" maxLength={60} />
        <TextInput name="realName-id" label={t('realNameId')} error={errors['idNumber']} value={idNumber} onValue={setIdNumber} autoComplete="off" maxLength={18} spellCheck={false} />
        <TextInput name="realName-address" label={t('realNameAddress')} error={errors['address']} value={address} onValue={setAddress} autoComplete="street-address" maxLength={200} />
        <div><Button tone="primary" type="submit" busy={command.isPending}>{t('realNameGo')}</Button></div>
      </form>
    </Card>
  )
}
