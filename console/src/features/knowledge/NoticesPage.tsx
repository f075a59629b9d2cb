// 知识通知: templates that speak by themselves, own queues of what is handed out, and what became of what was sent.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { useSession } from '../../app/session.tsx'
import { Page } from '../../ui/Page.tsx'
import { NoticeLogPart } from './NoticeLogPart.tsx'
import { NoticeQueuesPart } from './NoticeQueuesPart.tsx'
import { NoticeTemplatesPart } from './NoticeTemplatesPart.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

const parts = { queues: NoticeQueuesPart, templates: NoticeTemplatesPart, log: NoticeLogPart }
const tabs = ['queues', 'templates', 'log'] as const

export default function NoticesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const open = tabs.filter((one) => one === 'queues' || can('knowledge.manage'))
  const tab = open.find((one) => one === search.get('tab')) ?? 'queues'
  const Part = parts[tab]
  return (
    <Page title={t('notices')} help="knowledge" state={open.length > 1 ? <Segmented size="small" value={tab} options={open.map((value) => ({ value, label: t(`notice.${value}`) }))} onChange={(value) => setSearch({ tab: value })} /> : null}>
      <Part />
    </Page>
  )
}
