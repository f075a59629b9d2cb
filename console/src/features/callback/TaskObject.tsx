// The middle of the callback desk: who is called about what, what the unit answered, and what came of earlier calls.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { duration, instant, moment, when } from '../../ui/time.ts'
import { RevealContact } from '../orders/acts/index.ts'
import { userLoader } from '../orders/pickers.ts'
import { Part } from '../../ui/DeskPart.tsx'
import type { Options } from './answers.ts'
import { outcomeTone, statedWords } from './ResultCard.tsx'
import { t } from './texts.zh-CN.ts'

export type Shown = OutputOf<'showCallback'>
type Props = { shown: Shown; options: Options; refresh: () => Promise<void>; onAttempt: () => void }

export function TaskObject(props: Props): ReactElement {
  const { shown, options, refresh } = props
  const { can } = useSession()
  const { task, order, history } = shown
  const [assigning, setAssigning] = useState(false)
  const claim = useCommand('claimCallback')
  const release = useCommand('releaseCallback')
  const dial = useCommand('dialCallback')
  const ring = async () => {
    await dial.mutateAsync({ id: task.id }).then(({ shown: number }) => say(t('act.dialled', { phone: number })), (error: unknown) => say(t('act.failed', { act: t('act.dial'), why: asProblem(error).message }), 'over'))
    await refresh()
  }
  const act = async (what: 'claim' | 'release') => {
    try {
      await (what === 'claim' ? claim : release).mutateAsync({ id: task.id })
      say(t(what === 'claim' ? 'act.claimed' : 'act.released'))
    } catch (error) {
      say(t('act.failed', { act: t(`act.${what}`), why: asProblem(error).message }), 'over')
    }
    await refresh()
  }
  const took = history.closedAt ? duration(instant(history.closedAt) - instant(history.registeredAt)) : null
  const course = [
    t('object.courseRegistered', { time: when(history.registeredAt) }), ...(history.dispatchedAt ? [t('object.courseDispatched', { time: when(history.dispatchedAt) })] : []), ...(history.closedAt ? [t('object.courseClosed', { time: when(history.closedAt) })] : []),
    ...(took ? [t('object.courseTook', { time: took })] : []), ...(history.returnCount ? [t('object.courseReturned', { n: history.returnCount })] : []), ...(history.urgeCount ? [t('object.courseUrged', { n: history.urgeCount })] : []), ...(history.supplementCount ? [t('object.courseSupplemented', { n: history.supplementCount })] : []),
  ]
  return (
    <>
      <header className="ms-desk-head">
        <div className="ms-row">
          <Link to={history.link} className="ms-code"><bdi>{order.number}</bdi></Link>
          <StateTag state={order.state} round={task.round} /><UrgencyTag urgency={task.urgency} /><Tag>{order.appealTypeName}</Tag>
          <span className="ms-grow" />
          <ActBar acts={shown.acts.filter((one) => one.enabled || one.act === 'dial')} main="claim" group={t('desk')} known={{ dial: { run: () => void ring() }, claim: { run: () => void act('claim') }, release: { run: () => void act('release') }, assign: { run: () => setAssigning(true) } }} />
        </div>
        <h2>{order.title}</h2>
        <div className="ms-row">
          <Tag tone={options.window.open ? 'ok' : 'near'} icon="clock">{t('object.window', options.window)}</Tag>
          <span className="ms-hint">{options.window.open ? t('object.windowOpen') : t('object.windowClosed', { from: options.window.from })}</span>
          {task.manner === 'person' ? null : <Tag tone="primary">{task.mannerName} · {task.stateName}</Tag>}
          {shown.strategy && shown.strategy.language !== 'zh' ? <Tag tone="near">{t('object.language', { language: shown.strategy.languageName })}</Tag> : null}
          {shown.strategy?.name ? <span className="ms-hint">{t('object.strategy', { name: shown.strategy.name, n: shown.strategy.attempts, h: shown.strategy.intervalHours })}</span> : null}
          {task.claimedUntil && task.mine ? <span className="ms-hint">{t('object.claimedUntil', { time: moment(task.claimedUntil) })}</span> : null}
        </div>
      </header>
      <div className="ms-desk-body" tabIndex={0}>
        {shown.siblings.length > 0 ? <div className="ms-note" data-tone="info">{t('object.siblings', { n: shown.siblings.length })} {shown.siblings.map((one) => <Link key={one.id} to={`/callbacks/${one.id}`} className="ms-row"><bdi className="ms-code">{one.number}</bdi>{one.title}</Link>)}</div> : null}
        <Facts columns={2} items={[
          { label: t('object.requester'), value: order.anonymous ? t('object.anonymous') : order.requesterName },
          { label: t('object.phone'), value: order.phoneMask ? <RevealContact orderId={order.id} field="phone" label={t('object.phone')} value={order.phoneMask} mayReveal={can('orders.reveal')} /> : t('object.noPhone') },
          { label: t('object.unit'), value: order.unitName },
          { label: t('object.matter'), value: order.matterName },
          { label: t('object.cause'), value: [task.causeName, order.callbackMannerName].filter(Boolean).join(' · ') },
          { label: t('object.place'), value: order.address },
        ]} />
        <Part title={t('object.content')}><p>{order.content}</p></Part>
        <Part title={t('object.reply')}>
          <div className="ms-desk-quote"><p>{order.reply ?? t('object.noReply')}</p>{order.replyBasis ? <span className="ms-hint">{t('object.basis')} {order.replyBasis}</span> : null}</div>
        </Part>
        <Part title={t('object.course')} extra={<Link to={history.link} style={{ fontWeight: 400 }}>{t('object.timeline')}</Link>}>
          <div className="ms-callback-course">{course.map((step) => <span key={step}>{step}</span>)}</div>
        </Part>
        <Part title={t('object.statements')}>
          {shown.unitStatementHidden ? <span className="ms-hint"><Icon name="lock" size={12} /> {t('object.hidden')}</span> : shown.unitStatements?.length ? shown.unitStatements.map((one) => (
            <span key={`${one.unitName}${one.at}`}>{one.unitName}：{t('short.contacted')} {statedWords(one.contacted)} · {t('short.solved')} {statedWords(one.solved)} · {t('short.satisfied')} {statedWords(one.satisfied)}</span>
          )) : <span className="ms-hint">–</span>}
        </Part>
        <details className="ms-callback-script" open><summary>{t('object.script')}</summary><ol>{(shown.terms?.script.length ? shown.terms.script : options.script).map((line) => <li key={line}>{line}</li>)}</ol></details>
        {shown.earlier.length ? (
          <Part title={t('object.earlier')}>
            {shown.earlier.map((one) => (
              <div key={one.id} className="ms-desk-entry">
                <span className="ms-row"><Tag tone={outcomeTone(one.outcome)}>{t('object.earlierLine', { round: one.round, outcome: one.outcomeName })}</Tag><span className="ms-hint"><Time iso={one.at} /> {one.actorName}</span></span>
                <span>{[...one.reasons, ...(one.opinion ? [one.opinion] : [])].join('；')}</span>
              </div>
            ))}
          </Part>
        ) : null}
      </div>
      <Attempts {...props} />
      <ActDrawer open={assigning} onClose={() => setAssigning(false)} title={t('act.assign')} sub={<><bdi className="ms-code">{order.number}</bdi> {order.title}</>} submitLabel={t('act.assign')} loaders={{ user: userLoader({ permission: 'callback.complete' }) }}
        schema={{ type: 'object', required: ['userId'], properties: { userId: { type: 'string', format: 'user', title: t('act.assignTo') } } }}
        submit={async (values) => {
          await call('assignCallback', { id: task.id, userId: typeof values.userId === 'string' ? values.userId : null }, { idempotencyKey: newKey() })
          say(t('act.assigned'))
          await refresh()
        }} />
    </>
  )
}

/** Calls that reached nobody: how many are left, and what follows. */
function Attempts({ shown, options, refresh, onAttempt }: Props): ReactElement | null {
  const { task } = shown
  const record = useCommand('recordCallbackAttempt')
  // a finished task keeps its record of calls and nothing more
  const act = task.finishedAt ? undefined : shown.acts.find((one) => one.act === 'attempt')
  const left = Math.max(0, task.maxAttempts - task.attempts)
  const [bare, setBare] = useState<{ result: Options['attemptResults'][number]['code']; why: string } | null>(null)
  const run = async (result: Options['attemptResults'][number]['code'], note?: string) => {
    try {
      const done = await record.mutateAsync({ id: task.id, result, ...(note ? { note } : {}) })
      setBare(null)
      say(done.retryAt ? t('object.retryAt', { consequence: done.consequence, time: when(done.retryAt) }) : done.consequence)
      await refresh()
      onAttempt()
    } catch (error) {
      // Nothing was dialled from here: he says how he tried.
      if (asProblem(error).code === 'callback.attemptEvidence') { setBare({ result, why: asProblem(error).message }); return }
      say(t('act.failed', { act: t('object.attemptBar'), why: asProblem(error).message }), 'over')
      await refresh()
    }
  }
  if (!act && shown.attempts.length === 0) return null
  return (
    <footer className="ms-callback-attempts">
      {shown.attempts.length ? <div className="ms-row">{shown.attempts.map((one) => <span key={one.id} className="ms-hint">{t('object.attempt', { n: one.number, result: one.resultName })} <Time iso={one.at} /> {one.actorName}</span>)}</div> : null}
      {act ? (
        <>
          <div className="ms-row" role="group" aria-label={t('object.attemptBar')}>
            <strong>{t('object.attemptBar')}</strong>
            {options.attemptResults.map((one) => <Button key={one.code} size="small" disabled={!act.enabled || record.isPending} onClick={() => void run(one.code)}>{one.name}</Button>)}
            <span className="ms-hint">{!act.enabled ? `${act.reason ?? ''}${act.until ? `（${moment(act.until)}）` : ''}` : left === 1 ? t('object.attemptsLast', { n: task.attempts, max: task.maxAttempts }) : t('object.attemptsLeft', { n: task.attempts, max: task.maxAttempts, left })}</span>
          </div>
          {bare ? <ActDrawer open onClose={() => setBare(null)} title={t('object.attemptNote')} sub={bare.why} submitLabel={t('object.attemptKeep')} schema={{ type: 'object', required: ['note'], properties: { note: { type: 'string', format: 'textarea', title: t('object.attemptHow'), maxLength: 200 } } }} submit={async (values) => run(bare.result, String(values.note))} onDone={() => setBare(null)} /> : null}
          {options.callsAvailable ? null : <span className="ms-hint">{t('object.noCalls')}</span>}
        </>
      ) : null}
    </footer>
  )
}
