// Frame of a page: title with object and state, help, acts; panels inside.
import type { ReactElement, ReactNode } from 'react'
import { useEffect } from 'react'
import { Icon } from './icons.tsx'
import { t } from './texts.zh-CN.ts'
import { when, whenFull } from './time.ts'
import './page.css'
import './parts.css'

const product = '民声'

/** Names the browser tab: object first, then its state. */
export function usePageTitle(title: string | undefined, state?: string): void {
  useEffect(() => {
    if (title) document.title = `${title}${state ? ` ${state}` : ''} · ${product}`
  }, [title, state])
}

export type PageProps = {
  title: string
  /** Shown beside the title: tags, number of rows. */
  state?: ReactNode
  /** The state in words, for the title of the tab. */
  stateText?: string
  sub?: ReactNode
  /** Section of the manual opened by the question mark. */
  help?: string
  acts?: ReactNode
  /** A bar under the title: clocks, notices, filters. */
  bar?: ReactNode
  /** The page does not scroll; its regions do. */
  fill?: boolean
  children: ReactNode
}

export function Page({ title, state, stateText, sub, help, acts, bar, fill, children }: PageProps): ReactElement {
  usePageTitle(title, stateText)
  return (
    <div className="ms-page" data-fill={fill || undefined}>
      <header className="ms-page-head">
        <h1 className="ms-page-title">{title}</h1>
        {state}
        {sub ? <span className="ms-page-sub">{sub}</span> : null}
        <span className="ms-grow" />
        {acts}
        {help ? (
          <a className="ms-icon-button" href={`/help/${help}`} target="_blank" rel="noreferrer" title={t('help')}>
            <Icon name="help" size={20} label={t('help')} />
          </a>
        ) : null}
      </header>
      {bar}
      <div className="ms-page-body">{children}</div>
    </div>
  )
}

/** A white panel with a heading. */
export function Section({ title, extra, flush, children }: { title?: ReactNode; extra?: ReactNode; flush?: boolean; children: ReactNode }): ReactElement {
  return (
    <section className="ms-section" data-flush={flush || undefined}>
      {title || extra ? (
        <div className="ms-section-head">
          <h2>{title}</h2>
          <span className="ms-grow" />
          {extra}
        </div>
      ) : null}
      <div className="ms-section-body">{children}</div>
    </section>
  )
}

/** An instant in relative words, its full form with zone on hover. */
export function Time({ iso }: { iso: string | null | undefined }): ReactElement {
  return iso ? <time dateTime={iso} title={whenFull(iso)} className="ms-time">{when(iso)}</time> : <span>–</span>
}

/** Label and value pairs of a detail panel. */
export function Facts({ items, columns = 1 }: { items: { label: string; value: ReactNode; hidden?: boolean }[]; columns?: 1 | 2 | 3 }): ReactElement {
  return (
    <dl className="ms-facts" data-columns={columns}>
      {items.filter((item) => !item.hidden).map((item) => (
        <div key={item.label}>
          <dt>{item.label}</dt>
          <dd>{item.value === undefined || item.value === null || item.value === '' ? '–' : item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
