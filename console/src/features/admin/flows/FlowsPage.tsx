import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { ListTable } from '../../../ui/ListTable.tsx'
import type { Column } from '../../../ui/list-types.ts'
import { Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/parts.css'

type Flow = OutputOf<'listFlows'>['items'][number]
const columns: Column<Flow>[] = [
  { key: 'name', title: t('name'), width: 220, wide: true, render: (flow) => flow.name },
  { key: 'key', title: t('key'), width: 180, render: (flow) => <span className="ms-code">{flow.key}</span> },
  { key: 'business', title: t('business'), width: 120, render: (flow) => businessName(flow.businessType) },
  { key: 'scope', title: t('scope'), width: 120, render: (flow) => t(`scope_${flow.scope}`) },
  { key: 'version', title: t('version'), width: 100, render: (flow) => (flow.publishedVersion ? <Tag tone="ok">v{flow.publishedVersion}</Tag> : <Tag tone="calm">{t('notPublished')}</Tag>) },
  { key: 'nodes', title: t('nodes'), width: 70, align: 'end', render: (flow) => flow.nodeCount },
  { key: 'created', title: t('created'), width: 140, render: (flow) => <Time iso={flow.createdAt} /> },
]

const businesses: Record<string, string> = { order: t('business_order'), matter: t('business_matter'), orderRequest: t('business_order'), matterChange: t('business_matter') }
const businessName = (type: string): string => businesses[type] ?? type

export default function FlowsPage(): ReactElement {
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const flows = useQueryOf('listFlows', {})
  const shown = (flows.data?.items ?? []).filter((flow) => `${flow.name}${flow.key}`.includes(typed.trim()))
  return (
    <Page fill title={t('title')} help="flows" state={<span className="ms-muted">{flows.data ? t('count', { n: flows.data.items.length }) : ''}</span>} acts={<Input allowClear style={{ inlineSize: 220 }} prefix={<Icon name="search" size={14} />} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(e) => setTyped(e.target.value)} />}>
      <div className="ms-split-list" style={{ flex: 1 }}>
        <QueryView query={flows}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : shown.length === 0 ? <Empty kind="filter" action={{ label: t('title'), run: () => setTyped('') }} /> : <ListTable columns={columns} rows={shown} rowKey={(flow) => flow.id} caption={t('title')} density="standard" onOpen={(flow) => void navigate(`/admin/flows/${encodeURIComponent(flow.key)}`)} />)}</QueryView>
      </div>
    </Page>
  )
}
