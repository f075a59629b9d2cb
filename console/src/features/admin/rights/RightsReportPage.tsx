// Who has which right, now or on a past day, and every change of rights.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ChoiceSelect } from '../../../ui/ChoiceSelect.tsx'
import { DateInput } from '../../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { PickerInput } from '../../../ui/Pickers.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { userLoader } from '../../orders/pickers.ts'
import { moduleName, scopeName } from '../parts/scopes.ts'
import { useTenant } from '../parts/TenantChoice.tsx'
import { t } from './texts.zh-CN.ts'

type Set = (changes: Record<string, string | undefined>) => void
const people = userLoader()

export default function RightsReportPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { tenantId, choice } = useTenant('platform.readRoles')
  const tab = search.get('tab') === 'changes' ? 'changes' : 'holders'
  const set: Set = (changes) => setSearch((before) => {
    const next = new URLSearchParams(before)
    for (const [key, value] of Object.entries(changes)) if (value) next.set(key, value); else next.delete(key)
    return next
  }, { replace: true })
  const of = tenantId ? { tenantId } : {}
  return (
    <Page title={t('title')} help="rights" acts={choice} state={<Segmented size="small" value={tab} options={[{ value: 'holders', label: t('holders') }, { value: 'changes', label: t('changes') }]} onChange={(next) => set({ tab: next === 'changes' ? next : undefined })} />}>
      {tab === 'holders' ? <Holders of={of} search={search} set={set} /> : <Changes of={of} search={search} set={set} />}
    </Page>
  )
}

type TabProps = { of: { tenantId?: string }; search: URLSearchParams; set: Set }

function Holders({ of, search, set }: TabProps): ReactElement {
  const { can } = useSession()
  const permission = search.get('permission') ?? undefined
  const roleId = search.get('roleId') ?? undefined
  const on = search.get('on') ?? undefined
  const permissions = useQueryOf('listPermissions', {}, { staleTime: 600_000 })
  const roles = useQueryOf('listRoles', of)
  const ready = permission !== undefined || roleId !== undefined
  const holders = useQueryOf('listRightHolders', { ...of, ...(permission ? { permission } : {}), ...(roleId ? { roleId } : {}), ...(on ? { on } : {}) }, { enabled: ready })
  return (
    <>
      <div className="ms-row" style={{ flexWrap: 'wrap' }}>
        <label className="ms-row">{t('permission')}<span style={{ inlineSize: 280 }}><ChoiceSelect value={permission} onChange={(next) => set({ permission: typeof next === 'string' ? next : undefined })} choices={(permissions.data?.items ?? []).map((one) => ({ value: one.code, label: `${one.name}（${moduleName(one.module)}）` }))} /></span></label>
        <label className="ms-row">{t('role')}<span style={{ inlineSize: 200 }}><ChoiceSelect value={roleId} onChange={(next) => set({ roleId: typeof next === 'string' ? next : undefined })} choices={(roles.data?.items ?? []).map((role) => ({ value: role.id, label: role.name }))} /></span></label>
        <label className="ms-row">{t('on')}<span style={{ inlineSize: 150 }}><DateInput value={on ?? ''} onChange={(next) => set({ on: next })} /></span><span className="ms-hint">{t('onHint')}</span></label>
      </div>
      {!ready ? <Section><Empty kind="pending" text={t('choose')} hint={t('chooseHint')} /></Section> : (
        <QueryView query={holders}>
          {(data) => (
            <Section flush={data.items.length > 0} title={<span className="ms-row">{t('holders')} <span className="ms-hint">{data.more ? t('more') : t('n', { n: data.items.length })}</span></span>}>
              {data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : (
                <table className="ms-plain-table">
                  <thead><tr><th scope="col">{t('person')}</th><th scope="col">{t('staffNo')}</th><th scope="col">{t('unit')}</th><th scope="col">{t('role')}</th><th scope="col">{t('scope')}</th><th scope="col">{t('via')}</th><th scope="col">{t('since')}</th><th scope="col">{t('validTo')}</th></tr></thead>
                  <tbody>{data.items.map((row) => (
                    <tr key={`${row.userId}-${row.roleId}-${row.via}-${row.since}`}>
                      <td>{can('platform.readUsers') ? <Link to={`/admin/users/${row.userId}`}>{row.name}</Link> : row.name}{row.userState === 'active' ? null : <> <Tag tone="calm">{t('userOff')}</Tag></>}</td><td className="ms-code">{row.staffNo}</td><td>{row.unitName}</td><td>{row.roleName}</td>
                      <td>{row.scope ? scopeName(row.scope) : t('scopeAsRole')}</td><td>{t(`via_${row.via}`)}{row.viaName ? ` · ${row.viaName}` : ''}</td><td>{row.givenBy} <Time iso={row.since} /></td><td>{row.validTo ?? '–'}</td>
                    </tr>
                  ))}</tbody>
                </table>
              )}
            </Section>
          )}
        </QueryView>
      )}
    </>
  )
}

function Changes({ of, search, set }: TabProps): ReactElement {
  const userId = search.get('userId') ?? undefined
  const from = search.get('from') ?? undefined
  const to = search.get('to') ?? undefined
  const changes = useQueryOf('listRightChanges', { ...of, ...(userId ? { userId } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) })
  return (
    <>
      <div className="ms-row" style={{ flexWrap: 'wrap' }}>
        <label className="ms-row">{t('person')}<span style={{ inlineSize: 240 }}><PickerInput loader={people} value={userId} placeholder={t('all')} onChange={(next) => set({ userId: typeof next === 'string' ? next : undefined })} /></span></label>
        <label className="ms-row">{t('from')}<span style={{ inlineSize: 150 }}><DateInput value={from ?? ''} onChange={(next) => set({ from: next })} /></span></label>
        <label className="ms-row">{t('to')}<span style={{ inlineSize: 150 }}><DateInput value={to ?? ''} onChange={(next) => set({ to: next })} /></span></label>
      </div>
      <QueryView query={changes}>
        {(data) => (
          <Section flush={data.items.length > 0} title={<span className="ms-row">{t('changes')} {data.more ? <span className="ms-hint">{t('moreChanges')}</span> : null}</span>}>
            {data.items.length === 0 ? <Empty kind="done" text={t('noChanges')} /> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('at')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('subject')}</th><th scope="col">{t('old')}</th><th scope="col">{t('new')}</th><th scope="col">{t('via')}</th><th scope="col">{t('by')}</th><th scope="col">{t('reason')}</th></tr></thead>
                <tbody>{data.items.map((row, index) => (
                  <tr key={`${row.at}-${row.userId ?? ''}-${row.roleName}-${index}`}>
                    <td style={{ whiteSpace: 'nowrap' }}><Time iso={row.at} /></td><td style={{ whiteSpace: 'nowrap' }}>{t(`kind_${row.kind}`)}</td><td>{row.userName ?? `${row.roleName}（${t('everyone')}）`}</td><td>{row.old.join('、') || '–'}</td><td>{row.new.join('、') || '–'}</td>
                    <td>{row.via ? `${t(`via_${row.via}`)}${row.viaName ? ` · ${row.viaName}` : ''}` : '–'}</td><td>{row.by}</td><td>{row.reason ?? '–'}</td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
    </>
  )
}
