// Cases that tell of the same, of this hotline and of those that share with it, best first.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Section } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'

export const casePath = (of: { tenantId: string; tenantName: string | null; id: string }): string => (of.tenantName === null ? `/knowledge/items/${of.id}` : `/knowledge/shared/${of.tenantId}/${of.id}`)

export function SimilarCases({ id, tenantId }: { id: string; tenantId?: string }): ReactElement | null {
  const found = useQueryOf('findCases', { likeId: id, ...(tenantId ? { likeTenantId: tenantId } : {}), limit: 5 }, { staleTime: 60_000 })
  const items = found.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('similar')}>
      <ul className="ms-plain-list">
        {items.map((one) => <li key={one.tenantId + one.id}><Link to={casePath(one)}>{one.title}</Link> <span className="ms-hint">{[one.match === null ? '' : t('matchShare', { n: one.match }), one.tenantName ?? '', one.ownerUnitName].filter(Boolean).join(' · ')}</span></li>)}
      </ul>
    </Section>
  )
}
