// Stored evaluations: what was measured on which data, how sure, by class, and where it errs (AI-50).
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Chart } from '../../ui/Figure.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { percent, t } from './texts.zh-CN.ts'

type Share = OutputOf<'listAiEvaluations'>['items'][number]['hit1']
const withInterval = (one: Share): string => t('interval', { value: percent(one.value), low: percent(one.low), high: percent(one.high) })

export default function EvaluationsPage(): ReactElement {
  const runs = useQueryOf('listAiEvaluations', {})
  const [params, setParams] = useSearchParams()
  const open = params.get('run')
  return (
    <Page title={t('evaluations')} sub={t('evaluationsHint')}>
      <QueryView query={runs}>
        {({ items }) => (
          <Section flush>
            {items.length === 0 ? <Empty kind="done" text={t('noRuns')} hint={t('noRunsHint')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('evaluations')}</caption>
                <thead><tr>{(['name', 'dataset', 'split', 'n', 'hit1', 'hitK', 'f1', 'at'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.id}>
                      <td><button type="button" className="ms-link-button" style={{ textAlign: 'start' }} onClick={() => setParams({ run: one.id })}>{one.modelNumber === null ? one.applicationName : t('onModel', { name: one.applicationName, n: one.modelNumber })}</button></td>
                      <td>{one.dataset}</td><td>{one.split}</td><td>{one.samples}</td><td>{withInterval(one.hit1)}</td><td>{withInterval(one.hitK)}</td><td>{percent(one.macroF1)}</td>
                      <td>{one.at === null ? t('product') : <Time iso={one.at} />}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
      {open ? <Drawer open size={760} title={t('detail')} onClose={() => setParams({})}><Detail id={open} /></Drawer> : null}
    </Page>
  )
}

function Detail({ id }: { id: string }): ReactElement {
  const run = useQueryOf('getAiEvaluation', { id })
  return (
    <QueryView query={run}>
      {({ quality, applicationName, dataset, split }) => (
        <div className="ms-stack">
          <div><strong>{applicationName}</strong> <span className="ms-hint">{dataset} · {split}</span></div>
          <Section title={t('curve')}>
            <Chart height={220} summary={t('curveSum')} table={{ columns: [t('covered'), t('precision')], rows: quality.curve.map((p) => [percent(p.covered), percent(p.precision)]) }}
              option={{ grid: { left: 52, right: 16, top: 16, bottom: 40 }, xAxis: { type: 'value', name: t('covered'), nameLocation: 'middle', nameGap: 26, min: 0, max: 100, axisLabel: { formatter: '{value}%' } }, yAxis: { type: 'value', scale: true, max: 100, axisLabel: { formatter: '{value}%' } }, tooltip: { trigger: 'axis' }, series: [{ type: 'line', name: t('precision'), data: quality.curve.map((p) => [Math.round(p.covered * 1000) / 10, Math.round(p.precision * 1000) / 10]) }] }} />
          </Section>
          <Section title={t('confusion')} flush>
            {quality.confusion.length === 0 ? <Empty kind="done" /> : (
              <table className="ms-plain-table"><thead><tr><th scope="col">{t('gold')}</th><th scope="col">{t('given')}</th><th scope="col">{t('count')}</th></tr></thead><tbody>{quality.confusion.slice(0, 15).map((one) => <tr key={`${one.gold} ${one.given}`}><td>{one.gold}</td><td>{one.given || '–'}</td><td>{one.n}</td></tr>)}</tbody></table>
            )}
          </Section>
          <Section title={t('byClass')} flush>
            <table className="ms-plain-table"><thead><tr>{(['class', 'n', 'precision', 'recall', 'f1'] as const).map((key) => <th key={key} scope="col">{key === 'f1' ? 'F1' : t(key)}</th>)}</tr></thead><tbody>{quality.byClass.filter((one) => one.n > 0).toSorted((a, b) => b.n - a.n).slice(0, 60).map((one) => <tr key={one.label}><td>{one.label}</td><td>{one.n}</td><td>{percent(one.precision)}</td><td>{percent(one.recall)}</td><td>{percent(one.f1)}</td></tr>)}</tbody></table>
          </Section>
        </div>
      )}
    </QueryView>
  )
}
