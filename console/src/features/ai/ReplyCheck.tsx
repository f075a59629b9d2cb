// A second look at a reply while it is written: what it may leave out, mistake or hand to the wrong unit. Never in the way of sending it.
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Icon } from '../../ui/icons.tsx'
import { t } from './texts.zh-CN.ts'

const PAUSE = 900
const LEAST = 10

export function ReplyCheck({ orderId, reply }: { orderId: string; reply: string }): ReactElement | null {
  const { can } = useSession()
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(reply.trim()), PAUSE)
    return () => clearTimeout(timer)
  }, [reply])
  const found = useQueryOf('checkOrderReply', { id: orderId, reply: asked.slice(0, 5000) }, { enabled: can('ai.use') && asked.length >= LEAST, staleTime: 60_000, keepPrevious: true })
  if (!found.data?.available || asked.length < LEAST) return null
  const { findings } = found.data
  return (
    <section className="ms-field" role="status">
      <span className="ms-field-label">{t('reply.title')}</span>
      {findings.length === 0 ? <span className="ms-hint"><Icon name="check" size={14} /> {t('reply.none')}</span> : (
        <ul className="ms-plain-list">
          {findings.map((one) => <li key={`${one.fault} ${one.text}`}><Icon name="warning" size={14} /> {t(`reply.${one.fault}`, { text: one.text, instead: one.instead ?? '' })}</li>)}
        </ul>
      )}
    </section>
  )
}
