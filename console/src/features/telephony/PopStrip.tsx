// The pop-up: a strip under the bar, never a modal. It tells who calls while it rings, and opens the form that belongs to the call (TEL-29).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import { newDraftId } from '../desk/call-form.ts'
import type { Phone } from './phone-state.ts'
import { shown } from './shown.ts'
import { t } from './texts.zh-CN.ts'

const listTone = { red: 'over', white: 'ok', black: 'calm' } as const
const opened = new Set<string>()
const ASK_AGAIN_MS = 200

export function PopStrip({ callId, ringing }: { callId: string; ringing: Phone['ringing'] }): ReactElement | null {
  // The desk hears of a call before the server has stored it: asked again until it is there.
  const [known, setKnown] = useState<string | null>(null)
  const pop = useQueryOf('callPop', { id: callId }, { enabled: /^[0-9a-f-]{36}$/.test(callId), staleTime: 30_000, refetchEvery: known === callId ? undefined : ASK_AGAIN_MS })
  const navigate = useNavigate()
  const at = useNow(1)
  const data = pop.data
  const open = async (person?: { id: string }) => {
    const draft = await call('bindCallDraft', { id: callId, draftId: data?.draftId ?? newDraftId() }).catch(() => null)
    if (draft) void navigate(`/desk/call?draft=${draft.draftId}${data?.draftId ? '' : '&fresh=1'}${data?.number ? `&phone=${encodeURIComponent(data.number)}` : ''}${person ? `&person=${person.id}` : ''}${data?.line ? `&line=${encodeURIComponent(data.line)}` : ''}`)
  }
  useEffect(() => {
    if (data || pop.error?.status === 403) setKnown(callId)
  }, [data, pop.error, callId])
  useEffect(() => {
    // Each call opens its form once; what was half filled is already kept as a card.
    if (!data || opened.has(callId)) return
    opened.add(callId)
    void open()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for a call
  }, [data, callId])
  useTopic('telephony.agent', ['callPop'])
  // What the exchange told the desk is shown at once; who that is follows from the server.
  if (!data) return ringing ? <div className="ms-pop" role="status" aria-label={t('pop')}><strong><bdi>{shown(ringing.call.from)}</bdi></strong><span className="ms-hint">{t('lookingUp')}</span></div> : null
  const [first] = data.people
  return (
    <div className="ms-pop" role="status" aria-label={t('pop')}>
      <strong><bdi>{data.phone ?? t('hiddenNumber')}</bdi></strong>
      <span className="ms-hint">{[data.carrier, data.area].filter(Boolean).join('·') || t('unknownCarrier')}</span>
      {data.people.length === 0 ? <Tag tone="primary">{data.firstTime ? t('firstTime') : t('pop')}</Tag> : null}
      {data.people.length > 1 ? <span className="ms-hint">{t('several', { n: data.people.length })}</span> : null}
      <span className="ms-pop-people">{data.people.slice(0, 4).map((person) => <Button key={person.id} size="small" type={person === first ? 'default' : 'text'} onClick={() => void open(person)}>{person.name || '–'} {person.labels.slice(0, 2).join(' ')}</Button>)}</span>
      {data.listName ? <Tag tone={listTone[data.listKind as 'red'] ?? 'plain'}>{data.listName}：{data.listPrompt}</Tag> : null}
      {data.className && data.class !== 'ordinary' ? <Tag tone={data.class === 'emergency' ? 'over' : 'near'}>{t('classIs', { name: data.className })}{data.classReason ? ` · ${data.classReason}` : ''}</Tag> : null}
      {data.path.length > 0 ? <span className="ms-hint">{t('path')} {data.path.flatMap((step) => (step.key ? [step.key] : [])).join('-') || data.path.at(-1)?.name}</span> : null}
      {data.waitMs !== null ? <span className="ms-hint">{t('waited', { time: stopwatch(data.waitMs) })}</span> : null}
      {data.openOrders > 0 ? <Tag tone="near">{t('openOrders', { n: data.openOrders })}</Tag> : null}
      {data.totalOrders > 0 ? <span className="ms-hint">{t('earlierOrders', { n: `${data.totalOrders}${data.totalCapped ? '+' : ''}` })}</span> : null}
      {data.calls.length > 0 ? <span className="ms-hint">{t('earlierCalls', { n: data.calls.length })}</span> : null}
      {data.lastAgentName ? <span className="ms-hint">{t('lastAgent', { name: data.lastAgentName })}</span> : null}
      {data.handover ? <Tag tone="primary">{t('transferredBy', { name: data.handover.fromName })}{data.handover.reason ? `：${data.handover.reason}` : ''}</Tag> : null}
      {data.collected.map((one) => <span key={one.key} className="ms-hint">{one.key} {one.value}</span>)}
      <span className="ms-grow" />
      {ringing?.answerBy ? <span className="ms-hint">{t('answerIn', { n: Math.max(0, Math.ceil((ringing.answerBy - at) / 1000)) })}</span> : null}
      {data.orders.slice(0, 1).map((order) => <a key={order.id} className="ms-link" href={`/orders/${order.number}`}>{order.title} · {order.stateName}</a>)}
    </div>
  )
}
