// 质检台: sound, text and order at the left, the sheet at the right (ux.md §3.9). The inspected person sees the same page without acts but appeal.
import { Button, Input, Segmented, Tabs } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { useKeys } from '../../ui/keys.ts'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { clockTime, nowIso, stopwatch, when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { Player } from '../telephony/Player.tsx'
import '../telephony/telephony.css'
import '../../ui/desk.css'
import { stateTone } from './columns.tsx'
import { Conversation, HitLine } from './Conversation.tsx'
import { bodyOf, chosen, fromDraft, missing, pointsOf, restFull, type Filled, type Shown } from './filled-sheet.ts'
import { Course } from './Course.tsx'
import { JointPart, OpenJoint } from './Joint.tsx'
import { j } from './joint.zh-CN.ts'
import { ScoreSheet } from './ScoreSheet.tsx'
import { t } from './texts.zh-CN.ts'
import './quality.css'

export default function InspectPage(): ReactElement {
  const { id = '' } = useParams()
  const shown = useQueryOf('showQualityTask', { id })
  return <QueryView query={shown}>{(data) => <Desk key={`${data.task.id}:${data.task.state}:${data.task.inspectorId ?? ''}`} data={data} />}</QueryView>
}

const stale = ['showQualityTask', 'listQualityTasks', 'qualityTaskCounts', 'myQualityScores', 'listQualityAppeals', 'home', 'homeCounts', 'list']

function Desk({ data }: { data: Shown }): ReactElement {
  const { task, object } = data
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const send = useAct(...stale)
  const may = (act: string) => data.acts.find((one) => one.act === act && one.enabled)
  const working = may('submit') !== undefined
  const hits = useMemo(() => data.machine?.deductions ?? [], [data.machine])
  const [filled, setFilled] = useState<Filled>(() => fromDraft(data.draft))
  const [problem, setProblem] = useState<Problem | null>(null)
  const [complain, setComplain] = useState(false)
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [focus, setFocus] = useState<string | null>(null)
  const [asking, setAsking] = useState<string | null>(null)
  const [hit, setHit] = useState<string | null>(hits[0]?.id ?? null)
  const [sentence, setSentence] = useState<string | null>(null)
  const [drawer, setDrawer] = useState<'appeal' | 'correct' | 'case' | 'joint' | null>(null)
  // The inspected person hears the result, not the talk about it.
  const jointly = useSession().can('quality.read') && !data.acts.some((one) => one.act === 'appeal')
  const sound = useSound(object)
  const dirty = useRef(false)
  const change = (next: Filled) => { dirty.current = true; setFilled(next); setProblem(null) }
  const save = async () => {
    if (!working || !dirty.current) return
    dirty.current = false
    await send('saveQualityScore', { id: task.id, ...bodyOf(filled) }).then(() => setSavedAt(nowIso()), (error: unknown) => { dirty.current = true; setProblem(asProblem(error)) })
  }
  const others = useQueryOf('listQualityTasks', { box: search.get('box') === 'pool' ? 'pool' : 'mine', limit: 20 }, { enabled: working })
  const next = others.data?.items.find((one) => one.id !== task.id)
  const goOn = () => void navigate(next ? `/quality/inspect/${next.id}?box=${search.get('box') ?? 'mine'}` : '/quality/tasks')
  const submit = async (go: boolean) => {
    setComplain(true)
    const lacking = missing(filled, data.sheet.definition)[0]
    if (lacking) document.querySelector(`[data-item="${lacking.code}"]`)?.scrollIntoView({ block: 'center' })
    await send('submitQualityScore', { id: task.id, ...bodyOf(filled) }).then((done) => { say(t('submitted', { text: done.consequence })); if (go) goOn() }, (error: unknown) => setProblem(asProblem(error)))
  }
  const act = (op: 'claimQualityTask' | 'releaseQualityTask') => void send(op, { id: task.id }).catch((error: unknown) => setProblem(asProblem(error)))
  const swap = () => void send('swapQualitySpeakers', { id: task.id }).then(() => say(t('swapped')), (error: unknown) => setProblem(asProblem(error)))
  const current = sentence ?? object.sentences.findLast((one) => one.startMs <= sound.at)?.id ?? null
  const pick = (one: Shown['object']['sentences'][number]) => { setSentence(one.id); sound.go(one.startMs) }
  const step = (by: number) => { const at = object.sentences.findIndex((one) => one.id === current); const to = object.sentences[Math.max(0, Math.min(object.sentences.length - 1, at + by))]; if (to) pick(to) }
  const hitOf = (id: string | null) => hits.find((one) => one.id === id)
  const moveHit = () => { const to = hits[(hits.findIndex((one) => one.id === hit) + 1) % Math.max(1, hits.length)]; if (to) { setHit(to.id); if (to.atMs !== null) { setSentence(to.sentenceId); sound.go(to.atMs) } } }
  useKeys(t('desk'), [
    { keys: 'Space', label: t('play'), run: sound.toggle }, { keys: 'ArrowLeft', label: t('back5'), run: () => { setSentence(null); sound.go(sound.at - 5000) } }, { keys: 'ArrowRight', label: t('on5'), run: () => { setSentence(null); sound.go(sound.at + 5000) } },
    { keys: 'Shift ArrowLeft', label: t('prevSentence'), run: () => step(-1) }, { keys: 'Shift ArrowRight', label: t('nextSentence'), run: () => step(1) }, { keys: '=', label: t('faster'), run: () => sound.speed(0.25) }, { keys: '-', label: t('slower'), run: () => sound.speed(-0.25) },
    { keys: 'n', label: t('nextHit'), run: moveHit }, { keys: 'a', label: t('accept'), enabled: working, run: () => { const one = hitOf(hit); if (one) { change(chosen(filled, one, { choice: 'accepted', reason: '' })); moveHit() } } }, { keys: 'r', label: t('reject'), enabled: working, run: () => setAsking(hit) },
    { keys: 'm', label: t('markHere'), enabled: working, run: () => setFocus(data.sheet.definition.groups[0]?.items[0]?.code ?? null) }, { keys: 'f', label: t('rest'), enabled: working, run: () => change(restFull(filled, data.sheet.definition)) },
    { keys: 'Ctrl s', label: t('save'), enabled: working, run: () => void save() }, { keys: 'Ctrl Enter', label: t('submit'), enabled: working, run: () => void submit(false) }, { keys: 'Ctrl Shift Enter', label: t('submitNext'), enabled: working, run: () => void submit(true) }, { keys: 's', label: t('skip'), enabled: working, run: goOn },
  ])
  useEffect(() => {
    if (!working) return
    const timer = setInterval(() => void save(), 15_000)
    return () => clearInterval(timer)
  })
  const place = object.sentences.find((one) => one.id === current)
  const done = data.scores.at(-1)
  const seen: Filled = working || !done ? filled : fromDraft(done)
  const seenHits = working ? hits : (done?.deductions.filter((one) => one.origin === 'machine') ?? (data.machine?.deductions ?? []))
  const seenChoices = working ? filled.choices : (done?.choices ?? {})
  // What counts without a person is the machine's sheet as it is.
  const shownSheet: Filled = working ? filled : { ...seen, scored: done?.scored ?? data.machine?.scored ?? [], fatal: done?.fatal ?? data.machine?.fatal ?? [], choices: Object.fromEntries(seenHits.map((one) => [one.id, { choice: 'accepted' as const, reason: '' }])) }
  const points = working ? pointsOf(data.sheet.definition, filled, hits) : task.points
  const loose = hits.filter((one) => one.sentenceId === null || !object.sentences.some((s) => s.id === one.sentenceId))
  const tools = { choices: seenChoices, hit, onHit: setHit, choose: working ? (one: (typeof hits)[number], choice: Parameters<typeof chosen>[2]) => change(chosen(filled, one, choice)) : null, asking, setAsking }
  return (
    <Page fill title={task.label} stateText={task.stateName} state={<><Tag tone={stateTone(task.state)}>{task.stateName}</Tag>{task.highRisk ? <Tag tone="over">{t('highRisk')}</Tag> : null}{task.abnormal ? <Tag tone="near">{t('abnormal')}</Tag> : null}</>} sub={[task.agentName, task.kindName, when(task.objectAt), task.planName, task.reasonName].filter(Boolean).join(' · ')}
      acts={<>{may('claim') ? <Button type="primary" onClick={() => act('claimQualityTask')}>{t('claim')}</Button> : null}{may('release') ? <Button onClick={() => act('releaseQualityTask')}>{t('release')}</Button> : null}{may('correct') ? <><Button onClick={() => setDrawer('case')}>{t('propose')}</Button><Button onClick={() => setDrawer('correct')}>{t('correct')}</Button></> : null}{may('joint') ? <Button onClick={() => setDrawer('joint')}>{j('joint')}</Button> : null}{may('appeal') ? <Button type="primary" onClick={() => setDrawer('appeal')}>{t('appealAct')}</Button> : null}</>}
      bar={problem ? <ProblemLine problem={problem} /> : data.acts.find((one) => one.act === 'appeal' && one.enabled)?.until ? <span className="ms-hint">{t('until', { time: when(data.acts.find((one) => one.act === 'appeal')?.until) })}</span> : null}>
      <div className="ms-desk ms-quality">
        <section aria-label={t('transcript')} data-region>
          {task.kind === 'call' ? <div className="ms-quality-player" ref={sound.box}>{sound.bar}{hits.length > 0 ? <Marks hits={hits} length={object.lengthMs} onHit={(one) => { setHit(one.id); setSentence(one.sentenceId); if (one.atMs !== null) sound.go(one.atMs) }} /> : null}</div> : null}
          <div className="ms-desk-scroll">
            {loose.length > 0 ? <div className="ms-desk-pad ms-stack">{loose.map((one) => <HitLine key={one.id} hitOf={one} {...tools} />)}</div> : null}
            {object.sentences.length > 0 ? <>{may('swap') ? <div className="ms-desk-pad ms-row"><span className="ms-hint">{t('swapHint')}</span><Button size="small" onClick={swap}>{t('swap')}</Button></div> : null}<Conversation sentences={object.sentences} hits={hits} current={current} onPick={pick} {...tools} /></> : task.kind === 'order' ? null : object.withheld ? <Empty kind="scope" text={t('withheld')} /> : <Empty kind="pending" text={t('noTranscript')} />}
            <OrderPart order={object.order} />
          </div>
        </section>
        <section aria-label={t('sheet')} data-region>
          <div className="ms-desk-scroll">
            <Tabs size="small" tabBarStyle={{ margin: 0, paddingInline: 16 }} items={[
              { key: 'sheet', label: `${data.sheet.name} ${t('version', { n: data.sheet.number })}`, children: <>
                {data.machine === null && task.mode === 'parallel' ? <div className="ms-desk-note">{t('hiddenMachine')}</div> : null}
                <ScoreSheet sheet={data.sheet.definition} filled={shownSheet} hits={working ? hits : seenHits} onChange={working ? change : null} place={place ? { sentenceId: place.id, speaker: place.speaker, atMs: place.startMs, quote: place.text.slice(0, 200) } : null} focus={focus} onFocus={setFocus} onJump={sound.go} complain={complain} />
                <div className="ms-desk-pad">{working ? <Input.TextArea value={filled.comment} maxLength={1000} autoSize={{ minRows: 2, maxRows: 5 }} placeholder={t('comment')} aria-label={t('comment')} onChange={(event) => change({ ...filled, comment: event.target.value })} /> : done?.comment ? <p className="ms-desk-text">{t('comment')}：{done.comment}</p> : null}</div>
              </> },
              { key: 'course', label: t('history'), children: <Course data={data} /> },
              ...(jointly ? [{ key: 'joint', label: j('joint'), children: <JointPart taskId={task.id} fullScore={data.sheet.definition.fullScore} /> }] : []),
            ]} />
          </div>
          <div className="ms-quality-foot">
            <span className="ms-quality-total ms-num">{points ?? t('none')}</span><span className="ms-muted">{data.machine ? t('machinePoints', { n: data.machine.points }) : ''}{working ? ` · ${t('unfinished')}` : ''}</span><span className="ms-grow" />
            {savedAt ? <span className="ms-hint">{t('saved', { time: clockTime(savedAt) })}</span> : null}
            {working ? <><Button onClick={() => change(restFull(filled, data.sheet.definition))}>{t('rest')} f</Button><Button onClick={() => void save()}>{t('save')}</Button><Button onClick={() => void submit(true)}>{t('submitNext')}</Button><Button type="primary" onClick={() => void submit(false)}>{t('submit')} Ctrl ↵</Button></> : <Link to="/quality/tasks">{t('tasks')}</Link>}
          </div>
        </section>
      </div>
      {drawer === 'appeal' ? <AppealDrawer data={data} send={send} onClose={() => setDrawer(null)} onDone={(appealId) => void navigate(`/quality/appeals/${appealId}`)} /> : null}
      {drawer === 'correct' ? <ActDrawer open onClose={() => setDrawer(null)} title={t('correct')} sub={task.label} submitLabel={t('correct')} schema={{ type: 'object', required: ['points', 'reason'], properties: { points: { type: 'integer', title: t('correctPoints'), minimum: 0, maximum: data.sheet.definition.fullScore }, reason: { type: 'string', format: 'textarea', title: t('correctReason'), maxLength: 300 } } }} initial={{ points: task.points ?? 0 }} submit={async (values) => { await send('correctQualityScore', { id: task.id, ...values, version: task.version }); say(t('corrected')) }} onDone={() => setDrawer(null)} /> : null}
      {drawer === 'joint' ? <OpenJoint task={task} fullScore={data.sheet.definition.fullScore} onClose={() => setDrawer(null)} onDone={() => setDrawer(null)} /> : null}
      {drawer === 'case' ? <ActDrawer open onClose={() => setDrawer(null)} title={t('propose')} sub={task.label} submitLabel={t('propose')} schema={{ type: 'object', required: ['kind', 'title'], properties: { kind: { type: 'string', title: t('caseKind'), oneOf: [{ const: 'classic', title: t('classic') }, { const: 'warning', title: t('warning') }] }, title: { type: 'string', title: t('caseTitle'), maxLength: 120 }, note: { type: 'string', format: 'textarea', title: t('caseNote'), maxLength: 500 } } }} initial={{ kind: task.passed ? 'classic' : 'warning' }} submit={async (values) => { await send('proposeQualityCase', { id: task.id, ...values }); say(t('proposed')) }} onDone={() => setDrawer(null)} /> : null}
    </Page>
  )
}

/** Sound of the call on the call's own time line, whichever of its segments is open. */
function useSound(object: Shown['object']) {
  const stored = object.recordings.filter((one) => one.state === 'stored')
  const [part, setPart] = useState(0)
  const [at, setAt] = useState(0)
  const [jump, setJump] = useState<{ ms: number } | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const recording = stored[part]
  const detail = useQueryOf('showRecording', { id: recording?.id ?? '' }, { enabled: recording !== undefined })
  const audio = (): HTMLAudioElement | null => box.current?.querySelector('audio') ?? null
  const go = (ms: number) => {
    const to = Math.max(0, ms)
    const index = stored.findLastIndex((one) => one.offsetMs <= to)
    if (index >= 0 && index !== part) setPart(index)
    setAt(to)
    setJump({ ms: to - (stored[Math.max(0, index)]?.offsetMs ?? 0) })
  }
  const bar = recording ? (
    <>
      {stored.length > 1 ? <Segmented size="small" value={part} options={stored.map((one, index) => ({ value: index, label: `${index + 1} · ${stopwatch(one.ms ?? 0)}` }))} onChange={setPart} /> : null}
      <Player key={recording.id} src={`/api/telephony/recordings/${recording.id}/content`} ms={recording.ms} peaks={detail.data?.peaks} jump={jump} onAt={(ms) => setAt(ms + recording.offsetMs)} />
    </>
  ) : <span className="ms-hint">{t('noRecording')}</span>
  return { at, go, box, bar, toggle: () => { const one = audio(); if (one?.paused) void one.play(); else one?.pause() }, speed: (by: number) => { const one = audio(); if (one) one.playbackRate = Math.max(0.5, Math.min(2, one.playbackRate + by)) } }
}

function Marks({ hits, length, onHit }: { hits: Shown['scores'][number]['deductions']; length: number | null; onHit: (hit: Shown['scores'][number]['deductions'][number]) => void }): ReactElement | null {
  if (!length) return null
  return <div className="ms-quality-marks">{hits.filter((one) => one.atMs !== null).map((one) => <button key={one.id} type="button" data-severity={one.severity} style={{ insetInlineStart: `${Math.min(100, ((one.atMs ?? 0) / length) * 100)}%` }} title={`${stopwatch(one.atMs ?? 0)} ${one.ruleName}`} aria-label={`${stopwatch(one.atMs ?? 0)} ${one.ruleName}`} onClick={() => onHit(one)}>{one.severity === 'light' ? '▲' : '◆'}</button>)}</div>
}

function OrderPart({ order }: { order: Shown['object']['order'] }): ReactElement | null {
  if (!order) return null
  return (
    <div className="ms-desk-body">
      <section className="ms-desk-part"><h3>{t('order')} <Link to={`/orders/${order.number}`}><bdi className="ms-code">{order.number}</bdi></Link> {order.title}</h3>
        <Facts columns={2} items={[{ label: t('appealType'), value: order.appealTypeName }, { label: t('state'), value: order.stateName }, { label: t('requester'), value: [order.requesterName, order.phoneMask].filter(Boolean).join(' ') }, { label: t('place'), value: [order.areaName, order.address].filter(Boolean).join(' ') }, { label: t('unit'), value: order.unitName ?? t('none') }, { label: t('registered'), value: <Time iso={order.registeredAt} /> }]} />
        <p>{order.content}</p>
      </section>
      {order.reply ? <section className="ms-desk-part"><h3>{t('reply')}</h3><p>{order.reply}</p>{order.replyBasis ? <p className="ms-hint">{t('basis')}：{order.replyBasis}</p> : null}</section> : null}
    </div>
  )
}

function AppealDrawer({ data, send, onClose, onDone }: { data: Shown; send: ReturnType<typeof useAct>; onClose: () => void; onDone: (id: string) => void }): ReactElement {
  const lines = data.object.sentences.filter((one) => [...data.scores.flatMap((s) => s.deductions), ...(data.machine?.deductions ?? [])].some((d) => d.sentenceId === one.id))
  return (
    <ActDrawer open onClose={onClose} title={t('appealAct')} sub={data.task.label} submitLabel={t('appealAct')} draftKey={`quality-appeal:${data.task.id}`}
      schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('appealReason'), maxLength: 1000 }, ...(lines.length > 0 ? { excerpt: { type: 'array' as const, title: t('excerpt'), description: t('excerptHint'), items: { type: 'string' as const, oneOf: lines.map((one) => ({ const: one.id, title: `${stopwatch(one.startMs)} ${one.text.slice(0, 60)}` })) } } } : {}) } }}
      submit={async (values) => { const ids = Array.isArray(values.excerpt) ? values.excerpt : []; const made = await send('appealQualityTask', { id: data.task.id, reason: values.reason, excerpt: lines.filter((one) => ids.includes(one.id)).map((one) => ({ sentenceId: one.id, atMs: one.startMs, text: one.text.slice(0, 300) })) }); say(t('appealSent')); onDone(made.id) }} />
  )
}
