// One form: its versions, the designer of the chosen one, where it is used.
import { Button, Dropdown, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Page } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Bindings } from './Bindings.tsx'
import { Designer } from './Designer.tsx'
import { t } from './texts.zh-CN.ts'
import { Versions } from './Versions.tsx'
import './forms.css'

export type Form = OutputOf<'showForm'>
export type Version = Form['versions'][number]
export const tones = { draft: 'near', published: 'ok', retired: 'calm' } as const
const tabs = ['design', 'bindings', 'versions'] as const

export default function FormPage(): ReactElement {
  const { id = '' } = useParams()
  const form = useQueryOf('showForm', { id })
  return <QueryView query={form}>{(data) => <View form={data} />}</QueryView>
}

function View({ form }: { form: Form }): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const send = useAct('showForm', 'listForms', 'findForm', 'listFormFields')
  const [publishing, setPublishing] = useState(false)
  const [dirty, setDirty] = useState(false)
  const manage = can('forms.manage')
  const draft = form.versions.find((one) => one.state === 'draft')
  const version = form.versions.find((one) => String(one.version) === search.get('version')) ?? draft ?? form.versions.find((one) => one.state === 'published') ?? form.versions[0]
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'design'
  const go = (change: Record<string, string>) => setSearch({ ...Object.fromEntries(search), ...change })
  const run = async (what: () => Promise<unknown>, done: string) => {
    try {
      await what()
      say(done)
    } catch (error) {
      const problem = asProblem(error)
      say([problem.message, ...problem.fields.map((field) => field.message)].join('；'), 'over')
    }
  }
  const edit = () => run(async () => go({ version: String((await send('createFormVersion', { id: form.id })).version), tab: 'design' }), t('newFormDone'))
  const retire = async (one: Version) => {
    if (await confirm({ title: t('retireTitle', { name: form.name, n: one.version }), text: t('retireText'), verb: t('retire'), danger: true })) await run(() => send('retireFormVersion', { id: one.id }), t('retireDone'))
  }
  const drop = async (one: Version) => {
    if (!(await confirm({ title: t('dropDraftTitle', { n: one.version }), text: t('dropDraftText'), verb: t('dropDraft'), danger: true }))) return
    const last = form.versions.length === 1
    await run(() => send('deleteFormDraft', { id: one.id }), t('dropDraftDone'))
    if (last) void navigate('/admin/forms')
    else go({ version: '' })
  }
  const more = [
    ...(version?.state === 'published' ? [{ key: 'retire', label: t('retire'), onClick: () => void retire(version) }] : []),
    ...(version?.state === 'draft' ? [{ key: 'drop', label: t('dropDraft'), danger: true, onClick: () => void drop(version) }] : []),
  ]
  return (
    <Page fill title={form.name} sub={<><Link to="/admin/forms">{t('title')}</Link> <span className="ms-code">{form.key}</span></>} help="forms" state={version ? <Tag tone={tones[version.state]}>v{version.version} {t(version.state)}</Tag> : null}
      acts={<>
        <Segmented value={tab} options={tabs.map((one) => ({ value: one, label: t(one) }))} onChange={(next) => go({ tab: next })} />
        <Select style={{ inlineSize: 160 }} aria-label={t('versions')} value={version?.version} options={form.versions.map((one) => ({ value: one.version, label: `${t('choose', { n: one.version })} · ${t(one.state)}` }))} onChange={(next) => go({ version: String(next) })} />
        {manage && !draft ? <Button onClick={() => void edit()}>{t('edit')}</Button> : null}
        {manage && version?.state === 'draft' ? <Button type="primary" disabled={dirty} title={dirty ? t('publishFirst') : undefined} onClick={() => setPublishing(true)}>{t('publish')}</Button> : null}
        {manage && more.length > 0 ? <Dropdown trigger={['click']} menu={{ items: more }}><Button icon={<Icon name="more" size={16} label={t('open')} />} /></Dropdown> : null}
      </>}>
      {tab === 'design' && version ? <Designer key={`${version.id}`} version={version} editable={manage && version.state === 'draft'} onDirty={setDirty} /> : null}
      {tab === 'bindings' ? <Bindings form={form} manage={manage} /> : null}
      {tab === 'versions' ? <Versions form={form} onOpen={(n) => go({ version: String(n), tab: 'design' })} /> : null}
      {version ? (
        <ActDrawer open={publishing} onClose={() => setPublishing(false)} title={t('publishTitle', { name: form.name, n: version.version })} notice={t('publishText')} submitLabel={t('publish').replace('…', '')}
          schema={{ type: 'object', properties: { note: { type: 'string', format: 'textarea', title: t('publishNote'), maxLength: 300 } } }}
          submit={async (values) => { await send('publishFormVersion', { ...values, id: version.id }); say(t('publishDone')) }} />
      ) : null}
    </Page>
  )
}
