// Outside directories that are fetched every night: address, hour, what the last night did.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Source = OutputOf<'listDirectorySources'>['items'][number]

export function Sources(): ReactElement {
  const read = useQueryOf('listDirectorySources', {})
  const send = useAct('listDirectorySources', 'listDirectorySyncRuns', 'listDirectorySyncConflicts')
  const [editing, setEditing] = useState<Source | 'new' | null>(null)
  const one = editing === 'new' ? null : editing
  const attempt = (work: Promise<unknown>, done: string) => void work.then(() => say(done), (error: unknown) => say(asProblem(error).message, 'over'))
  const remove = async (row: Source) => {
    if (await confirm({ title: `${t('remove')}“${row.source}”`, text: t('removeAsk'), verb: t('remove'), danger: true })) attempt(send('removeDirectorySource', { source: row.source }), t('saved'))
  }
  return (
    <>
      <QueryView query={read}>
        {({ items }) => (
          <Section title={t('sources')} flush={items.length > 0} extra={<Button size="small" onClick={() => setEditing('new')}>{t('addSource')}</Button>}>
            {items.length === 0 ? <Empty kind="done" text={t('noSources')} hint={t('sourcesHint')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('sources')}</caption>
                <thead><tr><th scope="col" style={{ inlineSize: 120 }}>{t('source')}</th><th scope="col">{t('url')}</th><th scope="col" style={{ inlineSize: 100 }}>{t('atHour')}</th><th scope="col">{t('last')}</th><th scope="col" style={{ inlineSize: 200 }} /></tr></thead>
                <tbody>{items.map((row) => (
                  <tr key={row.source}>
                    <td className="ms-code">{row.source}</td><td><bdi>{row.url}</bdi></td><td>{row.enabled ? t('hour', { n: row.atHour }) : <Tag tone="calm">{t('off')}</Tag>}</td>
                    <td>{row.lastAt ? <><Tag tone={row.lastOk ? 'ok' : 'over'}><Time iso={row.lastAt} /></Tag> {row.lastText}</> : <span className="ms-hint">{t('never')}</span>}</td>
                    <td><span className="ms-row"><button type="button" className="ms-link-button" onClick={() => attempt(send('pullDirectorySource', { source: row.source }), t('pulled'))}>{t('pull')}</button><button type="button" className="ms-link-button" onClick={() => setEditing(row)}>{t('edit')}</button><button type="button" className="ms-link-button" onClick={() => void remove(row)}>{t('remove')}</button></span></td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
      <ActDrawer key={one ? `${one.source} ${one.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={one ? `${t('edit')} ${one.source}` : t('addSource')} submitLabel={t(one ? 'edit' : 'addSource')} notice={t('sourcesHint')}
        initial={one ? { url: one.url, atHour: one.atHour, enabled: one.enabled } : { atHour: 2, enabled: true }}
        schema={{ type: 'object', required: [...(one ? [] : ['source']), 'url', 'atHour'], properties: {
          ...(one ? {} : { source: { type: 'string' as const, title: t('source'), description: t('sourceHint'), maxLength: 40 } }), url: { type: 'string', title: t('url'), maxLength: 500 }, token: { type: 'string', title: t('token'), description: t(one?.tokenSet ? 'tokenKept' : 'tokenHint'), maxLength: 500 },
          atHour: { type: 'integer', title: t('atHour'), minimum: 0, maximum: 23, 'x-half': true }, enabled: { type: 'boolean', title: t('enabled'), 'x-half': true },
        } }}
        submit={async (values) => {
          await send('saveDirectorySource', { token: '', enabled: false, ...values, source: one?.source ?? values.source, version: one?.version ?? 0 })
          say(t('saved'))
        }} />
    </>
  )
}
