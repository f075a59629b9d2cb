// Templates by type and channel, with checked placeholders and a preview while writing.
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useDeferredValue, useState } from 'react'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { say } from '../../../ui/notices.ts'
import { Section } from '../../../ui/Page.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { channelChoices, channelNames } from './channel-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Template = OutputOf<'listMessageTemplates'>['items'][number]
type Type = OutputOf<'listMessageTypeDetails'>['items'][number]
type Channel = Template['channel']
const isChannel = (value: unknown): value is Channel => channelChoices.some((one) => one.value === value)

export function TemplatesTab(): ReactElement {
  const { can } = useSession()
  const manage = can('platform.manageMessages')
  const list = useQueryOf('listMessageTemplates', {})
  const types = useQueryOf('listMessageTypeDetails', {})
  const send = useAct('listMessageTemplates')
  const [editing, setEditing] = useState<Template | 'new' | null>(null)
  const template = editing === 'new' ? null : editing
  const restore = async (one: Template) => {
    if (!(await confirm({ title: t('restoreDefault'), text: t('restoreAsk'), verb: t('restoreDefault'), danger: true }))) return
    try {
      await send('deleteMessageTemplate', { type: one.type, channel: one.channel })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={list}>
      {(data) => (
        <Section flush={data.items.length > 0} title={<span className="ms-row">{t('templates')} <span className="ms-hint">{t('noTemplatesHint')}</span></span>} extra={manage ? <Button size="small" type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setEditing('new')}>{t('addTemplate')}</Button> : null}>
          {data.items.length === 0 ? <Empty kind="done" text={t('noTemplates')} hint={t('noTemplatesHint')} /> : (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('type')}</th><th scope="col">{t('channel')}</th><th scope="col">{t('textField')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={`${one.type} ${one.channel}`}>
                  <td>{one.typeName}</td><td>{channelNames[one.channel]}</td><td className="ms-pre">{one.title ? <strong>{one.title}<br /></strong> : null}{one.text}</td>
                  <td className="ms-num">{manage ? <span className="ms-row" style={{ justifyContent: 'flex-end' }}><button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('edit')}</button><button type="button" className="ms-link-button" onClick={() => void restore(one)}>{t('restoreDefault')}</button></span> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
          <ActDrawer key={template ? `${template.type} ${template.channel} ${template.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={template ? t('editTemplate') : t('addTemplate')} sub={template ? `${template.typeName} · ${channelNames[template.channel]}` : undefined} submitLabel={t('save')}
            initial={template ? { title: template.title, text: template.text } : { channel: 'sms' }}
            side={(form) => <Preview types={types.data?.items ?? []} type={template?.type ?? String(form.value.type ?? '')} channel={template?.channel ?? form.value.channel} title={String(form.value.title ?? '')} text={String(form.value.text ?? '')} />}
            schema={{
              type: 'object', required: template ? ['text'] : ['type', 'channel', 'text'],
              properties: {
                ...(template ? {} : {
                  type: { type: 'string' as const, title: t('type'), 'x-buttons': false, oneOf: (types.data?.items ?? []).map((type) => ({ const: type.code, title: `${type.name}（${type.code}）` })) },
                  channel: { type: 'string' as const, title: t('channel'), oneOf: channelChoices.map((one) => ({ const: one.value, title: one.label })) },
                }),
                title: { type: 'string', title: t('titleField'), maxLength: 100 }, text: { type: 'string', title: t('textField'), format: 'textarea', maxLength: 1000 },
              },
            }}
            submit={async (values) => {
              await send('saveMessageTemplate', { type: template?.type ?? String(values.type), channel: template?.channel ?? values.channel, title: values.title ?? '', text: values.text, version: template?.version ?? 0 })
              say(t('saved'))
            }} />
        </Section>
      )}
    </QueryView>
  )
}

function Preview({ types, type, channel, title, text }: { types: readonly Type[]; type: string; channel: unknown; title: string; text: string }): ReactElement | null {
  const asked = useDeferredValue(JSON.stringify([type, channel, title, text]))
  const shown = useQuery({
    queryKey: ['templatePreview', asked],
    queryFn: () => (isChannel(channel) ? call('previewMessageTemplate', { type, channel, title, text }) : null),
    enabled: type !== '' && isChannel(channel), retry: false,
  })
  const known = types.find((one) => one.code === type)
  if (!known) return null
  return (
    <div className="ms-stack">
      <strong>{t('placeholders')}</strong>
      <div>{Object.entries(known.placeholders).map(([name, meaning]) => <div key={name}><span className="ms-code">{`{${name}}`}</span> {meaning}</div>)}</div>
      <strong>{t('preview')}</strong>
      {shown.data ? (
        <>
          <div className="ms-note ms-pre">{channel === 'sms' ? null : <strong>{shown.data.title}<br /></strong>}{shown.data.text}</div>
          <span className="ms-hint">{t('length', { n: shown.data.length })}</span>
          {shown.data.unknown.length > 0 ? <span className="ms-field-error">{t('unknown', { names: shown.data.unknown.map((name) => `{${name}}`).join('、') })}</span> : null}
        </>
      ) : null}
    </div>
  )
}
