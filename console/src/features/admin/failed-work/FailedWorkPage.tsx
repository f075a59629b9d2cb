// Events and jobs that keep failing: their error, another try, or giving up with a reason.
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Work = OutputOf<'listFailedWork'>['items'][number]

export default function FailedWorkPage(): ReactElement {
  const { can } = useSession()
  const manage = can('platform.retryFailedWork')
  const list = useQueryOf('listFailedWork', {})
  const send = useAct('listFailedWork')
  const [giving, setGiving] = useState<Work | null>(null)
  const retry = async (work: Work) => {
    try {
      await send('retryFailedWork', { key: work.id })
      say(t('retried'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Page title={t('title')} sub={t('sub')} bar={<div className="ms-note">{t('note')}</div>}>
      <QueryView query={list}>
        {(data) => (
          <Section flush={data.items.length > 0}>
            {data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('state')}</th><th scope="col">{t('name')}</th><th scope="col">{t('error')}</th><th scope="col" className="ms-num">{t('attempts')}</th><th scope="col" className="ms-num">{t('behind')}</th><th scope="col">{t('at')}</th><th scope="col">{t('next')}</th><th scope="col" /></tr></thead>
                <tbody>{data.items.map((work) => (
                  <tr key={work.id}>
                    <td><Tag tone={work.state === 'setAside' ? 'over' : 'near'}>{t(work.state)}</Tag></td>
                    <td>{t(`kind_${work.kind}`)} <span className="ms-code">{work.name}</span>{work.consumer ? <div className="ms-hint ms-code">{work.consumer}</div> : null}{work.objectId ? <div className="ms-hint ms-code">{work.objectId}</div> : null}</td>
                    <td className="ms-pre">{work.error}</td><td className="ms-num">{work.attempts}</td><td className="ms-num">{work.behind || '–'}</td><td><Time iso={work.at} /></td><td>{work.nextAt ? <Time iso={work.nextAt} /> : '–'}</td>
                    <td className="ms-num">{manage ? <span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}><button type="button" className="ms-link-button" onClick={() => void retry(work)}>{t('retry')}</button><button type="button" className="ms-link-button" onClick={() => setGiving(work)}>{t('discard')}</button></span> : null}</td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </Section>
        )}
      </QueryView>
      <ActDrawer open={giving !== null} onClose={() => setGiving(null)} title={t('discardTitle', { name: giving?.name ?? '' })} submitLabel={t('confirm')} notice={<div className="ms-note">{t('discardText')}</div>}
        schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), format: 'textarea', minLength: 4, maxLength: 300 } } }}
        submit={async (values) => {
          await send('discardFailedWork', { key: giving?.id ?? '', reason: values.reason })
          say(t('discarded'))
        }} />
    </Page>
  )
}
