// The three rates of each unit directly below the chosen one (or below the centre): worst satisfaction first.
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { count, rate } from '../../ui/numbers.ts'
import { Section } from '../../ui/Page.tsx'
import { rowsPath } from './period.ts'
import type { Period } from '../../ui/period.ts'
import { t } from './texts.zh-CN.ts'

type Line = OutputOf<'callbackRatesByUnit'>['items'][number]

export function RatesByUnit({ period, unitId }: { period: Period; unitId: string | undefined }): ReactElement {
  const lines = useQueryOf('callbackRatesByUnit', { ...period, ...(unitId ? { unitId } : {}) }, { keepPrevious: true })
  const cell = (line: Line, key: 'response' | 'solved' | 'satisfied', figure: string) => {
    const { rate: value, base } = line[key]
    return <td className="ms-num"><Link to={rowsPath(period, `${figure}.yes`, line.unitId)} title={t('stats.base', { n: count(base) })}>{rate(value)}</Link></td>
  }
  return (
    <Section title={t('stats.byUnit')} extra={<span className="ms-hint">{t('stats.byUnitHint')}</span>}>
      <QueryView query={lines}>
        {(data) => (data.items.length === 0 ? <span className="ms-hint">{t('stats.byUnitNone')}</span> : (
          <table className="ms-callback-table">
            <caption className="ms-hidden">{t('stats.byUnit')}</caption>
            <thead><tr><th scope="col">{t('stats.unitName')}</th><th scope="col" className="ms-num">{t('stats.count')}</th><th scope="col" className="ms-num">{t('stats.response')}</th><th scope="col" className="ms-num">{t('stats.solved')}</th><th scope="col" className="ms-num">{t('stats.satisfied')}</th></tr></thead>
            <tbody>
              {data.items.map((line) => (
                <tr key={line.unitId}>
                  <th scope="row">{line.unitName}</th>
                  <td className="ms-num"><Link to={rowsPath(period, 'calledBack', line.unitId)}>{count(line.calledBack)}</Link></td>
                  {cell(line, 'response', 'contacted')}{cell(line, 'solved', 'solved')}{cell(line, 'satisfied', 'satisfied')}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}
