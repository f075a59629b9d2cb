// How often each label was used in a period, merged ones under the survivor; each number opens its orders.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { DateInput } from '../../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Section } from '../../../ui/Page.tsx'
import { day, fromEpoch, now } from '../../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

const DAY = 86_400_000

export function LabelStatistics({ classCode, classes }: { classCode: string; classes: OutputOf<'listLabelClasses'>['items'] }): ReactElement {
  const [from, setFrom] = useState<string>(() => day(fromEpoch(now() - 29 * DAY)))
  const [to, setTo] = useState<string>(() => day(fromEpoch(now())))
  const figures = useQueryOf('labelStatistics', { from, to, ...(classCode ? { classCode } : {}) }, { keepPrevious: true })
  return (
    <Section flush title={t('statistics')} extra={<span className="ms-row">{t('from')}<DateInput value={from} onChange={(next) => next && setFrom(next)} />{t('to')}<DateInput value={to} onChange={(next) => next && setTo(next)} /></span>}>
      <QueryView query={figures}>
        {(data) => (data.items.every((one) => one.count + one.previous === 0) ? <Empty kind="done" text={t('statNone')} /> : (
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('className')}</th><th scope="col" className="ms-num">{t('count')}</th><th scope="col" className="ms-num">{t('previous')}</th><th scope="col" className="ms-num">{t('change')}</th><th scope="col">{t('included')}</th></tr></thead>
            <tbody>{data.items.filter((one) => one.count + one.previous > 0).map((one) => (
              <tr key={one.id}>
                <td>{one.name}</td><td>{classes.find((kind) => kind.code === one.classCode)?.name ?? one.classCode}</td><td className="ms-num">{one.link ? <Link to={one.link}>{one.count}</Link> : one.count}</td><td className="ms-num">{one.previous}</td><td className="ms-num">{one.count - one.previous > 0 ? '+' : ''}{one.count - one.previous}</td><td>{one.included.join('、') || '–'}</td>
              </tr>
            ))}</tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}
