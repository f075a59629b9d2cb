import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../../api/queries.ts'
import { QueryView } from '../../../ui/Empty.tsx'
import { Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { StandardTag } from '../parts/standard.tsx'
import type { Matter } from '../parts/standard.tsx'
import { t } from './texts.zh-CN.ts'

const tones = { lead: 'primary', assist: 'low', negative: 'over' } as const

/** Who handles this matter where. */
export function MatterDuties({ matter }: { matter: Matter }): ReactElement {
  const duties = useQueryOf('listDutyEntries', { matterId: matter.id, limit: 100 })
  return (
    <Section title={t('duties')} flush={(duties.data?.items.length ?? 0) > 0} extra={<Link to={`/matters/duties?matterId=${matter.id}`}>{t('openDuties')}</Link>}>
      <QueryView query={duties}>
        {(data) => (data.items.length === 0 ? <span className="ms-muted">{t('noDuties')}</span> : (
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('dutyUnit')}</th><th scope="col">{t('role')}</th><th scope="col">{t('area')}</th><th scope="col">{t('boundary')}</th><th scope="col">{t('period')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((duty) => (
              <tr key={duty.id}><td>{duty.unitName}</td><td><Tag tone={tones[duty.role]}>{duty.roleName}</Tag></td><td>{duty.areaName}</td><td>{duty.boundary ?? '–'}</td><td>{duty.validFrom || duty.validTo ? `${duty.validFrom ?? '…'} — ${duty.validTo ?? '…'}` : '–'}</td><td><StandardTag state={duty.state} name={duty.stateName} pending={duty.pendingChangeId !== null} /></td></tr>
            ))}</tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}
