// Signing fixes responsibility and cannot be undone, so it asks once; it is never queued.
import { Button, say, Sheet, Trouble } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import { useCommand } from '../../api/queries.ts'
import { t } from '../texts.zh-CN.ts'
import { orderQueries } from './use-act.ts'

type Props = { assignment: { id: string; unitName: string }; number: string; title: string; onClose: () => void }

export function SignSheet({ assignment, number, title, onClose }: Props): ReactElement {
  const sign = useCommand('signAssignment', { invalidates: [...orderQueries], onDone: () => { say(t('sign.done', { number })); onClose() } })
  return (
    <Sheet open title={t('sign.title')} onClose={onClose}
      footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button tone="primary" busy={sign.isPending} onClick={() => sign.mutate({ id: assignment.id })}>{t('sign.do')}</Button></>}>
      <div className="k-stack">
        {sign.error ? <Trouble problem={sign.error} /> : null}
        <p><strong>{title}</strong></p>
        <p>{t('sign.text', { unit: assignment.unitName })}</p>
      </div>
    </Sheet>
  )
}
