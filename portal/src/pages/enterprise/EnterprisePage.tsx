// One enterprise: its state, its people, its appeals.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { useParams } from 'react-router'
import type { FormValue } from '../../../../forms/index.ts'
import type { OutputOf } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { useCommand, usePagesOf, useQueryOf } from '../../api/queries.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen } from '../../app/session.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item, PublicStateTag, Rows, Tag } from '../../kit/Blocks.tsx'
import { FormView } from '../../kit/forms/FormView.tsx'
import { Choices, ErrorSummary, TextInput } from '../../kit/Fields.tsx'
import { say, Sheet } from '../../kit/Layers.tsx'
import { Empty, Skeleton, Trouble } from '../../kit/States.tsx'
import { day, when } from '../../kit/time.ts'
import { SignInFirst } from '../orders/OrdersPage.tsx'
import { Money } from './Money.tsx'
import { stateTone } from './state-tone.ts'
import { t } from './texts.zh-CN.ts'

type Enterprise = OutputOf<'getOwnEnterprise'>

export default function EnterprisePage(): ReactElement {
  const { id = '' } = useParams()
  const citizen = useCitizen()
  const read = useQueryOf('getOwnEnterprise', { id }, { enabled: Boolean(citizen) })
  if (citizen === null) return <SignInFirst title={t('title')} />
  if (read.data) return <Shown enterprise={read.data} />
  if (read.error?.status === 404) return <Page title={t('title')}><Empty kind="scope" title={t('gone')} text={t('goneText')}><LinkButton to="/enterprise" tone="primary">{t('back')}</LinkButton></Empty></Page>
  return <Page title={t('title')}>{read.error ? <Trouble problem={read.error} retry={() => void read.refetch()} /> : <Skeleton lines={6} />}</Page>
}

function Shown({ enterprise: e }: { enterprise: Enterprise }): ReactElement {
  const note = e.state === 'pending' ? t('pendingText') : e.state === 'paused' ? t('pausedText') : e.state === 'active' ? null : e.reason
  return (
    <Page title={e.name} state={<Tag tone={stateTone(e.state)}>{e.stateName}</Tag>} wide>
      <div className="p-columns">
        <div>
          {note ? <Card tone="near"><p>{note}</p>{e.reason && note !== e.reason ? <p className="k-hint">{t('reason')}：{e.reason}</p> : null}</Card> : null}
          {e.maySubmit ? <LinkButton to={`/submit?enterprise=${e.id}`} tone="primary" size="large" icon="write">{t('submit')}</LinkButton> : null}
          {e.state === 'active' ? <Forms enterprise={e} /> : null}
          <Orders enterprise={e} />
          <Services id={e.id} />
        </div>
        <div>
          <Card title={t('facts')}>
            <Rows rows={[{ label: t('creditCode'), value: <bdi className="k-num">{e.creditCode}</bdi> }, e.industry ? { label: t('industry'), value: e.industry } : null, e.size ? { label: t('size'), value: e.size } : null, e.address ? { label: t('address'), value: e.address } : null, e.levelName ? { label: t('level'), value: e.levelName } : null, e.manager ? { label: t('manager'), value: e.manager } : null]} />
          </Card>
          {e.role === 'admin' ? <Money id={e.id} /> : null}
          <Contacts enterprise={e} />
        </div>
      </div>
    </Page>
  )
}

/** Forms that are open to this enterprise today, and what it has filled in. */
function Forms({ enterprise }: { enterprise: Enterprise }): ReactElement | null {
  const read = useQueryOf('offeredEnterpriseForms', { id: enterprise.id })
  const fill = useCommand('fillEnterpriseForm', { invalidates: ['offeredEnterpriseForms'] })
  const [chosen, setChosen] = useState<OutputOf<'offeredEnterpriseForms'>['items'][number] | null>(null)
  const [value, setValue] = useState<FormValue>({})
  const [key, setKey] = useState('')
  if (!read.data || (read.data.items.length === 0 && read.data.filled.length === 0)) return null
  const problem = fill.error
  const errors = Object.fromEntries((problem?.fields ?? []).map((one) => [one.path, one.message]))
  const open = (form: OutputOf<'offeredEnterpriseForms'>['items'][number]) => { fill.reset(); setValue({}); setKey(newKey()); setChosen(form) }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen) fill.mutate({ id: enterprise.id, formId: chosen.id, clientKey: key, versionId: chosen.versionId, formData: value }, { onSuccess: () => { setChosen(null); say(t('formSent')) } })
  }
  return (
    <Card title={t('forms')}>
      {read.data.items.map((form) => <p key={form.id} className="k-line"><Button onClick={() => open(form)}>{form.name}</Button><span className="k-hint">{form.kindName}</span></p>)}
      {read.data.filled.length > 0 ? <Rows rows={read.data.filled.map((one) => ({ label: one.formName, value: when(one.at) }))} /> : null}
      <Sheet open={chosen !== null} title={chosen?.name ?? ''} onClose={() => setChosen(null)}>
        {chosen ? (
          <form className="k-stack" data-gap="large" noValidate onSubmit={submit}>
            <FormView schema={chosen.schema} value={value} onChange={setValue} errors={errors} prefix="formData." />
            {problem && !problem.fields?.length ? <p className="k-error">{problem.message}</p> : null}
            <Button type="submit" tone="primary" busy={fill.isPending}>{t('formSend')}</Button>
          </form>
        ) : null}
      </Sheet>
    </Card>
  )
}

function Orders({ enterprise }: { enterprise: Enterprise }): ReactElement {
  const pages = usePagesOf('listEnterpriseOrders', { id: enterprise.id, limit: 20 }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title={enterprise.seesAll ? t('orders') : t('ordersOwn')}>
      {pages.isPending ? <Skeleton lines={3} /> : null}
      {pages.error && items.length === 0 ? <Trouble problem={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.data && items.length === 0 ? <p className="k-hint">{t('ordersNone')}</p> : null}
      {items.map((o) => <Item key={o.number} to={`/orders/${o.number}`} title={o.title} end={<PublicStateTag state={o.state} name={o.stateName} />} meta={[o.appealTypeName, t('registered', { at: when(o.registeredAt) }), o.unitName]} />)}
      {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
    </Card>
  )
}

/** What was done for the enterprise, newest first. */
function Services({ id }: { id: string }): ReactElement {
  const pages = usePagesOf('listEnterpriseServices', { id, limit: 20 }, true)
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title={t('services')}>
      {pages.isPending ? <Skeleton lines={3} /> : null}
      {pages.error && items.length === 0 ? <Trouble problem={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.data && items.length === 0 ? <p className="k-hint">{t('servicesNone')}</p> : null}
      {items.length > 0 ? <Rows rows={items.map((one) => ({ label: when(one.at), value: <><Tag>{one.kindName}</Tag> {one.title}{one.text ? <span className="k-hint"> {one.text}</span> : null}</> }))} /> : null}
      {pages.hasNextPage ? <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button> : null}
    </Card>
  )
}

function Contacts({ enterprise: e }: { enterprise: Enterprise }): ReactElement {
  const [adding, setAdding] = useState(false)
  const [asked, setAsked] = useState<Enterprise['contacts'][number] | null>(null)
  const drop = useCommand('dropEnterpriseContact', { invalidates: ['getOwnEnterprise'] })
  const may = e.role === 'admin' && e.state === 'active'
  const remove = () => {
    if (asked) void drop.mutateAsync({ id: e.id, contactId: asked.id }).then(() => { say(t('dropped')); setAsked(null) }, () => undefined)
  }
  return (
    <Card title={t('contacts')}>
      {e.contacts.map((c) => (
        <div key={c.id} className="k-line" data-spread>
          <span>{c.name}{c.self ? `（${t('you')}）` : ''} <Tag>{c.roleName}</Tag><br /><span className="k-hint"><bdi>{c.mobile}</bdi> {c.post} · {t('at', { day: day(c.addedAt) })}</span></span>
          {may ? <Button tone="quiet" aria-label={t('dropOf', { name: c.name })} onClick={() => setAsked(c)}>{t('drop')}</Button> : null}
        </div>
      ))}
      {may ? <div><Button icon="plus" onClick={() => setAdding(true)}>{t('addContact')}</Button></div> : null}
      <Sheet open={adding} title={t('addContact')} onClose={() => setAdding(false)}>{adding ? <AddContact enterprise={e} onDone={() => setAdding(false)} /> : null}</Sheet>
      <Sheet open={asked !== null} title={t('dropOf', { name: asked?.name ?? '' })} onClose={() => { setAsked(null); drop.reset() }} footer={<><Button autoFocus onClick={() => setAsked(null)}>{t('cancel')}</Button><Button tone="danger" busy={drop.isPending} onClick={remove}>{t('drop')}</Button></>}>
        {drop.error ? <Trouble problem={drop.error} /> : null}
        <p>{t('dropText')}</p>
      </Sheet>
    </Card>
  )
}

function AddContact({ enterprise, onDone }: { enterprise: Enterprise; onDone: () => void }): ReactElement {
  const [form, setForm] = useState<{ phone: string; name: string; post: string; role: 'admin' | 'contact' }>({ phone: '', name: '', post: '', role: 'contact' })
  const command = useCommand('addEnterpriseContact', { invalidates: ['getOwnEnterprise'] })
  const errors = Object.fromEntries((command.error?.fields ?? []).map((f) => [f.path, f.message]))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void command.mutateAsync({ id: enterprise.id, ...form }).then(() => { say(t('added')); onDone() }, () => undefined)
  }
  return (
    <form className="k-stack" onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} />
      {command.error && command.error.fields.length === 0 ? <Trouble problem={command.error} /> : null}
      <TextInput name="phone" label={t('phone')} error={errors['phone']} value={form.phone} onValue={(phone) => setForm({ ...form, phone })} type="tel" inputMode="tel" maxLength={20} />
      <TextInput name="name" label={t('contactPerson')} error={errors['name']} value={form.name} onValue={(name) => setForm({ ...form, name })} maxLength={60} />
      <TextInput name="post" label={t('post')} optional value={form.post} onValue={(post) => setForm({ ...form, post })} maxLength={40} />
      <Choices name="role" label={t('role')} options={[{ value: 'contact', label: t('contact'), hint: t('contactHint') }, { value: 'admin', label: t('admin'), hint: t('adminHint') }]} value={form.role} onValue={(role) => setForm({ ...form, role })} />
      <Button tone="primary" block type="submit" busy={command.isPending}>{t('add')}</Button>
    </form>
  )
}
