// Left column: who asks, what, where, under which matter and standard.
import type { ReactElement } from 'react'
import { useSession } from '../../app/session.tsx'
import { Attachments } from '../../ui/Attachments.tsx'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { RevealContact } from './acts/RevealContact.tsx'
import type { OrderDetail } from './order-types.ts'
import { SlotPart } from './SlotPart.tsx'
import { slotsOf } from './slots.ts'
import { t } from './texts.zh-CN.ts'
import { placeOf, shownValue } from './values.ts'

const callbacks: Record<string, string> = { call: t('d.callbackCall'), sms: t('d.callbackSms'), none: t('d.callbackNone') }

export function OrderFacts({ order }: { order: OrderDetail }): ReactElement {
  const { can } = useSession()
  const who = order.requester
  const may = who.mayReveal && can('orders.reveal')
  const person = [who.subjectKind === 'enterprise' ? t('d.enterprise') : t('d.person'), who.sex === 'male' ? t('d.male') : who.sex === 'female' ? t('d.female') : null, who.ageRange].filter(Boolean).join(' · ')
  return (
    <>
      <Section title={t('d.requester')}>
        <Facts items={[
          { label: t('d.requester'), value: who.anonymous ? <Tag>{t('d.anonymous')}</Tag> : <><RevealContact orderId={order.id} field="name" value={who.name} label={t('d.requester')} mayReveal={may} /> <span className="ms-hint">{person}</span></> },
          { label: t('d.phone'), value: who.phone ? <RevealContact orderId={order.id} field="phone" value={who.phone} label={t('d.phone')} mayReveal={may} /> : null },
          { label: t('d.idNumber'), value: who.idNumber ? <RevealContact orderId={order.id} field="idNumber" value={who.idNumber} label={t('d.idNumber')} mayReveal={may} /> : null, hidden: !who.idNumber },
        ]} />
      </Section>
      <Section title={t('d.content')}>
        <p className="ms-text">{order.content}</p>
        {order.summary ? <p className="ms-hint">{order.summary}</p> : null}
        {order.files.some((file) => file.place === 'registration') ? <Attachments readOnly value={order.files.filter((file) => file.place === 'registration')} /> : null}
      </Section>
      <Section title={t('d.facts')}>
        <Facts items={[
          { label: t('d.appealType'), value: [order.appealTypeName, order.urgency === 'normal' ? null : order.urgencyName].filter(Boolean).join(' · ') },
          { label: t('d.purpose'), value: order.purpose, hidden: !order.purpose },
          { label: t('d.place'), value: placeOf(order) },
          { label: t('d.detailAddress'), value: order.detailAddress, hidden: !order.detailAddress },
          { label: t('d.occurredAt'), value: <Time iso={order.occurredAt} />, hidden: !order.occurredAt },
          { label: t('d.people'), value: t('d.peopleText', { a: order.requesterCount, b: order.involvedCount ?? '–' }), hidden: order.requesterCount <= 1 && !order.involvedCount },
          ...order.formFields.map((field) => ({ label: field.label, value: shownValue(field.value) })),
          ...order.extra.map((field) => ({ label: field.key, value: field.value })),
          { label: t('d.specialClass'), value: order.specialClassName, hidden: !order.specialClassName },
          { label: t('d.line'), value: order.lineName, hidden: !order.lineName },
          { label: t('d.queue'), value: order.queueName, hidden: !order.queueName },
          { label: t('d.registrationSource'), value: order.registrationSource, hidden: order.registrationSource === '本系统' },
          { label: t('d.category'), value: order.categoryName, hidden: !order.categoryName },
          { label: t('d.source'), value: `${order.channelName} ${when(order.registeredAt)} ${order.registeredByName}` },
          { label: t('d.enquiryCode'), value: <bdi className="ms-code">{order.enquiryCode}</bdi>, hidden: !order.enquiryCode },
          { label: t('d.upper'), value: <bdi className="ms-code">{order.upperNumber}</bdi>, hidden: !order.upperNumber },
          { label: t('d.callback'), value: order.callbackWanted ? (callbacks[order.callbackManner] ?? order.callbackManner) : t('d.callbackNone') },
          { label: t('d.remarks'), value: order.remarks, hidden: !order.remarks },
        ]} />
      </Section>
      {order.enterprise ? (
        <Section title={t('d.enterpriseTitle')}>
          <Facts items={[
            { label: t('d.enterprise'), value: order.enterprise.name },
            { label: t('d.creditCode'), value: <bdi className="ms-code">{order.enterprise.creditCode}</bdi>, hidden: !order.enterprise.creditCode },
            { label: t('d.extent'), value: [order.enterprise.extent === 'industry' ? t('d.extentIndustry') : t('d.extentOne'), order.enterprise.legalPerson ? t('d.legalPerson') : null].filter(Boolean).join(' · ') },
            { label: t('d.grade'), value: order.enterprise.grade ? t('d.gradeText', { grade: order.enterprise.grade }) : null },
          ]} />
        </Section>
      ) : null}
      {slotsOf('facts', order, can).map((part) => <Section key={part.id} title={part.title}><SlotPart load={part.lazy} order={order} /></Section>)}
      {order.matter ? (
        <Section title={t('d.matter')}>
          <div>{order.matter.name}</div>
          <div className="ms-hint">{order.matter.path.join(' / ')}</div>
          {order.matter.closingStandard.length > 0 || order.matter.closingBasis ? (
            <details className="ms-standard">
              <summary>{t('d.standard')}</summary>
              <ul className="ms-plain-list">
                {order.matter.closingStandard.map((item) => <li key={item.text}>{item.text}{item.evidence ? <> <Tag tone="low">{t('d.evidence')}</Tag></> : null}</li>)}
                {order.matter.closingBasis ? <li>{t('d.basisNeeded')}</li> : null}
              </ul>
            </details>
          ) : null}
        </Section>
      ) : null}
    </>
  )
}
