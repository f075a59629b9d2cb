// What became of many at once: how many were done, and each that was not with its reason (ux.md §5.8).
import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import { ListTable } from './ListTable.tsx'
import { t } from './texts.zh-CN.ts'

export type BatchItem = { id: string; number: string; title: string; ok: boolean; reason: string | null }
export type BatchResult = { done: number; failed: number; items: BatchItem[] }

export function BatchReport({ title, result, onClose }: { title: string; result: BatchResult; onClose: () => void }): ReactElement {
  const failed = result.items.filter((one) => !one.ok)
  return (
    <Modal open width={640} title={title} onCancel={onClose} mask={{ closable: false }} footer={<Button type="primary" onClick={onClose}>{t('close')}</Button>}>
      <div className="ms-stack">
        <p role="status" style={{ margin: 0 }}>{[t('batch.done', { n: result.done }), ...(result.failed ? [t('batch.failed', { n: result.failed })] : [])].join('，')}</p>
        {failed.length > 0 ? (
          <ListTable caption={title} rowKey={(one: BatchItem) => one.id} rows={failed} columns={[
            { key: 'number', title: t('batch.number'), width: 160, render: (one) => <bdi className="ms-code">{one.number || '–'}</bdi> },
            { key: 'title', title: t('batch.title'), width: 180, render: (one) => one.title || '–' },
            { key: 'why', title: t('batch.why'), width: 240, wide: true, render: (one) => one.reason ?? '' },
          ]} />
        ) : null}
      </div>
    </Modal>
  )
}
