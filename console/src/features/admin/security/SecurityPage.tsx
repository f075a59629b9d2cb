// Policy of passwords, sign-in and sessions in one place; who failed to sign in lately.
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { ListTable } from '../../../ui/ListTable.tsx'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { fromEpoch, now } from '../../../ui/time.ts'
import { grouped } from '../../../ui/grouped.ts'
import { settingColumns } from '../settings/SettingsPage.tsx'
import { SettingDrawer } from '../settings/SettingDrawer.tsx'
import { themeOf } from '../settings/setting-words.zh-CN.ts'
import { IdentityProvider } from './IdentityProvider.tsx'
import { Locks, Sessions } from './Sessions.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'searchAudit'>['items'][number]
const DAY = 86_400_000

export default function SecurityPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const settings = useQueryOf('listSettings', {})
  const mayAudit = can('platform.readAudit')
  const [since] = useState(() => fromEpoch(now() - DAY))
  const failures = useQueryOf('searchAudit', { kind: 'login', result: 'refused', from: since, limit: 200 }, { enabled: mayAudit })
  const policy = (settings.data?.items ?? []).filter((one) => themeOf(one.group) === 'security')
  return (
    <Page title={t('title')} help="security">
      <Section flush title={<span className="ms-row">{t('policy')} <span className="ms-hint">{t('policyHint')}</span></span>}>
        <QueryView query={settings}>{() => <ListTable columns={settingColumns} rows={policy} rowKey={(one) => one.key} caption={t('policy')} density="standard" onOpen={(one) => setSearch({ key: one.key })} />}</QueryView>
      </Section>
      <Section flush={(failures.data?.items.length ?? 0) > 0} title={<span className="ms-row">{t('failures')} <span className="ms-hint">{t('failuresHint')}</span></span>} extra={mayAudit ? <Link to="/admin/audit?kind=login">{t('openAudit')}</Link> : null}>
        {mayAudit ? <QueryView query={failures}>{(data) => (data.items.length === 0 ? <span className="ms-muted">{t('failuresNone')}</span> : <Failures rows={data.items} />)}</QueryView> : <span className="ms-muted">{t('noAudit')}</span>}
      </Section>
      {can('platform.manageIdentityProvider') ? <IdentityProvider /> : null}
      {can('platform.readUsers') ? <><Locks /><Sessions /></> : null}
      <SettingDrawer name={search.get('key')} place={{}} onClose={() => setSearch({})} />
    </Page>
  )
}

function Failures({ rows }: { rows: readonly Row[] }): ReactElement {
  const people = [...grouped(rows, (row) => row.actorName || row.text || row.ip || '–')]
  return (
    <table className="ms-plain-table">
      <thead><tr><th scope="col">{t('who')}</th><th scope="col" className="ms-num">{t('times')}</th><th scope="col">{t('last')}</th><th scope="col">{t('from')}</th><th scope="col">{t('reason')}</th><th scope="col" /></tr></thead>
      <tbody>{people.map(([who, list]) => (
        <tr key={who}><td>{who}</td><td className="ms-num">{list.length}</td><td><Time iso={list[0]?.at} /></td><td>{[...new Set(list.map((row) => row.ip).filter(Boolean))].join('、')}</td><td>{list[0]?.text ?? '–'}</td><td>{list[0]?.actorId ? <Link to={`/admin/users/${list[0].actorId}`}>{t('openUser')}</Link> : <Link to={`/admin/users?q=${encodeURIComponent(who)}`}>{t('openUser')}</Link>}</td></tr>
      ))}</tbody>
    </table>
  )
}
