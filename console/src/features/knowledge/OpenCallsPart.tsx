// What connected applications read, and how much of the day's quota is left to each.
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Section, Time } from '../../ui/Page.tsx'
import { t } from './texts.zh-CN.ts'

export function OpenCallsPart(): ReactElement {
  const calls = useQueryOf('listKnowledgeOpenCalls', { limit: 50 })
  return (
    <Section title={t('openApi')} flush>
      <p className="ms-hint" style={{ padding: '10px 16px 0', margin: 0 }}>{t('openApiHelp')}</p>
      <QueryView query={calls}>{(data) => (
        <>
          <p style={{ padding: '0 16px' }}>{t('openQuota', { n: data.quota })}{data.today.map((one) => ` · ${t('openToday')} ${one.application} ${one.calls}`).join('')}</p>
          {data.items.length === 0 ? <Empty kind="done" text={t('openNone')} /> : (
            <table className="ms-plain-table"><thead><tr><th scope="col">{t('application')}</th><th scope="col">{t('type')}</th><th scope="col">{t('openFilter')}</th><th scope="col" className="ms-num">{t('openItems')}</th><th scope="col">{t('last')}</th></tr></thead>
              <tbody>{data.items.map((one) => <tr key={one.id}><td>{one.application}</td><td>{one.act === 'changes' ? t('openAct.changes') : t('openAct.query')}</td><td><code>{one.filter}</code></td><td className="ms-num">{one.items}</td><td><Time iso={one.at} /></td></tr>)}</tbody></table>
          )}
        </>
      )}</QueryView>
    </Section>
  )
}
