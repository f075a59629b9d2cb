// 附件 of the whole order, by where they came from.
import type { ReactElement } from 'react'
import { Attachments } from '../../ui/Attachments.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { when } from '../../ui/time.ts'
import type { FileInfo, OrderDetail } from './order-types.ts'
import { t } from './texts.zh-CN.ts'

export function fileGroups(order: OrderDetail): { title: string; files: FileInfo[] }[] {
  return [
    { title: t('files.registration'), files: order.files.filter((file) => file.place === 'registration') },
    { title: t('files.order'), files: order.files.filter((file) => file.place !== 'registration') },
    ...order.supplements.map((one) => ({ title: t('files.supplement', { time: when(one.createdAt) }), files: one.files })),
    ...order.requests.map((one) => ({ title: t('files.request', { unit: one.unitName }), files: one.files })),
    ...order.feedback.map((one) => ({ title: t('files.feedback', { unit: one.unitName }), files: one.files })),
  ].filter((group) => group.files.length > 0)
}

export function FilesTab({ order }: { order: OrderDetail }): ReactElement {
  const groups = fileGroups(order)
  if (groups.length === 0) return <Empty kind="done" text={t('files.none')} />
  return <div className="ms-stack">{groups.map((group, i) => <section key={i}><h3 className="ms-round">{group.title}</h3><Attachments readOnly value={group.files} /></section>)}</div>
}
