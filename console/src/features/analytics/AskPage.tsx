// Ask-data: a question in words, what was understood before the number, the answer as card, chart or table, and questions that go on.
import { Button, Drawer, Input, Popover, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Loading, ProblemLine } from '../../ui/Empty.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { BehindFigure } from '../data/BehindFigure.tsx'
import { Drawn, type Opened } from './PanelView.tsx'
import { asked, type Answer, type Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'
import './analytics.css'
import '../data/data.css'

type Turn = OutputOf<'askData'>
type Understood = NonNullable<Turn['understood']>
const TIME = ['year', 'quarter', 'month', 'week', 'day', 'hour']

export default function AskPage(): ReactElement {
  const send = useAct('listAsks')
  const [turns, setTurns] = useState<Turn[]>([])
  const [search] = useSearchParams()
  const [text, setText] = useState(search.get('q') ?? '')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [opened, setOpened] = useState<Opened | null>(null)
  const history = useQueryOf('listAsks', {})
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => { end.current?.scrollIntoView({ block: 'nearest' }) }, [turns.length])
  const ask = async (words: string, understood?: Understood): Promise<void> => {
    if (words.trim() === '' || busy) return
    setBusy(true)
    setProblem(null)
    try {
      const last = turns.at(-1)
      const turn = await send('askData', { text: words.trim(), ...(last ? { conversationId: last.conversationId } : {}), ...(understood ? { understood } : {}) })
      setTurns((held) => [...held, turn])
      setText('')
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const examples = history.data?.examples ?? []
  return (
    <Page title={t('ask')} help="ask" sub={t('askHint')} acts={turns.length > 0 ? <Button onClick={() => setTurns([])}>{t('askAnew')}</Button> : null}>
      <div className="ms-analytics-ask">
        <div className="ms-analytics-talk">
          {turns.length === 0 ? <Section title={t('askTry')}><div className="ms-row" style={{ flexWrap: 'wrap' }}>{examples.map((one) => <Button key={one} onClick={() => void ask(one)}>{one}</Button>)}</div><p className="ms-hint">{t('notice')}</p></Section> : null}
          {turns.map((turn, i) => <TurnView key={turn.id} turn={turn} last={i === turns.length - 1} onAsk={ask} onOpen={setOpened} />)}
          {busy ? <Loading lines={3} /> : null}
          {problem ? <ProblemLine problem={problem} /> : null}
          <form className="ms-analytics-say" onSubmit={(e) => { e.preventDefault(); void ask(text) }}>
            <Input size="large" autoFocus aria-label={t('ask')} placeholder={t(turns.length === 0 ? 'askPlaceholder' : 'askMore')} value={text} maxLength={200} onChange={(e) => setText(e.target.value)} />
            <Button size="large" type="primary" htmlType="submit" loading={busy} disabled={text.trim() === ''}>{t('askGo')}</Button>
          </form>
          <div ref={end} />
        </div>
        <History onAsk={(words) => void ask(words)} />
      </div>
      {opened ? <Drawer open size={860} title={t('rows', { name: opened.column.name })} onClose={() => setOpened(null)}><BehindFigure {...opened} /></Drawer> : null}
    </Page>
  )
}

type TurnProps = { turn: Turn; last: boolean; onAsk: (text: string, understood?: Understood) => Promise<void>; onOpen: (opened: Opened) => void }

function TurnView({ turn, last, onAsk, onOpen }: TurnProps): ReactElement {
  const send = useAct('listAsks')
  const [feedback, setFeedback] = useState(turn.feedback)
  const [favourite, setFavourite] = useState(false)
  const q = turn.understood
  const judge = (next: 'right' | 'wrong'): void => { setFeedback(next); void send('markAsk', { id: turn.id, feedback: next }) }
  return (
    <Section title={turn.text} extra={<Button type="text" size="small" aria-pressed={favourite} onClick={() => { setFavourite(!favourite); void send('markAsk', { id: turn.id, favourite: !favourite }) }}>{favourite ? t('askKept') : t('askKeep')}</Button>}>
      {turn.refused ? (
        <div className="ms-note" data-tone="near" role="status">{turn.refused.text}{turn.refused.nearest.length > 0 ? <div className="ms-row">{t('askNearest')}{turn.refused.nearest.map((n) => <Button key={n.code} size="small" onClick={() => void onAsk(t('askOf', { name: n.name }))}>{n.name}</Button>)}</div> : null}</div>
      ) : null}
      {q ? (
        <>
          <div className="ms-analytics-chips" aria-label={t('askUnderstood')}>
            <span className="ms-muted">{t('askUnderstood')}</span>
            {turn.words.map((w) => <span key={`${w.part} ${w.text}`} className="ms-analytics-chip" title={w.hint ?? undefined}><small>{w.label}</small> {w.text}</span>)}
            {last ? <Correct understood={q} onDone={(next) => void onAsk(turn.text, next)} /> : null}
          </div>
          {turn.sentence ? <p className="ms-analytics-sentence">{turn.sentence}</p> : null}
          <AnswerView turn={turn} onOpen={onOpen} />
          <div className="ms-row" style={{ flexWrap: 'wrap', marginBlockStart: 8 }}>
            {last ? turn.follow.map((one) => <Button key={one} size="small" onClick={() => void onAsk(one)}>{one}</Button>) : null}
            <span className="ms-grow" />
            <span className="ms-hint">{feedback ? t('askThanks') : t('askRight')}</span>
            {feedback ? null : <><Button size="small" type="text" onClick={() => judge('right')}>{t('askYes')}</Button><Button size="small" type="text" onClick={() => judge('wrong')}>{t('askNo')}</Button></>}
          </div>
        </>
      ) : null}
    </Section>
  )
}

const kinds = ['figures', 'bar', 'line', 'pie', 'table'] as const
type Kind = (typeof kinds)[number]

/** What share each has: a ring. */
const SHARE = /占比|比重|百分比|构成/
/** The kind that suits, and those that could be drawn. */
function kindsFor(answer: Answer, text: string): { best: Kind; possible: Kind[] } {
  const keys = answer.rows[0]?.keys ?? []
  if (keys.length === 0) return { best: 'figures', possible: ['figures'] }
  const time = TIME.includes(keys[0]?.dimension ?? '')
  const one = keys.length === 1 && asked(answer).length === 1
  return { best: time ? 'line' : one && SHARE.test(text) && !asked(answer).some((c) => c.unit === '%') ? 'pie' : 'bar', possible: ['bar', 'line', ...(one && !time ? (['pie'] as const) : []), 'table'] }
}

function AnswerView({ turn, onOpen }: { turn: Turn; onOpen: (opened: Opened) => void }): ReactElement {
  const [chosen, setChosen] = useState<Kind | null>(null)
  const question = turn.question
  const answer = useQueryOf('queryFigures', question ? { ...question, below: false } : { from: '', to: '', indicators: [] }, { enabled: question !== null, staleTime: 60_000 })
  if (!question || answer.isPending) return <Loading lines={4} />
  if (answer.isError) return <ProblemLine problem={answer.error} onRetry={() => void answer.refetch()} />
  const { best, possible } = kindsFor(answer.data, turn.text)
  const kind = chosen && possible.includes(chosen) ? chosen : best
  const panel: Panel = { id: 'a', kind, title: turn.text, indicators: question.indicators, dimensions: question.dimensions, where: [], width: 12, ...(question.compare ? { compare: question.compare } : {}) }
  return (
    <>
      <div className="ms-row" style={{ justifyContent: 'space-between' }}><span className="ms-hint">{t('asOf', { time: when(answer.data.asOf) })}</span>{possible.length > 1 ? <Segmented size="small" value={kind} onChange={setChosen} options={possible.map((value) => ({ value, label: t(`panel.${value}`) }))} /> : null}</div>
      <Drawn bare panel={panel} dimensions={question.dimensions} answer={answer.data} onPick={(pick) => { const column = asked(answer.data).find((c) => c.formula === null); if (column) onOpen({ column, keys: [pick].map((p) => ({ dimension: p.dimension, key: p.key, name: p.name })), period: { from: question.from, to: question.to }, where: question.where }) }} onOpen={(column, keys) => onOpen({ column, keys, period: { from: question.from, to: question.to }, where: question.where })} />
    </>
  )
}

/** What was understood, put right by hand. */
function Correct({ understood, onDone }: { understood: Understood; onDone: (next: Understood) => void }): ReactElement {
  const [open, setOpen] = useState(false)
  const [q, setQ] = useState(understood)
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 60_000, enabled: open })
  const set = (next: Partial<Understood>): void => setQ((held) => ({ ...held, ...next }))
  const field = (label: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}</label>
  const form = (
    <div className="ms-analytics-form" style={{ inlineSize: 360 }}>
      {field(t('indicators'), <Select mode="multiple" optionFilterProp="label" value={q.indicators} options={(catalogue.data?.items ?? []).filter((i) => i.state === 'active').map((i) => ({ value: i.code, label: i.name }))} onChange={(list: string[]) => set({ indicators: list.slice(0, 5) })} />)}
      {field(t('dimensions'), <Select mode="multiple" value={q.by} options={(catalogue.data?.dimensions ?? []).map((d) => ({ value: d.key, label: d.label }))} onChange={(list: string[]) => set({ by: list.slice(-2) })} />)}
      {q.where.length > 0 ? field(t('conditions'), <Select mode="multiple" open={false} value={q.where.map((w) => w.dimension)} options={q.where.map((w) => ({ value: w.dimension, label: w.members.map((m) => m.name).join('、') }))} onChange={(list: string[]) => set({ where: q.where.filter((w) => list.includes(w.dimension)) })} />) : null}
      <div className="ms-data-half">{field(t('from'), <DateInput value={q.from} onChange={(from) => { if (from) set({ from }) }} />)}{field(t('to'), <DateInput value={q.to} onChange={(to) => { if (to) set({ to }) }} />)}</div>
      {field(t('compare'), <Select value={q.compare ?? 'none'} options={(['none', 'previous', 'lastYear'] as const).map((value) => ({ value, label: t(`compare.${value}`) }))} onChange={(value: 'none' | 'previous' | 'lastYear') => set({ compare: value === 'none' ? null : value })} />)}
      <Button type="primary" disabled={q.indicators.length === 0} onClick={() => { setOpen(false); onDone({ ...q, ...(q.by.length === 0 ? { order: null, limit: null } : {}) }) }}>{t('askAgain')}</Button>
    </div>
  )
  return <Popover trigger="click" open={open} onOpenChange={setOpen} content={form} placement="bottomLeft"><Button size="small">{t('askCorrect')}</Button></Popover>
}

function History({ onAsk }: { onAsk: (text: string) => void }): ReactElement {
  const [text, setText] = useState('')
  const [only, setOnly] = useState(false)
  const asks = useQueryOf('listAsks', { ...(text ? { text } : {}), ...(only ? { favourite: 'true' as const } : {}) }, { keepPrevious: true })
  return (
    <Section title={t('askHistory')} extra={<Segmented size="small" value={only ? 'kept' : 'all'} onChange={(v) => setOnly(v === 'kept')} options={[{ value: 'all', label: t('askAll') }, { value: 'kept', label: t('askKept') }]} />}>
      <Input allowClear aria-label={t('askFind')} placeholder={t('askFind')} value={text} onChange={(e) => setText(e.target.value)} />
      <ul className="ms-analytics-history">{(asks.data?.items ?? []).map((one) => <li key={one.id}><button type="button" className="ms-link-button" disabled={one.refused} onClick={() => onAsk(one.text)}>{one.text}</button><small className="ms-hint">{when(one.at)}</small></li>)}</ul>
      {asks.data?.items.length === 0 ? <p className="ms-hint">{t('askNone')}</p> : null}
    </Section>
  )
}
