// Versions of the words a model is asked with: write a new one, take an earlier one back.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Prompt = OutputOf<'listAiPrompts'>['items'][number]
const isKnown = (code: string): code is 'summary' | 'draft' => code === 'summary' || code === 'draft'

export function PromptsPart(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listAiPrompts', {})
  const send = useAct('listAiPrompts')
  const [editing, setEditing] = useState<Prompt | null>(null)
  const use = (one: Prompt) => { if (isKnown(one.application)) void send('useAiPrompt', { application: one.application, number: one.number }).then(() => say(t('saved')), (error: unknown) => say(asProblem(error).message, 'over')) }
  return (
    <QueryView query={list}>
      {({ items }) => (
        <div className="ms-stack">
          {[...new Set(items.map((one) => one.application))].map((application) => {
            const versions = items.filter((one) => one.application === application)
            const live = versions.find((one) => one.live)
            return (
              <Section key={application} title={versions[0]?.applicationName ?? application} extra={can('ai.manage') && live ? <Button size="small" type="primary" onClick={() => setEditing(live)}>{t('prompt.new')}</Button> : null}>
                <ul className="ms-plain-list">
                  {versions.map((one) => (
                    <li key={one.number}>
                      <div className="ms-row"><strong>{one.number === 0 ? t('prompt.shipped') : t('version', { n: one.number })}</strong>{one.live ? <Tag tone="ok">{t('state.live')}</Tag> : can('ai.manage') ? <Button size="small" type="link" onClick={() => use(one)}>{t('switch')}</Button> : null}{one.at ? <span className="ms-hint">{one.byName} <Time iso={one.at} /> · {one.reason}</span> : null}</div>
                      <p className="ms-text">{one.text}</p>
                    </li>
                  ))}
                </ul>
              </Section>
            )
          })}
          {editing ? (
            <ActDrawer open onClose={() => setEditing(null)} onDone={() => setEditing(null)} title={t('prompt.new')} sub={editing.applicationName} submitLabel={t('save')} initial={{ text: editing.text }}
              notice={<span className="ms-hint">{t('prompt.guard')}</span>}
              schema={{ type: 'object', required: ['text', 'reason'], properties: { text: { type: 'string', format: 'textarea', title: t('prompt.text'), maxLength: 4000 }, reason: { type: 'string', title: t('reason'), minLength: 2, maxLength: 200 } } }}
              submit={async (v) => {
                if (isKnown(editing.application)) await send('saveAiPrompt', { application: editing.application, text: String(v.text), reason: String(v.reason) })
                say(t('saved'))
              }} />
          ) : null}
        </div>
      )}
    </QueryView>
  )
}
