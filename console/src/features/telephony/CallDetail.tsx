// One call: who, how, when, its legs, its path, its recordings, what was handed over, and its log of operations.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call as request } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Masked } from '../../ui/Masked.tsx'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { clockTime, stopwatch } from '../../ui/time.ts'
import { RecordingPlayer } from './RecordingPlayer.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

const length = (ms: number | null): string => (ms === null ? '–' : stopwatch(ms))

export function CallDetail({ id }: { id: string }): ReactElement {
  const detail = useQueryOf('showCall', { id })
  const [linking, setLinking] = useState(false)
  const send = useAct('showCall', 'listCalls')
  return (
    <QueryView query={detail}>
      {(call) => (
        <div className="ms-stack">
          <Facts columns={2} items={[
            { label: t('col.phone'), value: call.mayReveal && call.phone ? <Masked value={call.phone} label={t('revealTitle')} reveal={(reason) => request('revealCallNumber', { id, reason })} /> : (call.phone ?? t('hiddenNumber')) },
            { label: t('col.direction'), value: call.directionName }, { label: t('startedAt'), value: <Time iso={call.startedAt} /> }, { label: t('col.called'), value: call.called ?? '–' }, { label: t('col.queue'), value: call.queueName ?? '–' }, { label: t('col.wait'), value: length(call.waitMs) },
            { label: t('col.class'), value: call.className ? `${call.className}${call.classReason ? `（${call.classReason}）` : ''}` : '–' }, { label: t('col.agent'), value: call.agentName ?? '–' }, { label: t('col.talk'), value: length(call.talkMs) }, { label: t('endCause'), value: call.endedAt ? `${call.endCauseName ?? ''}${call.hungUpBy ? ` · ${call.hungUpBy}` : ''}` : call.stateName },
            { label: t('col.rating'), value: call.rating ?? '–' }, { label: t('path'), value: call.path.map((step) => (step.key ? `${step.name} ${step.key}` : step.name)).join(' → ') || '–' },
          ]} />
          <div className="ms-row">{call.orders.map((order) => <a key={order.id} className="ms-link" href={`/orders/${order.number}`}>{order.number} {order.title}</a>)}<Button size="small" onClick={() => setLinking(true)}>{t('linkOrder')}</Button></div>
          {call.recordings.length > 0 ? <Section title={t('recordings')}>{call.recordings.map((recording) => <RecordingPlayer key={recording.id} recording={recording} />)}</Section> : null}
          {call.collected.length > 0 ? <Section title={t('collected')}><Facts columns={2} items={call.collected.map((one) => ({ label: one.key, value: one.value }))} /></Section> : null}
          {call.legs.length > 0 ? (
            <Section title={t('legs')} flush>
              <table className="ms-plain-table"><thead><tr><th scope="col">{t('party')}</th><th scope="col">{t('name')}</th><th scope="col">{t('answeredAt')}</th><th scope="col">{t('endedAt')}</th></tr></thead>
                <tbody>{call.legs.map((leg) => <tr key={leg.id}><td>{t(`party.${leg.party}` as 'party.agent')}</td><td>{leg.name || '–'}</td><td>{leg.answeredAt ? clockTime(leg.answeredAt) : '–'}</td><td>{leg.endedAt ? clockTime(leg.endedAt) : '–'}</td></tr>)}</tbody></table>
            </Section>
          ) : null}
          {call.quality.length > 0 ? <Section title={t('quality')}>{call.quality.map((one, index) => <div key={index} className="ms-row"><span>{one.agent ? (one.name ?? t('party.agent')) : t('party.caller')}</span><span className="ms-hint ms-num">{t('qualityIs', { loss: one.lossPercent, jitter: one.jitterMs, delay: one.delayMs })}</span></div>)}</Section> : null}
          {call.handovers.length > 0 ? <Section title={t('handovers')}>{call.handovers.map((one) => <div key={one.id} className="ms-row"><Time iso={one.at} /><span>{one.fromName} → {one.toName}</span><Tag tone={one.result === 'completed' ? 'ok' : one.result === 'failed' ? 'over' : 'plain'}>{t(`handover.${one.result}` as 'handover.begun')}</Tag><span className="ms-hint">{[one.reason, one.resultReason].filter(Boolean).join(' · ')}</span></div>)}</Section> : null}
          {call.interventions.length > 0 ? <Section title={t('interventions')}>{call.interventions.map((one) => <div key={one.id} className="ms-row"><Time iso={one.at} /><Tag tone="near">{one.kindName}</Tag><span>{one.actorName}</span><span className="ms-hint">{one.reason}</span></div>)}</Section> : null}
          <Section title={t('log')}><ul className="ms-call-log">{call.log.map((line, index) => <li key={`${line.at}${index}`}><bdi className="ms-num ms-hint">{clockTime(line.at)}</bdi><span>{line.text}</span></li>)}</ul></Section>
          <ActDrawer open={linking} onClose={() => setLinking(false)} title={t('linkOrder')} submitLabel={t('linkOrder')} schema={{ type: 'object', required: ['number'], properties: { number: { type: 'string', title: t('orderNumber'), maxLength: 40 } } }}
            submit={async (values) => {
              await send('linkCallOrder', { id, number: values.number })
              say(t('linked'))
            }} />
        </div>
      )}
    </QueryView>
  )
}
