// The SMS desk: sending by template or in free words, templates, and what was sent.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { useSession } from '../../app/session.tsx'
import { Page } from '../../ui/Page.tsx'
import { Compose } from './Compose.tsx'
import { Records } from './Records.tsx'
import { Templates } from './Templates.tsx'
import { t } from './texts.zh-CN.ts'

export default function SmsDeskPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const tabs = [{ value: 'send', label: t('compose') }, ...(can(['platform.manageSmsTemplates', 'platform.approveSmsTemplates']) ? [{ value: 'templates', label: t('templates') }] : []), { value: 'records', label: t('records') }]
  const tab = tabs.find((one) => one.value === search.get('tab'))?.value ?? 'send'
  return (
    <Page fill={tab === 'records'} title={t('title')} help="sms" state={<Segmented size="small" value={tab} options={tabs} onChange={(next) => setSearch(next === 'send' ? {} : { tab: next })} />}>
      {tab === 'records' ? <Records /> : tab === 'templates' ? <Templates /> : <Compose />}
    </Page>
  )
}
