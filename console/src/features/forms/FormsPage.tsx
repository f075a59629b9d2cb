import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { Page, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { useBindingWords } from './binding-words.ts'
import { t } from './texts.zh-CN.ts'

type Form = OutputOf<'listForms'>['items'][number]

export default function FormsPage(): ReactElement {
  const navigate = useNavigate()
  const { can } = useSession()
  const [making, setMaking] = useState(false)
  const send = useAct('listForms')
  const forms = useQueryOf('listForms', {})
  const { words } = useBindingWords()
  const scopeOf = (form: Form) => (form.bindings.length === 0 ? '–' : form.bindings.map((one) => [...(one.matterId ? [t('matter')] : []), ...words(one).map(({ name }) => name)].join(' · ') || t('bindingAll')).join('；'))
  const columns: Column<Form>[] = [
    { key: 'name', title: t('name'), width: 240, wide: true, render: (form) => form.name },
    { key: 'key', title: t('key'), width: 180, render: (form) => <span className="ms-code">{form.key}</span> },
    { key: 'business', title: t('business'), width: 100, render: (form) => (form.business === 'order' ? t('business_order') : form.business) },
    { key: 'bindings', title: t('bindings'), width: 280, render: scopeOf },
    { key: 'version', title: t('version'), width: 100, render: (form) => (form.publishedVersion ? <Tag tone="ok">v{form.publishedVersion}</Tag> : <Tag tone="calm">{t('notPublished')}</Tag>) },
    { key: 'draft', title: t('draftVersion'), width: 80, render: (form) => (form.draftVersion ? <Tag tone="near">v{form.draftVersion}</Tag> : '–') },
    { key: 'created', title: t('created'), width: 140, render: (form) => <Time iso={form.createdAt} /> },
  ]
  return (
    <Page fill title={t('title')} help="forms" state={<span className="ms-muted">{forms.data ? t('count', { n: forms.data.items.length }) : ''}</span>} acts={can('forms.manage') ? <Button type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setMaking(true)}>{t('newForm')}</Button> : null}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        <QueryView query={forms}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : <ListTable columns={columns} rows={data.items} rowKey={(form) => form.id} caption={t('title')} density="standard" onOpen={(form) => void navigate(`/admin/forms/${form.id}`)} />)}</QueryView>
      </div>
      <ActDrawer open={making} onClose={() => setMaking(false)} title={t('newForm')} submitLabel={t('newForm')}
        schema={{ type: 'object', required: ['name', 'key'], properties: { name: { type: 'string', title: t('name'), maxLength: 60 }, key: { type: 'string', title: t('key'), description: t('keyHint'), pattern: '^[a-z][A-Za-z0-9]{1,39}$', maxLength: 40 } }, 'x-order': ['name', 'key'] }}
        submit={async (values) => {
          const { id } = await send('createForm', { ...values, schema: { type: 'object', properties: { field1: { type: 'string', title: t('type_text') } } } })
          say(t('newFormDone'))
          void navigate(`/admin/forms/${id}`)
        }} />
    </Page>
  )
}
