// 领导驾驶舱: figures of a period against the one before, what is hot, what needs the leader; every number opens its list (ux.md §3.15).
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { BoardBar } from '../analytics/BoardBar.tsx'
import { BoardGrid } from '../analytics/BoardGrid.tsx'
import { usePeriod, usePicks, type ChosenPeriod } from '../analytics/board-state.ts'
import type { BoardView } from '../analytics/question.ts'
import { BoardFact } from '../supervision/BoardPage.tsx'
import { KeyEvents } from './KeyEvents.tsx'
import { t } from './texts.zh-CN.ts'
import { useUnread } from './unread.ts'
import '../analytics/analytics.css'
import '../data/data.css'
import '../supervision/supervision.css'
import './cockpit.css'

export default function CockpitPage(): ReactElement {
  const board = useQueryOf('showBoard', { code: 'cockpit' }, { staleTime: 60_000 })
  return <QueryView query={board}>{(data) => <Shown data={data} />}</QueryView>
}

function Shown({ data }: { data: BoardView }): ReactElement {
  const { can } = useSession()
  const navigate = useNavigate()
  const board = data.definition
  const chosen = usePeriod(board.period)
  const picks = usePicks()
  const [first, ...others] = board.panels
  return (
    <Page title={t('cockpit')} help="leader" acts={<Link to="/screen/screenLeader" target="_blank">{t('screens')}</Link>} bar={<BoardBar data={data} period={chosen} picks={picks} />}>
      {chosen.name === 'today' ? <Quiet period={chosen.period} choose={chosen.choose} /> : null}
      {first ? <BoardGrid board={board} panels={[first]} period={chosen.period} picks={picks} /> : null}
      <div className="ms-cockpit">
        <BoardGrid board={board} panels={others} period={chosen.period} picks={picks} onGroup={(name) => void navigate(`/cockpit/events?${new URLSearchParams({ group: name, from: chosen.period.from, to: chosen.period.to }).toString()}`)} />
        <aside className="ms-cockpit-side">
          {can('supervision.read') ? <><Watch /><KeyEvents /><Instructions /></> : null}
          {can('data.read') ? <Ask /> : null}
        </aside>
      </div>
    </Page>
  )
}

/** Early in the day nothing has come in: said, with the way to the days that have something. */
function Quiet({ period, choose }: Pick<ChosenPeriod, 'period' | 'choose'>): ReactElement | null {
  const today = useQueryOf('queryFigures', { ...period, indicators: ['received'] }, { refetchEvery: 60_000 })
  if (today.data?.total['received'] !== '0') return null
  return <p className="ms-note ms-row" role="status"><span>{t('quiet')}</span>{(['yesterday', 'week', 'month'] as const).map((name) => <Button key={name} size="small" onClick={() => choose(name)}>{t(`quiet.${name}`)}</Button>)}</p>
}

const watched = ['near', 'overdue', 'redCards', 'tasksOpen']

function Watch(): ReactElement {
  const board = useQueryOf('supervisionBoard', {}, { refetchEvery: 60_000 })
  useTopic('supervision.board', ['supervisionBoard', 'instructionStats', 'listInstructions'])
  return <Section title={t('watch')}><QueryView query={board}>{(one) => <div className="ms-cockpit-four">{watched.flatMap((key) => one.figures.filter((f) => f.key === key)).map((figure) => <BoardFact key={figure.key} figure={figure} at={one.at} />)}</div>}</QueryView></Section>
}

function Instructions(): ReactElement {
  const count = (state: 'requested' | 'issued' | 'reported', overdue?: 'true') => ({ state, mine: 'true', limit: 1, ...(overdue ? { overdue } : {}) }) as const
  const waiting = useQueryOf('listInstructions', count('requested'), { refetchEvery: 60_000 })
  const issued = useQueryOf('listInstructions', count('issued'), { refetchEvery: 60_000 })
  const late = useQueryOf('listInstructions', count('issued', 'true'), { refetchEvery: 60_000 })
  const reported = useQueryOf('listInstructions', count('reported'), { refetchEvery: 60_000 })
  const unread = useUnread('supervision.instructionReported')
  const facts = [['waiting', waiting, 'state=requested'], ['issued', issued, 'state=issued'], ['late', late, 'state=issued&overdue=true'], ['reported', reported, 'state=reported']] as const
  return (
    <Section title={<>{t('instructions')}{unread.size > 0 ? <span className="ms-cockpit-dot" role="img" aria-label={t('unread')} /> : null}</>}>
      <div className="ms-cockpit-four">{facts.map(([key, query, search]) => <Figure key={key} label={t(key)} value={query.data?.count.value} to={`/cockpit/instructions?${search}`} {...(key === 'late' && (query.data?.count.value ?? 0) > 0 ? { tone: 'over' as const } : {})} />)}</div>
    </Section>
  )
}

function Ask(): ReactElement {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  return (
    <Section title={t('ask')}>
      <form className="ms-row" onSubmit={(e) => { e.preventDefault(); void navigate(`/analytics/ask?q=${encodeURIComponent(text)}`) }}>
        <Input aria-label={t('ask')} placeholder={t('askHint')} maxLength={200} value={text} onChange={(e) => setText(e.target.value)} /><Button htmlType="submit" disabled={text.trim() === ''}>{t('askGo')}</Button>
      </form>
    </Section>
  )
}
