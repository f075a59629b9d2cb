// What a change changes, field by field, before and after side by side; unchanged fields only on demand.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useQueryOf } from '../../../api/queries.ts'
import { valueLines } from './values.ts'
import { t } from './texts.zh-CN.ts'

type Row = { field: string; label: string; before: unknown; after: unknown; changed: boolean }

/** Ids in contents in words: units, directories, appeal types. */
function useNames(): ReadonlyMap<string, string> {
  const units = useQueryOf('getUnitTree', { disabled: 'true' }, { staleTime: 300_000 })
  const directories = useQueryOf('matterDirectoryTree', { all: 'true' }, { staleTime: 60_000 })
  const types = useQueryOf('listAppealTypes', { all: 'true' }, { staleTime: 300_000 })
  return new Map([...(units.data?.items ?? []), ...(directories.data?.items ?? []), ...(types.data?.items ?? [])].map((one) => [one.id, one.name]))
}

export function Difference({ rows, single }: { rows: readonly Row[]; single?: boolean }): ReactElement {
  const names = useNames()
  const [all, setAll] = useState(false)
  const changed = rows.filter((row) => row.changed)
  const filled = single ? rows.filter((row) => valueLines(row.field, row.after ?? row.before, names).join() !== t('none')) : changed
  const shown = all ? rows : filled
  const hidden = rows.length - filled.length
  return (
    <>
      {shown.length === 0 ? <p className="ms-muted" style={{ margin: 'var(--ms-space-3) var(--ms-space-4)' }}>{t('noDifference')}</p> : (
        <table className="ms-plain-table ms-difference">
          <thead><tr><th scope="col" style={{ inlineSize: 110 }}>{t('field')}</th>{single ? <th scope="col">{t('after')}</th> : <><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></>}</tr></thead>
          <tbody>{shown.map((row) => (
            <tr key={row.field}>
              <th scope="row">{row.label}</th>
              {single ? null : <Lines lines={valueLines(row.field, row.before, names)} other={valueLines(row.field, row.after, names)} mark={row.changed ? 'del' : null} />}
              <Lines lines={valueLines(row.field, single ? (row.after ?? row.before) : row.after, names)} other={valueLines(row.field, row.before, names)} mark={row.changed && !single ? 'ins' : null} />
            </tr>
          ))}</tbody>
        </table>
      )}
      {hidden > 0 && !single ? <button type="button" className="ms-link-button" style={{ padding: 'var(--ms-space-2) var(--ms-space-4)' }} onClick={() => setAll(!all)}>{t('unchanged', { n: hidden })}</button> : null}
    </>
  )
}

function Lines({ lines, other, mark }: { lines: string[]; other: string[]; mark: 'ins' | 'del' | null }): ReactElement {
  return <td>{lines.map((line, i) => { const Mark = mark && !other.includes(line) ? mark : 'span'; return <div key={i}><Mark>{line}</Mark></div> })}</td>
}
