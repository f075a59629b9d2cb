// Enterprises of this account, and registering one (INT-24).
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { sendFile } from '../../draft/send-file.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item, Tag } from '../../kit/Blocks.tsx'
import { ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { say } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { SignInFirst } from '../orders/OrdersPage.tsx'
import { stateTone } from './state-tone.ts'
import { t } from './texts.zh-CN.ts'

export default function EnterprisesPage(): ReactElement {
  const citizen = useCitizen()
  const [search] = useSearchParams()
  if (citizen === undefined) return <Page title={t('title')}><Skeleton /></Page>
  if (citizen === null) return <SignInFirst title={t('title')} />
  return search.get('new') === null ? <List /> : <Register />
}

function List(): ReactElement {
  const list = useQueryOf('listOwnEnterprises', {})
  const items = list.data?.items ?? []
  return (
    <Page title={t('title')} intro={t('intro')}>
      {list.isPending ? <Skeleton lines={4} /> : null}
      {list.error && !list.data ? <Trouble problem={list.error} retry={() => void list.refetch()} /> : null}
      {list.data && items.length === 0 ? <Empty kind="done" title={t('none')} text={t('noneText')}><LinkButton to="/enterprise?new" tone="primary">{t('register')}</LinkButton></Empty> : null}
      <ul className="k-list">{items.map((one) => <li key={one.id}><Item to={`/enterprise/${one.id}`} title={one.name} end={<Tag tone={stateTone(one.state)}>{one.stateName}</Tag>} meta={[<bdi key="code" className="k-num">{one.creditCode}</bdi>, one.roleName]} /></li>)}</ul>
      {items.length > 0 ? <div><LinkButton to="/enterprise?new">{t('register')}</LinkButton></div> : null}
    </Page>
  )
}

const fields = [
  ['creditCode', 'creditCode', 'creditHelp', 18, false], ['name', 'name', 'nameHelp', 100, false], ['contactName', 'contactName', null, 60, false], ['post', 'post', null, 40, true], ['industry', 'industry', null, 60, true], ['size', 'size', 'sizeHelp', 30, true], ['address', 'address', null, 200, true],
] as const

function Register(): ReactElement {
  const [form, setForm] = useState({ creditCode: '', name: '', contactName: '', post: '', industry: '', size: '', address: '' })
  const [files, setFiles] = useState<{ id: string; name: string }[]>([])
  const [attempt, setAttempt] = useState(0)
  const navigate = useNavigate()
  const command = useCommand('registerEnterprise', { invalidates: ['listOwnEnterprises'] })
  const errors = Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, f.message]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt(attempt + 1)
    void command.mutateAsync({ ...form, fileIds: files.map((f) => f.id) }).then((made) => { say(t('sent')); void navigate(`/enterprise/${made.id}`, { replace: true }) }, () => undefined)
  }
  const attach = (file: File | undefined) => {
    if (file) sendFile(file, file.name, () => undefined).then(({ id }) => setFiles((held) => [...held, { id, name: file.name }].slice(0, 5)), (error: unknown) => say(asProblem(error).title))
  }
  return (
    <Page title={t('register')} intro={t('registerIntro')}>
      <Card>
        <form className="k-stack" onSubmit={submit} noValidate>
          <ErrorSummary errors={errors} attempt={attempt} />
          {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
          {fields.map(([name, label, help, max, optional]) => <TextInput key={name} name={name} label={t(label)} {...(help ? { help: t(help) } : {})} error={errors[name]} optional={optional} value={form[name]} onValue={(value) => setForm({ ...form, [name]: value })} maxLength={max} autoComplete={name === 'contactName' ? 'name' : 'off'} />)}
          <div className="k-stack" data-gap="small"><p className="k-hint">{t('licence')}：{t('licenceHelp')}</p>{files.map((f) => <p key={f.id} className="k-line"><Icon name="check" />{t('fileReady', { name: f.name })}</p>)}
            <div><label className="k-button p-file" data-tone="plain"><Icon name="camera" />{t('chooseFile')}<input type="file" accept="image/*,application/pdf" onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; attach(file) }} /></label></div></div>
          <Button tone="primary" block type="submit" busy={command.isPending}>{t('send')}</Button>
        </form>
      </Card>
    </Page>
  )
}
