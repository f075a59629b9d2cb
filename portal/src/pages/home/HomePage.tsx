// The first page: say it, look it up, or call. In 长辈版 four large entries and nothing else.
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { Link, useNavigate } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { setDisplay, useDisplay } from '../../app/display.ts'
import { Page } from '../../app/Page.tsx'
import { useCitizen, usePortal } from '../../app/session.ts'
import { draftWaits, draftWords } from '../../draft/draft-state.ts'
import { Button, LinkButton } from '../../kit/Button.tsx'
import { Card, Item, PublicStateTag, Tag } from '../../kit/Blocks.tsx'
import { Icon } from '../../kit/Icon.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { day, daysLeft } from '../../kit/time.ts'
import './home.css'
import { t } from './texts.zh-CN.ts'

export function HomePage(): ReactElement {
  const { elder } = useDisplay()
  return elder ? <ElderHome /> : <FullHome />
}

function FullHome(): ReactElement {
  const { settings, hotline } = usePortal()
  return (
    <div className="h-home">
      <ElderOffer />
      <section className="h-hero">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('intro')}</p>
          {settings?.closed ? <p className="k-line"><Tag tone="near" icon="info">{t('closed')}</Tag>{settings.closed}</p> : null}
          <SayForm words={settings?.hotWords ?? []} />
        </div>
      </section>
      <div className="h-body">
        <ul className="h-ways">
          <Way to="/orders" icon="orders" title={t('progress')} hint={t('progressHint')} />
          <Way to="/query" icon="search" title={t('byCode')} hint={t('byCodeHint')} />
          <Way to="/chat" icon="chat" title={t('chat')} hint={t('chatHint')} />
          <Way to={`tel:${hotline}`} icon="phone" title={t('call', { number: hotline })} hint={t('callHint')} />
        </ul>
        <Resume />
        <Latest />
        {settings && settings.notices.length > 0 ? (
          <Card title={t('notices')}>
            <ul className="k-stack" data-gap="small">{settings.notices.map((notice) => <li key={notice.title}><strong>{notice.title}</strong>{notice.text ? <p className="k-hint k-pre">{notice.text}</p> : null}</li>)}</ul>
          </Card>
        ) : null}
        <News />
        <Card title={t('how')}>
          <ol className="h-how">
            {([['how1', 'how1Text', 'write'], ['how2', 'how2Text', 'people'], ['how3', 'how3Text', 'star']] as const).map(([title, text, icon]) => (
              <li key={title}><span className="h-how-icon" aria-hidden="true"><Icon name={icon} /></span><div><h3>{t(title)}</h3><p className="k-hint">{t(text)}</p></div></li>
            ))}
          </ol>
        </Card>
      </div>
    </div>
  )
}

function SayForm({ words }: { words: readonly string[] }): ReactElement {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const go = (event: FormEvent) => {
    event.preventDefault()
    void navigate(text.trim() ? `/submit?say=${encodeURIComponent(text.trim())}` : '/submit')
  }
  return (
    <form className="h-say" onSubmit={go}>
      <label className="k-hidden" htmlFor="say">{t('sayLabel')}</label>
      <input id="say" className="k-input" value={text} onChange={(event) => setText(event.target.value)} placeholder={t('sayHolder')} maxLength={200} enterKeyHint="go" />
      <Button tone="primary" type="submit" icon="write">{t('go')}</Button>
      {words.length > 0 ? <p className="h-words"><span>{t('hot')}</span>{words.map((word) => <Link key={word} to={`/submit?say=${encodeURIComponent(word)}`}>{word}</Link>)}</p> : null}
    </form>
  )
}

function Way({ to, icon, title, hint }: { to: string; icon: IconName; title: string; hint: string }): ReactElement {
  const inner = <><span className="h-way-icon" aria-hidden="true"><Icon name={icon} /></span><span><strong>{title}</strong><small>{hint}</small></span></>
  return <li>{to.startsWith('tel:') ? <a href={to}>{inner}</a> : <Link to={to}>{inner}</Link>}</li>
}

function Resume(): ReactElement | null {
  const [words] = useState(() => (draftWaits() ? null : draftWords()))
  if (!words) return null
  return (
    <Card tone="soft">
      <div className="k-line" data-spread><span className="h-resume"><span className="k-hint">{t('resume')}</span><br />{words}</span><LinkButton to="/submit" tone="primary">{t('resumeGo')}</LinkButton></div>
    </Card>
  )
}

function News(): ReactElement | null {
  const news = useQueryOf('publicPublications', { limit: 4 }, { staleTime: 60_000 }).data
  return (
    <Card title={t('news')} extra={<span className="k-line"><Link to="/statistics">{t('statistics')}</Link><Link to="/news">{t('newsAll')}</Link></span>}>
      {news && news.items.length > 0 ? <ul className="h-news">{news.items.map((one) => <li key={one.id}><Link to={`/news/${one.id}`}>{one.title}</Link><span className="k-hint">{one.kindName} {day(one.publishedAt)}</span></li>)}</ul> : <p className="k-hint">{t('newsNone')}</p>}
    </Card>
  )
}

function Latest(): ReactElement | null {
  const citizen = useCitizen()
  const orders = useQueryOf('listOwnOrders', { limit: 2 }, { enabled: Boolean(citizen) }).data
  if (!orders || orders.items.length === 0) return null
  return (
    <Card title={t('mine')} extra={<Link to="/orders">{t('all')}</Link>}>
      {orders.items.map((o) => (
        <Item key={o.number} to={`/orders/${o.number}`} title={o.title} end={<PublicStateTag state={o.state} name={o.stateName} />} meta={[o.unitName, o.promisedAt ? t('promised', { day: day(o.promisedAt) }) : null, o.rateUntil ? t('rate', { n: daysLeft(o.rateUntil) }) : null]} />
      ))}
    </Card>
  )
}

/** Asked once, in the page, never over it. */
function ElderOffer(): ReactElement | null {
  const { asked } = useDisplay()
  if (asked) return null
  return (
    <p className="h-offer">
      <strong>{t('elderAsk')}</strong>
      <span className="k-line"><Button tone="soft" onClick={() => setDisplay({ elder: true, asked: true })}>{t('elderYes')}</Button><Button tone="quiet" onClick={() => setDisplay({ asked: true })}>{t('elderNo')}</Button></span>
    </p>
  )
}

function ElderHome(): ReactElement {
  const { hotline } = usePortal()
  return (
    <Page title={t('title')} name={t('name')}>
      <ul className="h-elder">
        <Way to="/submit" icon="write" title={t('elderSay')} hint={t('sayHolder')} />
        <Way to="/orders" icon="orders" title={t('progress')} hint={t('progressHint')} />
        <Way to={`tel:${hotline}`} icon="phone" title={t('call', { number: hotline })} hint={t('callHint')} />
        <Way to="/accessibility#help" icon="people" title={t('elderHelp')} hint={t('elderHelpHint')} />
      </ul>
      <Resume />
      <Latest />
    </Page>
  )
}
