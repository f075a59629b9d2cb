// Which tenant a page of administration speaks of; shown only to those who reach more than their own. Kept in the address.
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import type { Filter } from '../../../ui/list-types.ts'
import { t } from './texts.zh-CN.ts'

/** The chosen tenant: `undefined` for the own one, as the API takes it. Offered where the permission reaches tenants below. */
export function useTenant(permission: string): { tenantId: string | undefined; choice: ReactElement | null; filters: Filter[] } {
  const { user } = useSession()
  const [search, setSearch] = useSearchParams()
  const below = user.scopes?.[permission] === 'tenantsBelow'
  const tenants = useQueryOf('listTenants', {}, { staleTime: 300_000, enabled: below })
  const items = tenants.data?.items ?? []
  const chosen = search.get('tenantId') ?? undefined
  const tenantId = chosen === user.tenantId ? undefined : chosen
  const choose = (id: string) => setSearch(id === user.tenantId ? {} : { tenantId: id })
  const choice = below && items.length > 1 ? (
    <label className="ms-row" style={{ gap: 6 }}>
      <span className="ms-muted">{t('tenant')}</span>
      <Select size="small" style={{ inlineSize: 180 }} value={chosen ?? user.tenantId} onChange={choose} showSearch={{ optionFilterProp: 'label' }} options={items.map((tenant) => ({ value: tenant.id, label: tenant.name }))} />
    </label>
  ) : null
  // lists keep only conditions they know: the chosen tenant is one of them
  const filters: Filter[] = below && items.length > 1 ? [{ key: 'tenantId', label: t('tenant'), kind: 'select', options: items.map((tenant) => ({ value: tenant.id, label: tenant.name })) }] : []
  return { tenantId, choice, filters }
}
