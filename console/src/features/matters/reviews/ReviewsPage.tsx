// Changes that wait for another person: list, difference, decision; after a decision the next one opens at once.
import { Button, Checkbox, Input, Segmented } from 'antd'
import type { InputRef } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useTopic } from '../../../api/realtime.ts'
import { useSession } from '../../../app/session.tsx'
import { Empty, ProblemLine, QueryView } from '../../../ui/Empty.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { cappedCount } from '../../../ui/numbers.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { useDraft } from '../../../ui/use-draft.ts'
import { useAct } from '../../../ui/use-act.ts'
import { Difference } from '../parts/Difference.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { standardQueries } from '../parts/use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'
import '../parts/matters.css'

type Change = OutputOf<'listMatterChanges'>['items'][number]
const tones = { create: 'ok', modify: 'primary', offline: 'near', online: 'ok', void: 'over', delete: 'over' } as const
const states = { pending: shared('pendingReview'), scheduled: shared('scheduled'), approved: shared('approve'), returned: shared('return'), recalled: shared('act_recall') }

export default function ReviewsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const log = search.get('state') === 'all'
  const changes = useQueryOf('listMatterChanges', { ...(log ? {} : { state: 'pending,scheduled' }), limit: 200 })
  useTopic('matters.changes', ['listMatterChanges', 'getMatterChange'])
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const send = useAct(...standardQueries)
  const items = changes.data?.items ?? []
  const chosen = search.get('change') ?? items[0]?.id ?? null
  const open = (id: string | null) => setSearch((before) => { const next = new URLSearchParams(before); if (id) next.set('change', id); else next.delete('change'); return next }, { replace: true })
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, items.findIndex((one) => one.id === chosen) + by))]
    if (next) open(next.id)
  }
  const after = (id: string) => {
    const at = items.findIndex((one) => one.id === id)
    open((items[at + 1] ?? items[at - 1])?.id ?? null)
    setPicked((before) => new Set([...before].filter((one) => one !== id)))
  }
  const mayPick = items.filter((one) => one.mayDecide)
  const toggle = (id: string) => setPicked((before) => { const next = new Set(before); if (!next.delete(id)) next.add(id); return next })
  const batch = async () => {
    try {
      const { results } = await send('decideMatterChanges', { ids: [...picked], outcome: 'approve' })
      const bad = results.filter((one) => !one.ok)
      say(t('batchDone', { ok: results.length - bad.length, bad: bad.length }) + (bad[0]?.message ? `：${bad[0].message}` : ''), bad.length ? 'over' : 'ok')
      setPicked(new Set(bad.map((one) => one.id)))
      open(null)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  useKeys(t('title'), [
    { keys: 'j', label: '下一件', run: () => move(1) }, { keys: 'k', label: '上一件', run: () => move(-1) }, { keys: 's', label: '跳过', run: () => move(1) },
    { keys: 'x', label: '选择', run: () => { if (chosen && mayPick.some((one) => one.id === chosen)) toggle(chosen) } },
  ])
  return (
    <Page fill title={t('title')} help="reviews" state={<><Segmented size="small" value={log ? 'all' : 'pending'} options={[{ value: 'pending', label: t('pending') }, { value: 'all', label: t('log') }]} onChange={(next) => setSearch(next === 'all' ? { state: 'all' } : {})} /><span className="ms-muted">{changes.data ? t('count', { n: cappedCount(changes.data.count) }) : ''}</span></>}>
      <div className="ms-split" data-wide>
        <div className="ms-split-list">
          {can('matters.review') && mayPick.length > 1 ? (
            <div className="ms-list-tools">
              <Checkbox checked={picked.size === mayPick.length} indeterminate={picked.size > 0 && picked.size < mayPick.length} onChange={(e) => setPicked(e.target.checked ? new Set(mayPick.map((one) => one.id)) : new Set())}>{picked.size ? t('selected', { n: picked.size }) : t('selectAll')}</Checkbox>
              <span className="ms-grow" />
              {picked.size ? <Button size="small" onClick={() => void batch()}>{t('batchApprove')}</Button> : null}
            </div>
          ) : null}
          <QueryView query={changes}>
            {(data) => (data.items.length === 0 ? <Empty kind="done" text={log ? t('noneLog') : t('none')} /> : (
              <div className="ms-picklist">{data.items.map((one) => (
                <div key={one.id} className="ms-row" style={{ flexWrap: 'nowrap', gap: 0 }}>
                  {one.mayDecide ? <Checkbox aria-label={one.title} checked={picked.has(one.id)} onChange={() => toggle(one.id)} style={{ paddingInlineStart: 8 }} /> : null}
                  <button type="button" aria-current={one.id === chosen} onClick={() => open(one.id)} style={{ flexDirection: 'column', alignItems: 'stretch', gap: 2, minInlineSize: 0 }}>
                    <span className="ms-row" style={{ gap: 6, flexWrap: 'nowrap' }}><Tag tone={tones[one.kind]}>{one.operation}</Tag><span className="ms-ellipsis">{one.title}</span></span>
                    <span className="ms-hint ms-ellipsis">{one.kindName} · {one.submittedByName} {when(one.submittedAt)}{log || one.state === 'scheduled' ? ` · ${states[one.state]}` : ''}</span>
                  </button>
                </div>
              ))}</div>
            ))}
          </QueryView>
        </div>
        <div className="ms-split-main">{chosen ? <ChangeView key={chosen} id={chosen} onDecided={() => after(chosen)} /> : changes.data && items.length ? <section className="ms-section"><Empty kind="done" text={t('choose')} /></section> : null}</div>
      </div>
    </Page>
  )
}

const stepName = (state: string): string => (state === 'approved' ? shared('step_approved') : state === 'returned' ? shared('step_returned') : state === 'current' ? shared('step_current') : state === 'waiting' ? shared('step_waiting') : shared('step_other'))

function pathOf(change: Change): string {
  if (change.objectKind === 'directory') return `/matters?directoryId=${change.objectId}`
  if (change.objectKind === 'matter') return `/matters?q=${encodeURIComponent(change.title)}`
  if (change.objectKind === 'dutyEntry') return '/matters/duties'
  if (change.objectKind === 'appealType') return '/matters/types'
  if (change.objectKind === 'schemeNode') return '/matters/categories'
  if (change.objectKind === 'enterprise') return `/matters/enterprises?open=${change.objectId}`
  if (change.objectKind === 'dutyLine') return '/matters/lists'
  return '/matters/limits'
}

function ChangeView({ id, onDecided }: { id: string; onDecided: () => void }): ReactElement {
  const change = useQueryOf('getMatterChange', { id })
  const send = useAct(...standardQueries)
  const [opinion, setOpinion] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const field = useRef<InputRef>(null)
  const draft = useDraft({ key: `matter-review:${id}`, value: opinion ? { opinion } : null })
  const mayDecide = change.data?.mayDecide ?? false
  const decide = async (outcome: 'approve' | 'return') => {
    if (busy || !mayDecide) return
    if (outcome === 'return' && opinion.trim() === '') {
      setProblem(null)
      field.current?.focus()
      return say(shared('opinionMust'), 'over')
    }
    setBusy(true)
    setProblem(null)
    try {
      const answer = await send('decideMatterChange', { id, outcome, ...(opinion.trim() ? { opinion: opinion.trim() } : {}) })
      draft.clear()
      say(answer.state === 'pending' ? shared('nextStep') : answer.state === 'scheduled' ? shared('approvedLater') : outcome === 'approve' ? shared('approved') : shared('returned'))
      onDecided()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  useKeys(t('object'), [
    { keys: 'a', label: t('approve'), run: () => field.current?.focus(), enabled: mayDecide },
    { keys: 'r', label: t('return'), run: () => field.current?.focus(), enabled: mayDecide },
    { keys: 'Ctrl Enter', label: t('approve'), run: () => void decide('approve'), enabled: mayDecide },
  ])
  return (
    <QueryView query={change}>
      {(data) => (
        <>
          <Section title={<span className="ms-row"><Tag tone={tones[data.kind]}>{data.operation}</Tag>{data.title}<span className="ms-hint">{data.kindName}</span></span>} extra={<Link to={pathOf(data)}>{t('openObject')}</Link>}>
            <div className="ms-stack">
              <div>{t('submitted', { who: data.submittedByName, time: when(data.submittedAt) })}{data.reason ? <> · {t('reason')}：{data.reason}</> : null}</div>
              {data.effectiveOn ? <div><Tag tone="primary">{shared('effectiveOn')}</Tag> {data.effectiveOn}</div> : null}
              {data.similar.length ? <div className="ms-note" data-tone="near">{shared('similar')}：{data.similar.map((one) => <Link key={one.id} to={`/matters/items/${encodeURIComponent(one.code)}`} style={{ marginInlineEnd: 8 }}>{one.name}</Link>)}</div> : null}
              {data.steps.length ? <ol className="ms-reviewsteps" aria-label={shared('steps')}>{data.steps.map((step, i) => <li key={i} data-state={step.state}><strong>{step.name}</strong> <Tag tone={step.state === 'approved' ? 'ok' : step.state === 'returned' ? 'over' : step.state === 'current' ? 'near' : 'calm'}>{stepName(step.state)}</Tag> {step.decidedBy ?? step.actor} {step.decidedAt ? <Time iso={step.decidedAt} /> : null} {step.opinion}</li>)}</ol> : null}
              {data.decidedByName ? <div><Tag>{states[data.state]}</Tag> {data.decidedByName} <Time iso={data.decidedAt} /> {data.opinion}</div> : null}
              {data.state === 'pending' ? (
                <>
                  {problem ? <ProblemLine problem={problem} /> : null}
                  {problem?.fields.map((one) => <div key={one.path + one.message} className="ms-field-error">{one.message}</div>)}
                  {data.mayDecide ? (
                    <div className="ms-row" style={{ flexWrap: 'nowrap' }}>
                      <Input ref={field} maxLength={1000} placeholder={`${t('opinion')}（${t('opinionHint')}）`} aria-label={t('opinion')} value={opinion} onChange={(e) => setOpinion(e.target.value)} />
                      <Button onClick={() => void decide('return')} disabled={busy}>{t('return')}<kbd className="ms-kbd">r</kbd></Button>
                      <Button type="primary" loading={busy} onClick={() => void decide('approve')}>{t('next')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
                    </div>
                  ) : <div className="ms-muted">{t('mine')}</div>}
                  <div className="ms-hint">{data.kind === 'create' ? t('effectCreate') : data.kind === 'modify' ? t('effectModify') : t('effectRetire')}</div>
                </>
              ) : null}
            </div>
          </Section>
          <Section title={shared('difference')} flush><Difference rows={data.difference} single={data.kind !== 'modify'} /></Section>
        </>
      )}
    </QueryView>
  )
}
