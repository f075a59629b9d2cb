// The manuals: contents at the left, one manual at the right, and a search over all of them. `?` of a page opens its section.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useEffect, useRef } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { Empty } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Markdown } from './Markdown.tsx'
import { manuals, searchManuals } from './manual.ts'
import type { Manual } from './manual.ts'
import { topics } from './topics.ts'
import { t } from './texts.zh-CN.ts'
import './help.css'

export default function HelpPage(): ReactElement {
  const { topic = 'README' } = useParams()
  const { hash } = useLocation()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const typed = search.get('q') ?? ''
  const heading = topics[topic] ?? decodeURIComponent(hash.slice(1))
  const code = topics[topic] ? 'pages' : topic
  const manual = manuals.find((one) => one.code === code) ?? manuals[0]
  const hits = searchManuals(manuals, typed)
  const to = (where: string, part = '') => void navigate(`/help/${where}${part ? `#${encodeURIComponent(part)}` : ''}`)
  return (
    <Page fill title={t('title')} acts={<><Input allowClear autoFocus={!heading} style={{ inlineSize: 320 }} prefix={<Icon name="search" size={14} />} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(e) => setSearch(e.target.value ? { q: e.target.value } : {}, { replace: true })} /><Button icon={<Icon name="print" />} onClick={() => print()}>{t('print')}</Button></>}>
      <div className="ms-split">
        <nav className="ms-split-list" aria-label={t('contents')}>
          <div className="ms-picklist">{manuals.map((one) => (
            <div key={one.code}>
              <button type="button" aria-current={one.code === manual?.code && !typed} onClick={() => to(one.code)}><span className="ms-ellipsis">{one.title}</span></button>
              {one.code === manual?.code && !typed ? one.parts.map((part) => <button key={part.heading} type="button" style={{ paddingInlineStart: 24 }} onClick={() => to(one.code, part.heading)}><span className="ms-ellipsis ms-muted">{part.heading}</span></button>) : null}
            </div>
          ))}</div>
        </nav>
        <div className="ms-split-main">
          {typed ? (
            <Section flush={hits.length > 0} title={t('hits', { n: hits.length })}>
              {hits.length === 0 ? <Empty kind="filter" text={t('none')} hint={t('noneHint')} /> : hits.map((hit, i) => (
                <button key={i} type="button" className="ms-help-hit" onClick={() => to(hit.code, hit.heading)}><strong>{hit.heading || hit.title}</strong> <span className="ms-hint">{hit.title}</span><br />{hit.line}</button>
              ))}
            </Section>
          ) : manual ? <ManualView key={manual.code} manual={manual} heading={heading} /> : null}
        </div>
      </div>
    </Page>
  )
}

function ManualView({ manual, heading }: { manual: Manual; heading: string }): ReactElement {
  const here = useRef<HTMLHeadingElement>(null)
  useEffect(() => { here.current?.scrollIntoView() }, [heading, manual])
  return (
    <Section title={manual.title}>
      <article className="ms-help">
        <Markdown text={manual.intro} />
        {manual.parts.map((part) => (
          <section key={part.heading}>
            <h2 ref={part.heading === heading ? here : undefined} data-here={part.heading === heading || undefined} id={part.heading}>{part.heading}</h2>
            <Markdown text={part.text} />
          </section>
        ))}
      </article>
    </Section>
  )
}
