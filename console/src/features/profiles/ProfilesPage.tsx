// 专项工单类型: what kinds there are, in the order in which they are tried, and their definitions (ORD-18).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { describe, readTree } from '../query/tree.ts'
import { ProfileDrawer } from './ProfileDrawer.tsx'
import { t } from './texts.zh-CN.ts'

export type Profile = OutputOf<'listProfiles'>['items'][number]

export default function ProfilesPage(): ReactElement {
  const query = useQueryOf('listProfiles', {})
  const known = useQueryOf('orderQueryFields', {}, { staleTime: 600_000 })
  const [editing, setEditing] = useState<Profile | 'new' | null>(null)
  const fields = known.data?.fields ?? []
  const words = (one: Profile): string => (one.definition.match ? describe(readTree(JSON.stringify(one.definition.match)), fields) : t('onlyByHand'))
  const columns: Column<Profile>[] = [
    { key: 'position', title: t('position'), width: 64, align: 'end', render: (row) => row.position },
    { key: 'name', title: t('name'), width: 180, render: (row) => <span className="ms-row ms-nowrap"><button type="button" className="ms-link-button" onClick={() => setEditing(row)}>{row.name}</button>{row.shipped ? <Tag>{t('shipped')}</Tag> : null}</span> },
    { key: 'state', title: t('state'), width: 72, render: (row) => <Tag tone={row.enabled ? 'ok' : 'calm'}>{row.enabled ? t('on') : t('off')}</Tag> },
    { key: 'match', title: t('match'), width: 300, wide: true, text: words, render: words },
    { key: 'fields', title: t('fields'), width: 88, align: 'end', render: (row) => row.form?.fields.length ?? '–' },
    { key: 'routes', title: t('routes'), width: 72, align: 'end', render: (row) => row.definition.routes.length || '–' },
    { key: 'limits', title: t('limits'), width: 72, align: 'end', render: (row) => row.definition.limits.length || '–' },
    { key: 'queue', title: t('queue'), width: 140, render: (row) => query.data?.queues.find((q) => q.code === row.definition.queue)?.name ?? '–' },
    { key: 'open', title: t('openOrders'), width: 80, align: 'end', render: (row) => (row.open.value > 0 ? <Link to={`/orders/query?where=${encodeURIComponent(JSON.stringify({ all: [{ field: 'profile', op: 'in', value: [row.code] }] }))}`}>{cappedCount(row.open)}</Link> : '–') },
    { key: 'version', title: t('version'), width: 64, align: 'end', render: (row) => `v${row.version}` },
  ]
  return (
    <Page title={t('profiles')} sub={t('profilesHint')} acts={<Button type="primary" disabled={!query.data} onClick={() => setEditing('new')}>{t('newProfile')}</Button>}>
      <QueryView query={query}>
        {(data) => (
          <Section flush>
            {data.items.length === 0 ? <Empty kind="done" text={t('noProfiles')} hint={t('noProfilesHint')} /> : <ListTable caption={t('profiles')} rows={data.items} rowKey={(row) => row.id} columns={columns} onOpen={(row) => setEditing(row)} />}
            {editing ? <ProfileDrawer key={editing === 'new' ? 'new' : `${editing.id}:${editing.version}`} profile={editing === 'new' ? null : editing} fields={fields} stages={data.stages} queues={data.queues} onClose={() => setEditing(null)} /> : null}
          </Section>
        )}
      </QueryView>
    </Page>
  )
}
