// Cards, lists, facts, tags, progress and timelines.
import type { ReactElement, ReactNode } from 'react'
import { useEffect, useId, useState } from 'react'
import { Link } from 'react-router'
import { Icon } from './Icon.tsx'
import type { IconName } from './Icon.tsx'
import { instant, now, remaining, when } from './time.ts'
import { t } from './texts.zh-CN.ts'

export type Tone = 'plain' | 'primary' | 'ok' | 'near' | 'over' | 'calm'

export function Card({ title, extra, tone, children }: { title?: ReactNode; extra?: ReactNode; tone?: 'soft' | 'near' | 'ok'; children: ReactNode }): ReactElement {
  const id = useId()
  return (
    <section className="k-card" data-tone={tone} aria-labelledby={title ? id : undefined}>
      {title ? <header><h2 id={id}>{title}</h2>{extra}</header> : null}
      {children}
    </section>
  )
}

/** Facts as label and value, with an act at the end. */
export function Rows({ rows }: { rows: readonly ({ label: string; value: ReactNode; end?: ReactNode } | null)[] }): ReactElement {
  return (
    <dl className="k-rows">
      {rows.map((row) => (row === null ? null : <div key={row.label}><dt>{row.label}</dt><dd className="k-pre">{row.value}</dd>{row.end ? <dd>{row.end}</dd> : null}</div>))}
    </dl>
  )
}

/** One object of a list; the whole card is the link when `to` is given. */
export function Item({ to, title, end, meta, children }: { to?: string; title: ReactNode; end?: ReactNode; meta?: readonly ReactNode[]; children?: ReactNode }): ReactElement {
  const inner = (
    <>
      <div className="k-line" data-spread><span className="k-item-title">{title}</span>{end}</div>
      {meta && meta.length > 0 ? <div className="k-item-meta">{meta.map((m, i) => (m ? <span key={i}>{m}</span> : null))}</div> : null}
      {children}
    </>
  )
  return to ? <Link className="k-item" to={to}>{inner}</Link> : <div className="k-item">{inner}</div>
}

export function Tag({ tone = 'plain', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }): ReactElement {
  return <span className="k-tag" data-tone={tone}>{icon ? <Icon name={icon} /> : null}{children}</span>
}

const publicStates: Record<string, [Tone, IconName]> = { accepted: ['plain', 'clock'], handling: ['primary', 'people'], done: ['ok', 'check'], withdrawn: ['calm', 'undo'] }

/** The four states that requesters know; the word comes from the server. */
export function PublicStateTag({ state, name }: { state: string; name: string }): ReactElement {
  const [tone, icon] = publicStates[state] ?? ['plain', 'clock']
  return <Tag tone={tone} icon={icon}>{name}</Tag>
}

export type ClockProps = { name?: string; state?: 'running' | 'paused' | 'met'; dueAt: string | null; /** From here it is near its end. */ nearAt?: string | null }

/** Remaining time of one clock with shape, word and colour; ticks every 15 seconds while the page is shown. */
export function ClockChip({ name, state = 'running', dueAt, nearAt }: ClockProps): ReactElement {
  const at = useTick(15_000)
  const words = name ? `${name} ` : ''
  if (state === 'met') return <Tag tone="calm">✓ {words}{t('clockMet')}</Tag>
  if (state === 'paused') return <Tag tone="calm">‖ {words}{t('clockPaused')}</Tag>
  if (!dueAt) return <Tag tone="calm">{words}{t('clockNone')}</Tag>
  const left = remaining(dueAt, at)
  const near = nearAt ? at >= instant(nearAt) : false
  const tone = left.overdue ? 'over' : near ? 'near' : 'ok'
  return <span title={t('clockUntil', { at: when(dueAt) })}><Tag tone={tone}><span aria-hidden="true">{{ over: '◆', near: '▲', ok: '●' }[tone]}</span>{words}{left.text}</Tag></span>
}

function useTick(ms: number): number {
  const [at, setAt] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) setAt(now()) }, ms)
    return () => clearInterval(timer)
  }, [ms])
  return at
}

/** Where one stands among steps: a bar and the words for readers. */
export function StepBar({ now: at, total, title }: { now: number; total: number; title: string }): ReactElement {
  return (
    <div className="k-steps">
      <div className="k-line" data-spread><span className="k-hint">{t('stepOf', { now: at, total })}</span><span className="k-hint">{title}</span></div>
      <div className="k-steps-bar" aria-hidden="true">{Array.from({ length: total }, (_, i) => <i key={i} data-done={i < at || undefined} />)}</div>
    </div>
  )
}

/** Stages as a line of dots; each says by word where it stands. */
export function Track({ label, steps }: { label: string; steps: readonly { key: string; name: string; state: 'done' | 'now' | 'next'; note?: string | undefined }[] }): ReactElement {
  return (
    <ol className="k-track" aria-label={label}>
      {steps.map((s) => (
        <li key={s.key} data-state={s.state} aria-current={s.state === 'now' ? 'step' : undefined}>
          <span className="k-dot" aria-hidden="true">{s.state === 'done' ? <Icon name="check" /> : null}</span>
          <span>{s.name}</span>
          {s.note ? <small>{s.note}</small> : null}
        </li>
      ))}
    </ol>
  )
}

/** `at` empty: it has no time, and none is shown. */
export function Timeline({ items }: { items: readonly { key: string; at: string; title: ReactNode; children?: ReactNode }[] }): ReactElement {
  return (
    <ol className="k-timeline">
      {items.map((item) => (
        <li key={item.key}>
          <span className="k-line"><strong>{item.title}</strong>{item.at ? <time className="k-hint" dateTime={item.at}>{when(item.at)}</time> : null}</span>
          {item.children}
        </li>
      ))}
    </ol>
  )
}
