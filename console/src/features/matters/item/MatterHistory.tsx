// Changes of one object with who asked, who decided and what differed; the published versions behind them.
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { InputOf, OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { QueryView } from '../../../ui/Empty.tsx'
import { Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { Difference } from '../parts/Difference.tsx'
import { t as shared } from '../parts/texts.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Kind = InputOf<'listMatterVersions'>['kind']
type Change = OutputOf<'listMatterChanges'>['items'][number]
const tones = { pending: 'near', scheduled: 'primary', approved: 'ok', returned: 'over', recalled: 'calm' } as const
const names = { pending: shared('pendingReview'), scheduled: shared('scheduled'), approved: shared('approve'), returned: shared('return'), recalled: shared('act_recall') }

export function MatterHistory({ kind, id }: { kind: Kind; id: string }): ReactElement {
  const changes = useQueryOf('listMatterChanges', { objectKind: kind, objectId: id, limit: 100 })
  const versions = useQueryOf('listMatterVersions', { kind, id })
  const [open, setOpen] = useState<string | null>(null)
  const [comparing, setComparing] = useState(false)
  return (
    <>
      <Section title={t('changes')} flush={(changes.data?.items.length ?? 0) > 0}>
        <QueryView query={changes}>
          {(data) => (data.items.length === 0 ? <span className="ms-muted">{t('noChanges')}</span> : (
            <div>{data.items.map((change) => <ChangeRow key={change.id} change={change} open={open === change.id} onToggle={() => setOpen(open === change.id ? null : change.id)} />)}</div>
          ))}
        </QueryView>
      </Section>
      {versions.data?.items.length ? (
        <Section flush title={t('versions')} extra={versions.data.items.length > 1 ? <button type="button" className="ms-link-button" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>{t('compare')}</button> : null}>
          {comparing ? <VersionCompare kind={kind} id={id} versions={versions.data.items.map((one) => one.version)} /> : null}
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{shared('version')}</th><th scope="col">{shared('state')}</th><th scope="col">{shared('decidedBy')}</th><th scope="col">{shared('opinion')}</th></tr></thead>
            <tbody>{versions.data.items.map((version) => <tr key={version.version}><td>{shared('versionN', { n: version.version })}</td><td>{stateName(version.state)}</td><td>{version.byName} <Time iso={version.at} /></td><td>{version.opinion ?? '–'}</td></tr>)}</tbody>
          </table>
        </Section>
      ) : null}
    </>
  )
}

/** Any two published versions side by side. */
function VersionCompare({ kind, id, versions }: { kind: Kind; id: string; versions: readonly number[] }): ReactElement {
  const [after, setAfter] = useState(versions[0] ?? 1)
  const [before, setBefore] = useState(versions[1] ?? 1)
  const difference = useQueryOf('compareMatterVersions', { kind, id, version: after, with: before })
  const options = versions.map((n) => ({ value: n, label: shared('versionN', { n }) }))
  return (
    <>
      <div className="ms-row" style={{ padding: 'var(--ms-space-2) var(--ms-space-4)' }}><Select size="small" aria-label={shared('before')} value={before} options={options} onChange={setBefore} />→<Select size="small" aria-label={shared('after')} value={after} options={options} onChange={setAfter} /></div>
      <QueryView query={difference}>{(data) => <Difference rows={data.difference} />}</QueryView>
    </>
  )
}

const stateNames: Record<string, string> = { draft: shared('draft'), pendingReview: shared('pendingReview'), effective: shared('effective'), rejected: shared('rejected'), withdrawn: shared('withdrawn'), offline: shared('offline'), void: shared('void') }
const stateName = (state: string): string => stateNames[state] ?? state

function ChangeRow({ change, open, onToggle }: { change: Change; open: boolean; onToggle: () => void }): ReactElement {
  const detail = useQueryOf('getMatterChange', { id: change.id }, { enabled: open })
  return (
    <div className="ms-changerow">
      <div className="ms-row" style={{ padding: 'var(--ms-space-2) var(--ms-space-4)' }}>
        <button type="button" className="ms-link-button" aria-expanded={open} onClick={onToggle}>{change.operation}</button>
        <Tag tone={tones[change.state]}>{names[change.state]}</Tag>
        {change.version ? <Tag>{shared('versionN', { n: change.version })}</Tag> : null}
        <span>{shared('submittedBy')} {change.submittedByName} <Time iso={change.submittedAt} /></span>
        {change.decidedByName ? <span className="ms-muted">{shared('decidedBy')} {change.decidedByName} <Time iso={change.decidedAt} /></span> : null}
        {change.reason ? <span className="ms-muted">{change.reason}</span> : null}
        {change.opinion ? <span>{t('opinion', { text: change.opinion })}</span> : null}
        <span className="ms-grow" />
        <button type="button" className="ms-link-button" aria-expanded={open} onClick={onToggle}>{open ? t('less') : t('compare')}</button>
      </div>
      {open ? <QueryView query={detail}>{(data) => <Difference rows={data.difference} single={change.kind !== 'modify'} />}</QueryView> : null}
    </div>
  )
}
