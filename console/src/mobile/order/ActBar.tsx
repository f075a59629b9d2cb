// Acts in reach of the thumb: the two that matter most, the rest behind 更多; what cannot be done says why.
import { Button, Sheet } from '@minsheng/portal/kit'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { actLabel, actPath, assignmentActs, calledActs } from '../acts/act-names.ts'
import { SignSheet } from '../acts/SignSheet.tsx'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'
import { moment } from '../time.ts'

type Assignment = OrderDetail['assignments'][number]
type Line = { key: string; label: string; unit: string; enabled: boolean; reason: string | undefined; hint: string | undefined; run: () => void; main: boolean; /** Done already: of what cannot be done it matters least. */ past: boolean }
const main = new Set(['sign', 'accept', 'feedback', 'decideReturn', 'decideFlow', 'reportIn', 'deliverJoint'])

export function ActBar({ order, live }: { order: OrderDetail; live: boolean }): ReactElement | null {
  const navigate = useNavigate()
  const [all, setAll] = useState(false)
  const [signing, setSigning] = useState<Assignment | null>(null)
  const acting = order.assignments.filter((one) => one.acts.length > 0 && one.round === order.round)
  const lines: Line[] = [
    ...order.requests.filter((one) => one.mayDecide && one.state === 'pending').map((one): Line => ({
      key: one.id, unit: one.unitName, label: one.flowInstanceId ? t('act.decideExtension') : t('act.decideReturn'), enabled: live, reason: live ? undefined : t('offlineAct'), hint: undefined, main: true, past: false,
      run: () => void navigate(one.flowInstanceId ? actPath(order.number, 'decideFlow', { flow: one.flowInstanceId }) : actPath(order.number, 'decideReturn', { request: one.id })),
    })),
    ...assignmentActs.flatMap((name) => acting.flatMap((assignment): Line[] => {
      const act = assignment.acts.find((one) => one.act === name)
      if (!act) return []
      const until = act.until ? t('return.window', { at: moment(act.until) }).split('，')[0] : undefined
      return [{
        key: `${assignment.id}${name}`, unit: assignment.unitName, label: actLabel(name, false), enabled: act.enabled && live, main: main.has(name), past: name === 'sign' && !act.enabled,
        reason: !live ? t('offlineAct') : act.enabled ? undefined : act.reason, hint: act.enabled ? until : undefined,
        run: () => (name === 'sign' ? setSigning(assignment) : void navigate(actPath(order.number, name, { assignment: assignment.id }))),
      }]
    })),
    ...calledActs.flatMap((name): Line[] => {
      const act = order.acts.find((one) => one.act === name)
      return act ? [{ key: name, unit: order.number, label: actLabel(name, false), enabled: act.enabled && live, main: main.has(name), past: false, reason: !live ? t('offlineAct') : act.enabled ? undefined : act.reason, hint: undefined, run: () => void navigate(actPath(order.number, name, {})) }] : []
    }),
  ].toSorted((a, b) => Number(b.enabled) - Number(a.enabled) || Number(a.past) - Number(b.past))
  if (lines.length === 0) return null
  const shown = lines.slice(0, 2)
  const several = acting.length > 1
  return (
    <div className="m-bar" role="toolbar" aria-label={t('allActs')}>
      {shown.map((one, i) => (
        <div key={one.key} className="m-bar-act">
          <Button block tone={one.main && i === 0 ? 'primary' : 'plain'} disabled={!one.enabled} aria-describedby={one.reason ? `${one.key}-why` : undefined} onClick={one.run}>{one.label}</Button>
          {one.reason ? <small id={`${one.key}-why`}>{one.reason}</small> : null}
        </div>
      ))}
      {lines.length > 2 ? <div className="m-bar-more"><Button block onClick={() => setAll(true)}>{t('more')}</Button></div> : null}
      <Sheet open={all} title={t('allActs')} onClose={() => setAll(false)}>
        <div className="k-stack" data-gap="small">
          {lines.map((one) => (
            <div key={one.key} className="m-bar-act">
              <Button block disabled={!one.enabled} onClick={() => { setAll(false); one.run() }}>{several ? `${one.label} · ${one.unit}` : one.label}</Button>
              {one.reason ?? one.hint ? <small>{one.reason ?? one.hint}</small> : null}
            </div>
          ))}
        </div>
      </Sheet>
      {signing ? <SignSheet assignment={signing} number={order.number} title={order.title} onClose={() => setSigning(null)} /> : null}
    </div>
  )
}
