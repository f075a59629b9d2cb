// 办理事项 on the order page: suspension, tracking, dispute, difficult post, contacts, exclusion of this order.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useJointSections } from '../joint/use-joint-sections.tsx'
import type { SlotProps } from '../orders/slots.ts'
import { PromiseTag } from './ContactsPage.tsx'
import { DisputeFacts, useDisputeActs } from './DisputesPage.tsx'
import { HardFacts } from './HardPage.tsx'
import { PauseFacts } from './PausesPage.tsx'
import { t } from './texts.zh-CN.ts'

export default function HandlingTab({ order }: SlotProps): ReactElement {
  const of = { orderId: order.id, limit: 50 }
  const pauses = useQueryOf('listPauses', { ...of, state: 'active,ended' }).data?.items ?? []
  const trackings = [...(useQueryOf('listTrackings', { ...of, state: 'active' }).data?.items ?? []), ...(useQueryOf('listTrackings', { ...of, state: 'ended' }).data?.items ?? [])]
  const disputes = [...(useQueryOf('listDisputes', { ...of, state: 'pool' }).data?.items ?? []), ...(useQueryOf('listDisputes', { ...of, state: 'decided' }).data?.items ?? [])]
  const hards = [...(useQueryOf('listHards', { ...of, state: 'pending' }).data?.items ?? []), ...(useQueryOf('listHards', { ...of, state: 'handled' }).data?.items ?? [])]
  const contacts = useQueryOf('listOrderContacts', of).data?.items ?? []
  const exclusions = useQueryOf('listExclusions', of).data?.items ?? []
  const declaration = useQueryOf('listDeclarations', of).data?.items[0]
  const { acts, drawer } = useDisputeActs()
  const joint = useJointSections(order.id)
  if (pauses.length + trackings.length + disputes.length + hards.length + contacts.length + exclusions.length + joint.count === 0 && !declaration) return <Empty kind="done" text={t('noneTab')} />
  return (
    <div className="ms-stack">
      {joint.sections}
      {disputes.map((row) => <Section key={row.id} title={t('disputes')}><DisputeFacts row={row} acts={acts(row)} /></Section>)}
      {hards.map((row) => <Section key={row.id} title={t('hards')}><HardFacts row={row} /></Section>)}
      {pauses.map((row) => <Section key={row.id} title={t('pauses')}><PauseFacts row={row} /></Section>)}
      {trackings.map((row) => (
        <Section key={row.id} title={t('trackings')}>
          <div className="ms-stack">
            <div className="ms-row"><Tag tone={row.state === 'active' ? (row.overdue ? 'over' : 'near') : 'plain'}>{row.state === 'active' ? (row.overdue ? t('overdue') : t('tracked')) : t('ended')}</Tag><span>{row.unitName}</span><span className="ms-hint">{t('interval', { n: row.intervalDays })} {t('reports', { n: row.reports })}</span><span className="ms-hint">{t('col.next')} <Time iso={row.nextReportAt} /></span><span className="ms-hint">{t('col.until')} <Time iso={row.untilAt} /></span></div>
            <p className="ms-text">{row.plan}</p>
          </div>
        </Section>
      ))}
      {exclusions.map((row) => <Section key={row.id} title={t('exclusions')}><div className="ms-row"><Tag tone="primary">{row.kind === 'exclude' ? t('view.excluded') : t('view.shelved')}</Tag><span>{row.reasonClass}</span><span className="ms-grow">{row.reason}</span>{row.expiresAt ? <span className="ms-hint">{t('col.expires')} <Time iso={row.expiresAt} /></span> : null}</div></Section>)}
      {declaration ? <Section title={t('declarations')}><div className="ms-row"><span>{t('col.industry')}：{declaration.industryUnitName ?? '–'}</span>{declaration.industryClassName ? <span>{declaration.industryClassName}</span> : null}{declaration.ruled ? <Tag tone="ok">{t('declare.ruled')}</Tag> : null}<span>{t('col.basis')}：{declaration.basis ?? '–'}</span>{declaration.outsideArea ? <Tag tone="near">{t('col.outside')} {declaration.outsideDetail}</Tag> : null}<span className="ms-hint">{declaration.correctedByName ?? declaration.declaredByName} <Time iso={declaration.correctedAt ?? declaration.declaredAt} /></span></div></Section> : null}
      {contacts.length > 0 ? (
        <Section title={t('contacts')}>
          {contacts.map((row) => <div key={row.id} className="ms-row"><Tag tone={row.outcome === 'reached' ? 'ok' : 'near'}>{t(`contact.${row.outcome}`)}</Tag>{row.met ? <Tag>{t('col.met')}</Tag> : null}<PromiseTag row={row} /><span className="ms-grow">{row.note}</span><span className="ms-hint">{row.unitName}·{row.recordedByName} <Time iso={row.contactedAt} /></span></div>)}
        </Section>
      ) : null}
      {drawer}
    </div>
  )
}
