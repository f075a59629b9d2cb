// The register of channels (INT-01) and the centre's WeChat accounts (INT-13).
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import type { OutputOf } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/ListPage.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'
import { UnifiedSection } from './UnifiedSection.tsx'
import { WechatSection } from './WechatSection.tsx'

type Row = OutputOf<'listChannels'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'name', title: t('col.name'), width: 120, render: (row) => row.name },
  { key: 'state', title: t('col.state'), width: 90, render: (row) => <Tag tone={row.enabled ? 'ok' : 'calm'}>{row.enabled ? t('on') : t('off')}</Tag> },
  { key: 'hours', title: t('col.hours'), width: 130, render: (row) => (row.opensAt && row.closesAt ? `${row.opensAt}–${row.closesAt}` : t('allDay')) },
  { key: 'files', title: t('col.files'), width: 110, render: (row) => (row.maxFiles === null ? t('platformLimit') : t('filesN', { n: row.maxFiles })) },
  { key: 'notice', title: t('col.notice'), width: 300, wide: true, render: (row) => row.notice },
]

export default function ChannelsPage(): ReactElement {
  const list = useQueryOf('listChannels', {})
  const change = useCommand('changeChannel', { invalidates: ['listChannels'] })
  const [edited, setEdited] = useState<Row | null>(null)
  return (
    <Page title={t('channels')} sub={t('channelsSub')}>
      <Section flush><QueryView query={list}>{(data) => <ListTable<Row> caption={t('channels')} columns={columns} rows={data.items} rowKey={(row) => row.code} onOpen={setEdited} />}</QueryView></Section>
      <WechatSection />
      <UnifiedSection />
      {edited ? (
        <ActDrawer open onClose={() => setEdited(null)} title={t('edit')} sub={edited.name} submitLabel={t('save')}
          schema={{
            type: 'object', required: ['name'],
            properties: {
              name: { type: 'string', title: t('col.name'), maxLength: 30 }, enabled: { type: 'boolean', title: t('enabled') },
              opensAt: { type: 'string', title: t('opensAt'), description: t('timeHelp'), maxLength: 5, 'x-half': true }, closesAt: { type: 'string', title: t('closesAt'), maxLength: 5, 'x-half': true },
              maxFiles: { type: 'integer', title: t('maxFiles'), description: t('maxFilesHelp'), minimum: 0, maximum: 20 }, notice: { type: 'string', format: 'textarea', title: t('notice'), description: t('noticeHelp'), maxLength: 200 },
            },
          }}
          initial={{ name: edited.name, enabled: edited.enabled, opensAt: edited.opensAt ?? undefined, closesAt: edited.closesAt ?? undefined, maxFiles: edited.maxFiles ?? undefined, notice: edited.notice ?? undefined }}
          submit={async (v) => {
            const text = (name: string): string | null => (typeof v[name] === 'string' && v[name] !== '' ? v[name] : null)
            await change.mutateAsync({ code: edited.code, version: edited.version, name: text('name') ?? edited.name, enabled: v.enabled === true, opensAt: text('opensAt'), closesAt: text('closesAt'), maxFiles: typeof v.maxFiles === 'number' ? v.maxFiles : null, notice: text('notice') })
            say(t('saved'))
          }} />
      ) : null}
    </Page>
  )
}
