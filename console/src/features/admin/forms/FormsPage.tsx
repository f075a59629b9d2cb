import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { ListTable } from '../../../ui/ListTable.tsx'
import type { Column } from '../../../ui/list-types.ts'
import { Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/parts.css'

type Form = OutputOf<'listForms'>['items'][number]

export default function FormsPage(): ReactElement {
  const navigate = useNavigate()
  const forms = useQueryOf('listForms', {})
  const types = useQueryOf('listAppealTypes', { all: 'true' }, { staleTime: 300_000 })
  const typeName = (code: string | null) => (code === null ? null : (types.data?.items.find((type) => type.id === code)?.name ?? code))
  const scopeOf = (form: Form) => (form.bindings.length === 0 ? '–' : form.bindings.map((one) => [typeName(one.appealType), one.matterId ? t('matter') : null, one.line].filter(Boolean).join(' · ') || t('bindingAll')).join('；'))
  const columns: Column<Form>[] = [
    { key: 'name', title: t('name'), width: 240, wide: true, render: (form) => form.name },
    { key: 'key', title: t('key'), width: 180, render: (form) => <span className="ms-code">{form.key}</span> },
    { key: 'business', title: t('business'), width: 100, render: (form) => (form.business === 'order' ? t('business_order') : form.business) },
    { key: 'bindings', title: t('bindings'), width: 280, render: scopeOf },
    { key: 'version', title: t('version'), width: 100, render: (form) => (form.publishedVersion ? <Tag tone="ok">v{form.publishedVersion}</Tag> : <Tag tone="calm">{t('notPublished')}</Tag>) },
    { key: 'created', title: t('created'), width: 140, render: (form) => <Time iso={form.createdAt} /> },
  ]
  return (
    <Page fill title={t('title')} help="forms" state={<span className="ms-muted">{forms.data ? t('count', { n: forms.data.items.length }) : ''}</span>}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        <QueryView query={forms}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : <ListTable columns={columns} rows={data.items} rowKey={(form) => form.id} caption={t('title')} density="standard" onOpen={(form) => void navigate(`/admin/forms/${form.id}`)} />)}</QueryView>
      </div>
    </Page>
  )
}
