// One seat: its call, its states, its last calls with recordings, and what a leader may do with it; every act with its reason.
import { Button, Space } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import { signOf } from './MonitorPage.tsx'
import type { Seat } from './MonitorPage.tsx'
import { RecordingPlayer } from './RecordingPlayer.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type CallAct = 'listen' | 'whisper' | 'bargeIn' | 'forceIn' | 'takeOver' | 'forceOut'
type SeatAct = 'forceBusy' | 'releaseForced' | 'forceSignOut'
type Asked = { of: 'call'; act: CallAct } | { of: 'seat'; act: SeatAct }
const needed: Record<CallAct, 'listen' | 'barge' | 'force'> = { listen: 'listen', whisper: 'listen', bargeIn: 'barge', forceIn: 'force', takeOver: 'force', forceOut: 'force' }

export function SeatPanel({ userId, acts, seats }: { userId: string; acts: { listen: boolean; barge: boolean; force: boolean }; seats: Seat[] }): ReactElement {
  const detail = useQueryOf('telephonySeat', { userId }, { keepPrevious: true })
  useTopic('telephony.agents', ['telephonySeat'])
  useTopic('telephony.live', ['telephonySeat'])
  const [asked, setAsked] = useState<Asked | null>(null)
  const send = useAct('telephonySeat', 'telephonyMonitor')
  return (
    <QueryView query={detail}>
      {({ seat, states, calls, interventions }) => {
        const call = seat.call
        const hears = asked?.of === 'call' ? t(`hears.${asked.act}`) : undefined
        return (
          <div className="ms-stack">
            <Facts columns={2} items={[
              { label: t('col.state'), value: `${signOf[seat.tone]} ${seat.stateName}${seat.reason ? ` · ${seat.reason}` : ''}` }, { label: t('extensionsTitle'), value: seat.extension ?? '–' }, { label: t('col.queue'), value: seat.queues.join('、') || '–' }, { label: t('skills'), value: seat.skills.join('、') || '–' },
              { label: t('taken'), value: seat.callsToday }, { label: t('col.talk'), value: stopwatch(seat.talkMsToday) }, { label: t('warnings'), value: seat.warnings.join('、') || '–' },
            ]} />
            {call ? (
              <Section title={t('currentCall')}>
                <div className="ms-row"><Tag tone="near">{call.stateName}</Tag><bdi>{call.phone ?? t('hiddenNumber')}</bdi><span className="ms-hint">{call.className}</span>{call.orders.map((order) => <a key={order.id} className="ms-link" href={`/orders/${order.number}`}>{order.number}</a>)}</div>
                <Space wrap>
                  {(Object.keys(needed) as CallAct[]).filter((act) => acts[needed[act]]).map((act) => <Button key={act} size="small" danger={act === 'forceOut'} title={t(`hears.${act}`)} onClick={() => setAsked({ of: 'call', act })}>{t(act)}</Button>)}
                  {acts.listen ? <Button size="small" onClick={() => void send('intervene', { id: call.id, kind: 'stopIntervention', reason: t('stop') }).then(() => say(t('done')), (error: Error) => say(error.message, 'over'))}>{t('stop')}</Button> : null}
                </Space>
              </Section>
            ) : null}
            {acts.force && seat.tone !== 'off' ? <Space wrap>{seat.state === 'forcedBusy' ? <Button size="small" onClick={() => setAsked({ of: 'seat', act: 'releaseForced' })}>{t('releaseForced')}</Button> : <Button size="small" onClick={() => setAsked({ of: 'seat', act: 'forceBusy' })}>{t('forceBusy')}</Button>}<Button size="small" danger onClick={() => setAsked({ of: 'seat', act: 'forceSignOut' })}>{t('forceSignOut')}</Button></Space> : null}
            <Section title={t('lastCalls')}>{calls.length === 0 ? <span className="ms-hint">{t('none')}</span> : calls.map((one) => <div key={one.id} className="ms-row"><Time iso={one.startedAt} /><span>{one.directionName}</span><bdi>{one.phone ?? '–'}</bdi><span className="ms-num">{one.talkMs === null ? '–' : stopwatch(one.talkMs)}</span><span className="ms-hint">{one.endCauseName}</span>{one.recordingId ? <RecordingPlayer recording={{ id: one.recordingId, state: 'stored', stateName: '', ms: one.talkMs, mayPlay: true, mayDownload: false }} /> : null}</div>)}</Section>
            <Section title={t('stateLog')}>{states.map((one) => <div key={`${one.at}${one.state}`} className="ms-row"><Time iso={one.at} /><span>{one.cause}</span><span className="ms-hint">{[one.reason, one.actorName].filter(Boolean).join(' · ')}</span></div>)}</Section>
            {interventions.length > 0 ? <Section title={t('interventions')}>{interventions.map((one) => <div key={`${one.at}${one.kindName}`} className="ms-row"><Time iso={one.at} /><Tag tone="near">{one.kindName}</Tag><span>{one.actorName}</span><span className="ms-hint">{one.reason}</span></div>)}</Section> : null}
            <ActDrawer open={asked !== null} onClose={() => setAsked(null)} title={asked ? t('interveneTitle', { act: t(asked.act), name: seat.name }) : ''} sub={hears} submitLabel={asked ? t(asked.act) : ''}
              schema={{ type: 'object', required: ['reason'], properties: {
                reason: { type: 'string', title: t('reason'), format: 'textarea', maxLength: 200 },
                ...(asked?.act === 'forceSignOut' ? { standbyId: { type: 'string', title: t('standby'), description: t('noStandby'), oneOf: seats.filter((s) => s.userId !== userId && s.tone === 'idle').map((s) => ({ const: s.userId, title: s.name })) }, lock: { type: 'boolean', title: t('lock') } } : {}),
              } }}
              submit={async (values) => {
                if (!asked) return
                if (asked.act === 'forceOut' && !(await confirm({ title: t('forceOutTitle', { name: seat.name }), text: t('forceOutText'), verb: t('forceOut'), danger: true }))) return
                if (asked.of === 'call') await send('intervene', { id: call?.id ?? '', kind: asked.act, reason: values.reason })
                else await send('manageSeat', { userId, kind: asked.act, reason: values.reason, ...(values.standbyId ? { standbyId: values.standbyId } : {}), lock: values.lock === true })
                say(t('done'))
              }} />
          </div>
        )
      }}
    </QueryView>
  )
}
