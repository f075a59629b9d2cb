// Everything that happened to an object: who, when, what changed (old → new), files, time per stage.
import { Checkbox } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useMemo, useState } from 'react'
import { Attachments } from './Attachments.tsx'
import type { Attachment } from './upload.ts'
import { Empty } from './Empty.tsx'
import { useKeys } from './keys.ts'
import { Time } from './Page.tsx'
import { Tag } from './Tags.tsx'
import { t } from './texts.zh-CN.ts'
import { duration } from './time.ts'
import './timeline.css'

export type TimelineChange = { label: string; old: string | null; new: string | null }

export type TimelineEntry = {
  id: string
  at: string
  /** For filters and for renderers registered by kind. */
  kind: string
  title: string
  by?: string | null
  unit?: string | null
  text?: string | null
  changes?: TimelineChange[]
  files?: Attachment[]
  /** Milliseconds spent in the stage that this entry ends. */
  tookMs?: number | null
  slowest?: boolean
  tone?: 'ok' | 'near' | 'over' | 'calm'
}

const shapes = { ok: '●', near: '▲', over: '◆', calm: '○' } as const

export type TimelineProps = {
  entries: TimelineEntry[]
  /** Body of one entry kind; undefined falls back to text, changes and files. */
  renderEntry?: (entry: TimelineEntry) => ReactNode | undefined
  /** Shown when opinions of other units were left out. */
  hidden?: boolean
}

export function Timeline({ entries, renderEntry, hidden }: TimelineProps): ReactElement {
  const [newFirst, setNewFirst] = useState(true)
  const [onlyChanges, setOnlyChanges] = useState(false)
  const [onlyFiles, setOnlyFiles] = useState(false)
  const [at, setAt] = useState(-1)
  const shown = useMemo(() => {
    const kept = entries.filter((one) => (!onlyChanges || one.changes?.length) && (!onlyFiles || one.files?.length))
    return kept.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0) * (newFirst ? -1 : 1))
  }, [entries, newFirst, onlyChanges, onlyFiles])
  const move = (by: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, at + by))
    setAt(next)
    document.getElementById(`entry-${shown[next]?.id}`)?.scrollIntoView({ block: 'nearest' })
  }
  useKeys('时间轴', [{ keys: 'j', label: '下一条', run: () => move(1) }, { keys: 'k', label: '上一条', run: () => move(-1) }])
  return (
    <div>
      <div className="ms-timeline-bar">
        <Checkbox checked={onlyChanges} onChange={(e) => setOnlyChanges(e.target.checked)}>{t('timeline.onlyChanges')}</Checkbox>
        <Checkbox checked={onlyFiles} onChange={(e) => setOnlyFiles(e.target.checked)}>{t('timeline.onlyFiles')}</Checkbox>
        <span className="ms-grow" />
        <button type="button" className="ms-link-button" onClick={() => setNewFirst(!newFirst)}>{newFirst ? t('timeline.newFirst') : t('timeline.oldFirst')}</button>
      </div>
      {shown.length === 0 ? <Empty kind="filter" /> : null}
      <ol className="ms-timeline">
        {shown.map((entry, i) => (
          <li key={entry.id} id={`entry-${entry.id}`} data-current={i === at || undefined}>
            <span className="ms-timeline-shape" data-tone={entry.tone ?? 'calm'} aria-hidden="true">{shapes[entry.tone ?? 'calm']}</span>
            <div className="ms-timeline-head">
              <Time iso={entry.at} />
              <strong>{entry.title}</strong>
              <span className="ms-muted">{[entry.unit, entry.by].filter(Boolean).join('·')}</span>
              {entry.tookMs ? <span className="ms-hint">{t('timeline.took', { time: duration(entry.tookMs) })}</span> : null}
              {entry.slowest ? <Tag tone="near">{t('timeline.slowest')}</Tag> : null}
            </div>
            {renderEntry?.(entry) ?? <EntryBody entry={entry} />}
          </li>
        ))}
      </ol>
      {hidden ? <p className="ms-hint">{t('timeline.hidden')}</p> : null}
    </div>
  )
}

function EntryBody({ entry }: { entry: TimelineEntry }): ReactElement {
  return (
    <>
      {entry.text ? <p className="ms-timeline-text">{entry.text}</p> : null}
      {entry.changes?.length ? <Changes changes={entry.changes} /> : null}
      {entry.files?.length ? <Attachments value={entry.files} readOnly /> : null}
    </>
  )
}

/** Fields old → new; the words del and ins carry the meaning for readers. */
export function Changes({ changes }: { changes: TimelineChange[] }): ReactElement {
  return (
    <dl className="ms-changes">
      {changes.map((change) => (
        <div key={change.label}>
          <dt>{change.label}</dt>
          <dd><del>{change.old || t('timeline.blank')}</del> <span aria-hidden="true">→</span> <ins>{change.new || t('timeline.blank')}</ins></dd>
        </div>
      ))}
    </dl>
  )
}
