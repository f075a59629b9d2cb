// Reports that were sent to the reader and his units, and those he sent, with what became of them.
import { Button, Input, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { SendingActs, toneOfWay } from './Circulation.tsx'
import { t } from './texts.zh-CN.ts'
import './reports.css'

const states = ['sent', 'read', 'adopted', 'returned', 'recalled'] as const

export default function CirculationPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const set = (key: string, value: string): void => setSearch((held) => { const next = new URLSearchParams(held); if (value) next.set(key, value); else next.delete(key); if (key !== 'cursor') next.delete('cursor'); return next }, { replace: true })
  const box = search.get('box') === 'out' ? 'out' : 'in'
  const [state, q, cursor] = [search.get('state'), search.get('q'), search.get('cursor')]
  const query = useQueryOf('listReportCirculation', { box, ...(state ? { state: state as 'sent' } : {}), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}), limit: 100 }, { keepPrevious: true })
  useTopic('reports', ['listReportCirculation'])
  return (
    <Page title={t('circulation')} acts={<Link to="/analytics/reports">{t('reports')}</Link>} bar={
      <div className="ms-data-bar">
        <Segmented value={box} options={(['in', 'out'] as const).map((value) => ({ value, label: t(`box.${value}`) }))} onChange={(value) => set('box', value === 'out' ? value : '')} />
        <Select aria-label={t('state')} style={{ inlineSize: 130 }} value={state ?? ''} onChange={(value: string) => set('state', value)} options={[{ value: '', label: t('anyWayState') }, ...states.filter((one) => box === 'out' || one !== 'recalled').map((value) => ({ value, label: t(`way.${value}`) }))]} />
        <Input.Search aria-label={t('findWay')} placeholder={t('findWay')} allowClear style={{ inlineSize: 240 }} defaultValue={q ?? ''} onSearch={(value) => set('q', value)} />
        {query.data && query.data.waiting > 0 ? <span className="ms-hint">{t('boxWaiting', { n: query.data.waiting })}</span> : null}
      </div>
    }>
      <QueryView query={query}>
        {({ items, next }) => items.length === 0 ? <Empty kind="filter" text={t('noWay')} hint={t('noWayHint')} /> : (
          <Section flush>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('circulation')}</caption>
              <thead><tr><th scope="col">{t('report')}</th><th scope="col">{box === 'in' ? t('sender') : t('receiver')}</th><th scope="col">{t('sentAt')}</th><th scope="col">{t('state')}</th><th scope="col">{t('readOf')}</th><th scope="col">{t('answer')}</th><th scope="col"><span className="ms-hidden">{t('more')}</span></th></tr></thead>
              <tbody>{items.map((one) => (
                <tr key={one.id}>
                  <td>{one.open ? <Link to={`/analytics/reports/${one.reportId}`}>{one.state === 'sent' && box === 'in' ? <strong>{one.reportName}</strong> : one.reportName}</Link> : <>{one.reportName} <span className="ms-hint">{one.reportStateName}</span></>}{one.note ? <div className="ms-hint">{one.note}</div> : null}</td>
                  <td>{box === 'in' ? <>{one.fromName}<div className="ms-hint">→ {one.toName}</div></> : one.toName}</td>
                  <td><Time iso={one.sentAt} /></td><td><Tag tone={toneOfWay[one.state]}>{one.stateName}</Tag></td>
                  <td>{one.readAt ? <>{one.readByName} <Time iso={one.readAt} /></> : '–'}</td>
                  <td>{one.answeredAt ? <>{one.answeredByName} <Time iso={one.answeredAt} />{one.opinion ? <div className="ms-hint">{one.opinion}</div> : null}</> : '–'}</td>
                  <td><div className="ms-row"><SendingActs one={one} /></div></td>
                </tr>
              ))}</tbody>
            </table>
            {next || cursor ? <div className="ms-row">{cursor ? <Button type="link" onClick={() => set('cursor', '')}>{t('newest')}</Button> : null}{next ? <Button type="link" onClick={() => set('cursor', next)}>{t('older')}</Button> : null}</div> : null}
          </Section>
        )}
      </QueryView>
    </Page>
  )
}
