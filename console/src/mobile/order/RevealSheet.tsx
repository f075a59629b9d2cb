// The requester's telephone: a stated reason, a minute on the screen, then masked again; dialled from here.
import { Button, Choices, LinkButton, Sheet, Trouble } from '@minsheng/portal/kit'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useCommand } from '../../api/queries.ts'
import { t } from '../texts.zh-CN.ts'

const reasons = [t('reveal.r1'), t('reveal.r2'), t('reveal.r3')] as const
const SHOWN_FOR = 60

export function RevealSheet({ orderId, mask, log, onClose }: { orderId: string; mask: string; /** Address of 登记联系, where it may be done. */ log?: string; onClose: () => void }): ReactElement {
  const [reason, setReason] = useState<string>(reasons[0])
  const [left, setLeft] = useState(0)
  const reveal = useCommand('revealContact')
  const shown = reveal.data
  useEffect(() => {
    if (!shown) return
    setLeft(SHOWN_FOR)
    const timer = setInterval(() => setLeft((n) => n - 1), 1000)
    return () => clearInterval(timer)
  }, [shown])
  useEffect(() => { if (shown && left < 0) onClose() }, [shown, left, onClose])
  return (
    <Sheet open title={t('reveal.title')} onClose={onClose}>
      <div className="k-stack">
        {reveal.error ? <Trouble problem={reveal.error} /> : null}
        {shown ? (
          <>
            <p className="k-hint">{t('reveal.left', { n: Math.max(0, left) })} · {t('reveal.quota', { used: shown.used, limit: shown.quota })}</p>
            <LinkButton to={`tel:${shown.value.replaceAll(/[^\d+]/g, '')}`} tone="primary" size="large" block icon="phone">{t('reveal.dial', { phone: shown.value })}</LinkButton>
            {log ? <><p className="k-hint">{t('reveal.then')}</p><LinkButton to={log} block>{t('reveal.log')}</LinkButton></> : null}
          </>
        ) : (
          <>
            <p><bdi className="k-num">{mask}</bdi></p>
            <p className="k-hint">{t('reveal.text')}</p>
            <Choices name="reason" label={t('reveal.reason')} options={reasons.map((value) => ({ value, label: value }))} value={reason} onValue={setReason} />
            <Button tone="primary" block busy={reveal.isPending} onClick={() => reveal.mutate({ id: orderId, field: 'phone', reason })}>{t('reveal.do')}</Button>
          </>
        )}
      </div>
    </Sheet>
  )
}
