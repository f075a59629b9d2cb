// The appeal and its facts; the telephone is masked and revealed on a stated reason.
import { Button, Card, Rows } from '@minsheng/portal/kit'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { actPath } from '../acts/act-names.ts'
import type { OrderDetail } from '../kept.ts'
import { useSession } from '../session.tsx'
import { t } from '../texts.zh-CN.ts'
import { when } from '../time.ts'
import { Files } from './Files.tsx'
import { RevealSheet } from './RevealSheet.tsx'

const shown = (value: unknown): string => (Array.isArray(value) ? value.join('、') : typeof value === 'boolean' ? (value ? t('rate.yes') : t('rate.no')) : value === null || value === undefined || value === '' ? t('none') : String(value))

export function OrderFacts({ order, live }: { order: OrderDetail; live: boolean }): ReactElement {
  const session = useSession()
  const [calling, setCalling] = useState(false)
  const who = order.requester
  const may = live && who.phone !== null && who.mayReveal && session.can('orders.reveal')
  const contact = order.assignments.find((one) => one.acts.some((act) => act.act === 'contact' && act.enabled))
  const fact = (label: string, value: string | null | undefined) => (value ? { label, value } : null)
  return (
    <>
      <Card title={t('content')}>
        <p className="k-pre">{order.content}</p>
        {order.supplements.map((one) => (
          <div key={one.id} className="k-stack" data-gap="small"><strong>{t('supplementsTitle')} <span className="k-hint">{one.createdByName} {when(one.createdAt)}</span></strong><p className="k-pre">{one.content}</p><Files files={one.files} /></div>
        ))}
      </Card>
      <Card title={t('facts')}>
        <Rows rows={[
          { label: t('requester'), value: who.anonymous ? t('anonymous') : who.name },
          who.phone ? { label: t('phone'), value: <bdi className="k-num">{who.phone}</bdi>, end: may ? <Button tone="soft" icon="phone" onClick={() => setCalling(true)}>{t('call')}</Button> : undefined } : null,
          fact(t('place'), [order.areaName, order.address, order.detailAddress].filter(Boolean).join(' ')),
          fact(t('matter'), order.matter ? order.matter.path.concat(order.matter.name).join(' / ') : null),
          fact(t('type'), order.appealTypeName), fact(t('lead'), order.leadUnitName),
          order.occurredAt ? { label: t('occurred'), value: when(order.occurredAt) } : null,
          { label: t('registered'), value: `${when(order.registeredAt)} ${order.channelName}` },
          order.involvedCount ? { label: t('people'), value: order.involvedCount } : null,
          ...order.formFields.map((one) => ({ label: one.label, value: shown(one.value) })),
          fact(t('remarks'), order.remarks),
        ]} />
      </Card>
      {calling ? <RevealSheet orderId={order.id} mask={who.phone ?? ''} log={contact ? actPath(order.number, 'contact', { assignment: contact.id }) : undefined} onClose={() => setCalling(false)} /> : null}
    </>
  )
}
