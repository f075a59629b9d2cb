// 分项统计: the figures of the period by seat, manner, result, attempts, month or source; every number opens to its rows.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { count, rate } from '../../ui/numbers.ts'
import { Section } from '../../ui/Page.tsx'
import { rowsPath } from './period.ts'
import type { Period } from '../../ui/period.ts'
import { t } from './texts.zh-CN.ts'

const kinds = ['seat', 'manner', 'outcome', 'attempts', 'month', 'source'] as const
type By = (typeof kinds)[number]
const questions = [{ key: 'response', figure: 'contacted' }, { key: 'solved', figure: 'solved' }, { key: 'satisfied', figure: 'satisfied' }] as const

export function Breakdown({ period, unitId }: { period: Period; unitId: string | undefined }): ReactElement {
  const [by, setBy] = useState<By>('seat')
  const lines = useQueryOf('callbackBreakdown', { ...period, by, ...(unitId ? { unitId } : {}) }, { keepPrevious: true })
  const figure = (n: number, name: string, key: string): ReactElement => (n === 0 ? <>0</> : <Link to={rowsPath(period, name, unitId, { by, key })}>{count(n)}</Link>)
  return (
    <Section flush title={t('stats.breakdown')} extra={<Segmented<By> value={by} onChange={setBy} options={kinds.map((value) => ({ value, label: t(`by.${value}`) }))} />}>
      <QueryView query={lines}>
        {({ items }) => (items.length === 0 ? <Empty kind="done" text={t('rows.none')} /> : (
          <table className="ms-plain-table">
            <caption className="ms-hidden">{t('stats.breakdown')}</caption>
            <thead><tr><th scope="col">{t(`by.${by}`)}</th>{(['calledBack', 'notReached', 'returned', 'recheck', 'response', 'solved', 'satisfied'] as const).map((key) => <th key={key} scope="col" className="ms-num">{t(`stats.${key}`)}</th>)}</tr></thead>
            <tbody>{items.map((one) => (
              <tr key={one.key}>
                <td>{one.name}</td><td className="ms-num">{figure(one.calledBack, 'calledBack', one.key)}</td><td className="ms-num">{figure(one.notReached, 'notReached', one.key)}</td><td className="ms-num">{count(one.returned)}</td><td className="ms-num">{count(one.recheck)}</td>
                {questions.map(({ key, figure: name }) => <td key={key} className="ms-num">{one[key].base === 0 ? '–' : <Link to={rowsPath(period, `${name}.yes`, unitId, { by, key: one.key })}>{rate(one[key].rate)}</Link>}</td>)}
              </tr>
            ))}</tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}
