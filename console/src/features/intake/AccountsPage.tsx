// Accounts of citizens as staff see them: masked, found by the whole number, paused with a reason.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useCommand } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listCitizenAccounts'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'mobile', title: t('acc.mobile'), width: 140, render: (row) => <bdi>{row.mobile}</bdi> },
  { key: 'name', title: t('acc.name'), width: 100, render: (row) => row.name },
  { key: 'real', title: t('acc.real'), width: 70, render: (row) => (row.realName ? t('yes') : t('no')) },
  { key: 'state', title: t('acc.state'), width: 90, render: (row) => <Tag tone={row.state === 'active' ? 'ok' : 'near'}>{t(row.state)}</Tag> },
  { key: 'reason', title: t('acc.reason'), width: 240, wide: true, render: (row) => row.stateReason },
  { key: 'created', title: t('acc.created'), width: 130, render: (row) => <Time iso={row.createdAt} /> },
  { key: 'signed', title: t('acc.signed'), width: 130, render: (row) => <Time iso={row.signedInAt} /> },
]
const filters: Filter[] = [{ key: 'phone', label: t('phone'), kind: 'text' }]

export default function AccountsPage(): ReactElement {
  const [edited, setEdited] = useState<Row | null>(null)
  const change = useCommand('changeCitizenAccount')
  const client = useQueryClient()
  return (
    <>
      <ListPage<Row> noSearch page="citizenAccounts" title={t('accounts')} columns={columns} filters={filters} rowKey={(row) => row.id} onOpen={setEdited} load={(query, signal) => request<ListResult<Row>>('GET', '/api/citizen-accounts', query, { signal })} />
      {edited ? (
        <ActDrawer open onClose={() => setEdited(null)} title={edited.state === 'active' ? t('pause') : t('resume')} sub={edited.mobile} submitLabel={edited.state === 'active' ? t('pause') : t('resume')} {...(edited.state === 'active' ? { notice: t('pauseText') } : {})}
          schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), maxLength: 200 } } }}
          submit={async (v) => {
            await change.mutateAsync({ id: edited.id, version: edited.version, state: edited.state === 'active' ? 'paused' : 'active', reason: String(v.reason) })
            say(t('done'))
            await client.invalidateQueries({ queryKey: ['list'] })
          }} />
      ) : null}
    </>
  )
}
