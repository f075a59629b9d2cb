// A short version of a long appeal, made when asked for; says whether a model or the text's own sentences made it.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import type { SlotProps } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export default function OrderSummary({ order }: SlotProps): ReactElement {
  const [made, setMade] = useState<OutputOf<'generateText'> | null>(null)
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    await call('generateText', { application: 'summary', text: order.content, names: [order.requester.name].filter((name) => name.length > 1) }).then(setMade, (error: unknown) => say(asProblem(error).message, 'over'))
    setBusy(false)
  }
  return (
    <div className="ms-stack" role="status">
      {made?.text ? <><p className="ms-text">{made.text}</p><div><Tag tone="near">{t('made')}</Tag> <span className="ms-hint">{made.by === 'model' ? t('made.model', { name: made.provider ?? '' }) : made.why === 'allFailed' ? t('made.fallback') : t('made.extract')}</span></div></> : null}
      {made?.by === 'none' ? <span className="ms-hint">{t('made.off')}</span> : <div><Button size="small" loading={busy} onClick={() => void make()}>{made ? t('made.again') : t('made.make')}</Button></div>}
    </div>
  )
}
