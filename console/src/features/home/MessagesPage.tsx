// Messages of every module: unread first, each opens its object.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { request } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, Loading, ProblemLine } from '../../ui/Empty.tsx'
import type { ListResult } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useSession } from '../../app/session.tsx'
import { Compose } from './Compose.tsx'
import { SentMessages } from './SentMessages.tsx'
import { t } from './texts.zh-CN.ts'
import './home.css'

type Message = { id: string; typeName: string; level: 'P1' | 'P2' | 'P3' | 'P4'; title: string; text: string | null; link: string | null; repeats: number; at: string; readAt: string | null; recalledAt: string | null }

export default function MessagesPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { can } = useSession()
  const all = search.get('show') === 'all'
  const mine = search.get('show') === 'sent'
  const [writing, setWriting] = useState(false)
  const navigate = useNavigate()
  const client = useQueryClient()
  const messages = useInfiniteQuery<ListResult<Message>, Problem, { pages: ListResult<Message>[] }, [string, boolean], string | null>({
    queryKey: ['messages', all],
    queryFn: ({ pageParam, signal }) => request<ListResult<Message>>('GET', '/api/messages', { cursor: pageParam, limit: 30, unread: all ? undefined : true }, { signal }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
  })
  useTopic('messages', ['messages'])
  const items = messages.data?.pages.flatMap((page) => page.items) ?? []
  const refresh = () => Promise.all([client.invalidateQueries({ queryKey: ['messages'] }), client.invalidateQueries({ queryKey: ['homeCounts'] })])
  const open = async (message: Message) => {
    if (message.link) void navigate(message.link)
    if (message.readAt) return
    try {
      await request('POST', '/api/messages/read', { ids: [message.id] })
      await refresh()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const readAll = async () => {
    try {
      await request('POST', '/api/messages/read-all')
      await refresh()
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Page title={t('messages')} state={messages.data?.pages[0] ? <span className="ms-muted">{cappedCount(messages.data.pages[0].count)}</span> : null}
      acts={<>
        <Segmented value={mine ? 'sent' : all ? 'all' : 'unread'} options={[{ value: 'unread', label: t('messages.unread') }, { value: 'all', label: t('messages.all') }, ...(can('platform.sendMessages') ? [{ value: 'sent', label: t('compose.mine') }] : [])]} onChange={(show) => setSearch(show === 'unread' ? {} : { show })} />
        <Button onClick={() => void readAll()} disabled={items.every((one) => one.readAt)}>{t('messages.readAll')}</Button>
        {can('platform.sendMessages') ? <Button type="primary" onClick={() => setWriting(true)}>{t('compose.title')}</Button> : null}
      </>}>
      <Compose open={writing} onClose={() => setWriting(false)} />
      {mine ? <SentMessages /> : <Section flush>
        {messages.error ? <ProblemLine problem={messages.error} onRetry={() => void messages.refetch()} /> : null}
        {messages.isPending ? <Loading /> : items.length === 0 && !messages.error ? <Empty kind="done" text={all ? t('messages.noneAll') : t('messages.none')} /> : null}
        {items.map((message) => (
          <button key={message.id} type="button" className="ms-message" data-unread={message.readAt ? undefined : true} onClick={() => void open(message)}>
            <i role={message.readAt ? undefined : 'img'} aria-label={message.readAt ? undefined : t('messages.unread')} />
            <span className="ms-message-row">
              <Tag tone={message.level === 'P1' ? 'over' : message.level === 'P2' ? 'near' : 'plain'}>{message.typeName}</Tag>
              {message.recalledAt ? <><del className="ms-ellipsis">{message.title}</del><span className="ms-hint">{t('messages.recalled')}</span></> : <strong className="ms-ellipsis">{message.title}</strong>}
              {message.repeats > 1 ? <span className="ms-hint">{t('messages.repeats', { n: message.repeats })}</span> : null}
            </span>
            <span className="ms-hint"><Time iso={message.at} /></span>
            {message.text ? <p>{message.text}</p> : null}
          </button>
        ))}
        {messages.hasNextPage ? <div className="ms-row" style={{ justifyContent: 'center', padding: 12 }}><Button loading={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>{t('messages.more')}</Button></div> : null}
      </Section>}
    </Page>
  )
}
