// Which limits hold for this matter now, and the rules made for it alone.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import type { Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { QueryView } from '../../../ui/Empty.tsx'
import { Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { levelName } from '../parts/standard.tsx'
import type { Matter } from '../parts/standard.tsx'
import { t } from './texts.zh-CN.ts'

export function MatterLimits({ matter, types }: { matter: Matter; types: OutputOf<'listAppealTypes'>['items'] }): ReactElement {
  const offered = types.filter((type) => type.state === 'effective' && type.parentId === null && (matter.appealTypes.length === 0 || matter.appealTypes.includes(type.id)))
  const [chosen, setChosen] = useState<string | null>(null)
  const type = offered.find((one) => one.id === chosen) ?? offered[0]
  const test = useQuery<OutputOf<'testLimitRules'>, Problem>({ queryKey: ['testLimitRules', matter.id, matter.revision, type?.id], queryFn: ({ signal }) => call('testLimitRules', { matterId: matter.id, appealType: type?.id ?? '', level: matter.levels[0] ?? null }, { signal }), enabled: type !== undefined })
  const rules = useQueryOf('listLimitRules', { scopeKind: 'matter' })
  return (
    <>
      <Section flush title={<span className="ms-row">{t('limitsOf')} <span className="ms-hint">{type ? t('limitsHint', { type: type.name }) : ''}</span></span>} extra={offered.length > 1 ? <Segmented size="small" value={type?.id ?? ''} options={offered.map((one) => ({ value: one.id, label: one.name }))} onChange={setChosen} /> : null}>
        <QueryView query={test}>
          {(data) => (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('clock')}</th><th scope="col">{t('duration')}</th><th scope="col">{t('rule')}</th><th scope="col">{t('due')}</th></tr></thead>
              <tbody>{data.items.map((item) => (
                <tr key={item.clock}><td>{item.clockName}</td>{item.limit ? <><td><strong>{item.limit.durationText}</strong></td><td>{item.limit.title} <span className="ms-hint">{item.limit.scopeText}</span></td><td>{item.limit.dueText} {item.limit.uncertain ? <Tag tone="near">{t('uncertain')}</Tag> : null}</td></> : <td colSpan={3} className="ms-muted">{t('noLimit')}</td>}</tr>
              ))}</tbody>
            </table>
          )}
        </QueryView>
      </Section>
      <Section title={t('ownLimits')} extra={<Link to={`/matters/limits?q=${encodeURIComponent(matter.name)}`}>{t('openLimits')}</Link>} flush={(rules.data?.items ?? []).some((rule) => rule.scopeId === matter.id)}>
        <QueryView query={rules}>
          {(data) => {
            const own = data.items.filter((rule) => rule.scopeId === matter.id)
            return own.length === 0 ? <span className="ms-muted">{t('ownLimitsNone')}</span> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('clock')}</th><th scope="col">{t('duration')}</th><th scope="col">{t('levels')}</th></tr></thead>
                <tbody>{own.map((rule) => <tr key={rule.id}><td>{rule.clockName}</td><td>{rule.durationText}</td><td>{[rule.level ? levelName(rule.level) : '', rule.urgencyName ?? ''].filter(Boolean).join(' · ') || '–'}</td></tr>)}</tbody>
              </table>
            )
          }}
        </QueryView>
      </Section>
    </>
  )
}
