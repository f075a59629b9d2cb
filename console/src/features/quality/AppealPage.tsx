// One appeal: its grounds, its chain, and the step that waits; steps that score fill in the sheet here.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { HitLine } from './Conversation.tsx'
import { bodyOf, chosen, fromDraft, pointsOf, type Filled, type Shown } from './filled-sheet.ts'
import { ScoreSheet } from './ScoreSheet.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/desk.css'
import './quality.css'

type Appeal = OutputOf<'showQualityAppeal'>

export default function AppealPage(): ReactElement {
  const { id = '' } = useParams()
  const appeal = useQueryOf('showQualityAppeal', { id })
  return <QueryView query={appeal}>{(data) => <Known key={`${data.id}${data.current?.node ?? ''}`} data={data} />}</QueryView>
}

function Known({ data }: { data: Appeal }): ReactElement {
  const shown = useQueryOf('showQualityTask', { id: data.task.id }, { enabled: data.mayDecide && data.current?.scores === true })
  return (
    <Page title={`${t('appeal')} ${data.task.label}`} state={<Tag tone={data.state === 'running' ? 'primary' : data.state === 'approved' ? 'ok' : 'calm'}>{data.stateName}</Tag>} sub={`${data.byName} · ${data.oldPoints} → ${data.newPoints ?? t('none')}`} acts={<Link to={`/quality/inspect/${data.task.id}`}>{t('openResult')}</Link>}>
      <Section title={t('reason')}><Facts items={[{ label: t('appealReason'), value: data.reason }, { label: t('excerpt'), value: data.excerpt.length === 0 ? t('none') : <>{data.excerpt.map((one) => <div key={one.sentenceId}><bdi className="ms-num">{stopwatch(one.atMs)}</bdi> “{one.text}”</div>)}</> }, { label: t('time'), value: <Time iso={data.at} /> }, { label: t('outcome'), value: data.outcome ?? '', hidden: !data.outcome }]} /></Section>
      <Section title={t('chain')}><ol className="ms-steps">{data.chain.map((one, index) => <li key={index} data-state={one.state}><span className="ms-row"><b>{one.name}</b><span className="ms-muted">{one.by ?? one.actor}</span>{one.at ? <Time iso={one.at} /> : null}{one.points === null ? null : <Tag tone="primary">{one.points}</Tag>}</span>{one.opinion ? <p className="ms-desk-text">{one.opinion}</p> : null}</li>)}</ol></Section>
      {data.barred ? <div className="ms-note" data-tone="near">{data.barred}</div> : null}
      {data.mayDecide && data.current ? (data.current.scores ? <QueryView query={shown}>{(task) => <Decision data={data} task={task} />}</QueryView> : <Decision data={data} task={null} />) : null}
    </Page>
  )
}

function Decision({ data, task }: { data: Appeal; task: Shown | null }): ReactElement {
  const send = useAct('showQualityAppeal', 'listQualityAppeals', 'showQualityTask', 'list', 'home', 'homeCounts')
  const [opinion, setOpinion] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asking, setAsking] = useState<string | null>(null)
  const [focus, setFocus] = useState<string | null>(null)
  const hits = task?.machine?.deductions ?? []
  // Begins with the contested score: what is not touched stays.
  const [filled, setFilled] = useState<Filled>(() => {
    const last = task?.scores.at(-1) ?? null
    return last ? fromDraft(last) : { scored: task?.machine?.scored ?? [], fatal: [], choices: Object.fromEntries(hits.map((one) => [one.id, { choice: 'accepted' as const, reason: '' }])), deductions: [], comment: '' }
  })
  const decide = (outcome: 'approve' | 'return') => void send('decideQualityAppeal', { id: data.id, outcome, opinion: opinion.trim(), sheet: task && outcome === 'approve' ? bodyOf(filled) : null }).then(() => say(t('decided')), (error: unknown) => setProblem(asProblem(error)))
  return (
    <Section title={`${t('yourTurn')}：${data.current?.name ?? ''}`}>
      <div className="ms-stack">
        {problem ? <ProblemLine problem={problem} /> : null}
        {task ? (
          <>
            <div className="ms-note" data-tone="info">{t('scoreAgain')} · {t('score')} <b>{pointsOf(task.sheet.definition, filled, hits)}</b></div>
            {hits.map((one) => <div key={one.id} className="ms-stack">{one.quote ? <span className="ms-hint">{one.atMs === null ? '' : stopwatch(one.atMs)} “{one.quote}”</span> : null}<HitLine hitOf={one} choices={filled.choices} hit={null} onHit={() => undefined} choose={(hit, choice) => setFilled(chosen(filled, hit, choice))} asking={asking} setAsking={setAsking} /></div>)}
            <ScoreSheet sheet={task.sheet.definition} filled={filled} hits={hits} onChange={setFilled} place={null} focus={focus} onFocus={setFocus} onJump={() => undefined} complain />
          </>
        ) : null}
        <Input.TextArea value={opinion} maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} placeholder={t('opinion')} aria-label={t('opinion')} onChange={(event) => setOpinion(event.target.value)} />
        <div className="ms-row"><Button type="primary" disabled={opinion.trim() === ''} onClick={() => decide('approve')}>{t('agree2')}</Button><Button disabled={opinion.trim() === ''} onClick={() => decide('return')}>{t('return')}</Button></div>
      </div>
    </Section>
  )
}
