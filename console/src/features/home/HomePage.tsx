// What waits for me from every module, nearest clock first; numbers that open their lists.
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSession } from '../../app/session.tsx'
import { request } from '../../api/http.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { ClockChip, Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { clockTime, fromEpoch, now } from '../../ui/time.ts'
import { HomeCards } from './HomeCards.tsx'
import { t } from './texts.zh-CN.ts'
import './home.css'

type HomeTone = 'ok' | 'near' | 'over' | 'calm' | null
export type Home = {
  cards: { id: string; title: string; value: number; capped?: boolean; tone?: HomeTone; link: string; hint?: string; hidden?: boolean }[]
  arranged?: boolean
  todo: { id: string; kind: string; title: string; dueAt?: string | null; nearAt?: string | null; link: string; tone?: HomeTone; hint?: string }[]
  notices: { id: string; title: string; at: string; link?: string }[]
  asOf?: string
}

export default function HomePage(): ReactElement {
  const { user } = useSession()
  const home = useQuery<Home, Problem>({ queryKey: ['home'], queryFn: ({ signal }) => request<Home>('GET', '/api/home', {}, { signal }), refetchInterval: 60_000 })
  const notices = useQueryOf('listNotices', { limit: 6 })
  const [arranging, setArranging] = useState(false)
  useTopic('home.counts', ['home'])
  useTopic('home.notices', ['listNotices'])
  const asOf = home.data?.asOf ? clockTime(home.data.asOf) : null
  return (
    <Page title={t('home')} sub={t('hello', { name: user.name, time: partOfDay() })} acts={<>{asOf ? <span className="ms-hint">{t('asOf', { time: asOf })}</span> : null}{home.data?.cards.length && !arranging ? <Button onClick={() => setArranging(true)}>{t('arrange')}</Button> : null}</>} bar={<AccountNotes />}>
      <QueryView query={home}>
        {(data) => (
          <>
            <HomeCards cards={data.cards} arranging={arranging} arranged={data.arranged ?? false} onDone={() => setArranging(false)} />
            <div className="ms-home-columns">
              <Section title={t('todoTitle')} extra={<span className="ms-hint">{t('todoHint')}</span>} flush>
                {data.todo.length ? (
                  <ul className="ms-todo">
                    {data.todo.map((item) => (
                      <li key={item.id}>
                        <Link to={item.link}>
                          <Tag tone={tagTone(item.tone)}>{item.kind}</Tag>
                          <span className="ms-ellipsis ms-todo-title">{item.title}</span>
                          {item.hint ? <span className="ms-hint">{item.hint}</span> : null}
                          <span className="ms-grow" />
                          {item.dueAt ? <ClockChip plain clock={{ state: 'running', dueAt: item.dueAt, nearAt: item.nearAt ?? (item.tone === 'near' ? fromEpoch(0) : null) }} /> : null}
                        </Link>
                      </li>
                    ))}
                  </ul>
                ) : <Empty kind="done" text={t('todoDone')} hint={t('todoDoneHint')} />}
              </Section>
              <div className="ms-stack">
              <Section title={t('notices')} extra={<Link to="/home/notices">{t('notice.all')}</Link>} flush>
                {notices.data?.items.length ? (
                  <ul className="ms-todo">
                    {notices.data.items.map((notice) => <li key={notice.id}><Link to={`/home/notices?id=${notice.id}`}>{notice.mustRead && !notice.readAt ? <Tag tone="near">{t('notice.mustRead')}</Tag> : null}<NoticeLine title={notice.title} at={notice.shownFrom} /></Link></li>)}
                  </ul>
                ) : <Empty kind="done" text={t('noticesNone')} />}
              </Section>
              <Section title={t('newMessages')} flush>
                {data.notices.length ? (
                  <ul className="ms-todo">
                    {data.notices.map((notice) => (
                      <li key={notice.id}>{notice.link ? <Link to={notice.link}><NoticeLine title={notice.title} at={notice.at} /></Link> : <span className="ms-todo-line"><NoticeLine title={notice.title} at={notice.at} /></span>}</li>
                    ))}
                  </ul>
                ) : <Empty kind="done" text={t('newMessagesNone')} />}
              </Section>
              </div>
            </div>
          </>
        )}
      </QueryView>
    </Page>
  )
}

function NoticeLine({ title, at }: { title: string; at: string }): ReactElement {
  return <><span className="ms-ellipsis ms-todo-title">{title}</span><span className="ms-grow" /><span className="ms-hint"><Time iso={at} /></span></>
}

/** Password and second factor: told where work begins, never as a pop-up. */
function AccountNotes(): ReactElement | null {
  const { user } = useSession()
  if (user.secondFactorDue) return <div className="ms-note">{t('factorDue')} <Link to="/me">{t('factorSet')}</Link></div>
  if (typeof user.passwordDaysLeft === 'number') return <div className="ms-note">{t('passwordSoon', { n: user.passwordDaysLeft })} <Link to="/me">{t('passwordChange')}</Link></div>
  return null
}

function partOfDay(): string {
  const hour = Number(clockTime(now()).slice(0, 2))
  return hour < 11 ? t('morning') : hour < 13 ? t('noon') : hour < 18 ? t('afternoon') : t('evening')
}

function tagTone(tone: HomeTone | undefined): Tone {
  return tone ?? 'primary'
}
