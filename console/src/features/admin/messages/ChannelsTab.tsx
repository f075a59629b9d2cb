// Channels: how each is connected, on or off, what waits and what failed.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { say } from '../../../ui/notices.ts'
import { Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Channel = OutputOf<'listMessageChannels'>['items'][number]
type Adapter = Channel['adapters'][number]

/** Fields of all adapters, each shown with its own; a secret that is kept stays empty. */
function schemaOf(channel: Channel): FormSchema {
  const shared = new Map<string, Adapter[]>()
  for (const adapter of channel.adapters) for (const field of adapter.fields) shared.set(field.key, [...(shared.get(field.key) ?? []), adapter])
  const fields = [...shared].map(([key, adapters]) => {
    const field = adapters[0]?.fields.find((one) => one.key === key)
    const kept = field?.secret && channel.secretsSet.includes(key)
    return [key, { type: 'string' as const, title: field?.label ?? key, ...(field?.secret ? { format: 'password' } : {}), description: kept ? t('secretKept') : (field?.help ?? undefined), maxLength: 500, 'x-visibleIf': { field: 'adapter', in: adapters.map((one) => one.code) } }] as const
  })
  return {
    type: 'object', required: ['adapter', 'enabled'],
    properties: {
      adapter: { type: 'string', title: t('adapter'), oneOf: channel.adapters.map((one) => ({ const: one.code, title: one.name })) },
      enabled: { type: 'string', title: t('enabled'), oneOf: [{ const: 'yes', title: t('on') }, { const: 'no', title: t('off') }] },
      ...Object.fromEntries(fields),
    },
  }
}

export function ChannelsTab(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listMessageChannels', {})
  const send = useAct('listMessageChannels', 'list')
  const [editing, setEditing] = useState<Channel | null>(null)
  const [, setSearch] = useSearchParams()
  const manage = can('platform.manageMessages')
  const attempt = async (work: () => Promise<string>) => {
    try {
      say(await work())
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const tryIt = (channel: Channel) => attempt(async () => {
    await send('tryMessageChannel', { channel: channel.channel })
    return t('tried')
  })
  const retryAll = async (channel: Channel) => {
    if (!(await confirm({ title: t('retryAll'), text: t('retryAllAsk', { name: channel.name, n: channel.failed }), verb: t('resend') }))) return
    await attempt(async () => t('retriedN', { n: (await send('retryFailedDeliveries', { channel: channel.channel })).retried }))
  }
  return (
    <QueryView query={list}>
      {(data) => (
        <Section flush title={<span className="ms-row">{t('channels')} <span className="ms-hint">{t('inAppNote')}</span></span>}>
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('channel')}</th><th scope="col">{t('state')}</th><th scope="col">{t('adapter')}</th><th scope="col">{t('deliveries')}</th><th scope="col" /></tr></thead>
            <tbody>{data.items.map((channel) => (
              <tr key={channel.channel}>
                <td><strong>{channel.name}</strong></td>
                <td>{channel.enabled ? <Tag tone={channel.problem ? 'over' : 'ok'}>{channel.problem ? t('unusable') : t('on')}</Tag> : <Tag tone="calm">{t('off')}</Tag>} {channel.problem && channel.enabled ? <span className="ms-hint">{channel.problem}</span> : null}</td>
                <td>{channel.adapters.find((one) => one.code === channel.adapter)?.name ?? channel.adapter}</td>
                <td><span className="ms-row">{channel.waiting > 0 ? <span className="ms-hint">{t('waitingN', { n: channel.waiting })}</span> : null}{channel.failed > 0 ? <button type="button" className="ms-link-button" onClick={() => setSearch({ tab: 'deliveries', channel: channel.channel, state: 'failed' })}>{t('failedN', { n: channel.failed })}</button> : null}{channel.waiting + channel.failed === 0 ? '–' : null}</span></td>
                <td className="ms-num">{manage ? <span className="ms-row" style={{ justifyContent: 'flex-end' }}>{channel.failed > 0 ? <Button size="small" onClick={() => void retryAll(channel)}>{t('retryAll')}</Button> : null}<Button size="small" disabled={!channel.enabled} onClick={() => void tryIt(channel)}>{t('tryIt')}</Button><Button size="small" type="primary" onClick={() => setEditing(channel)}>{t('configure')}</Button></span> : null}</td>
              </tr>
            ))}</tbody>
          </table>
          {editing ? (
            <ActDrawer key={`${editing.channel} ${editing.version}`} open onClose={() => setEditing(null)} title={`${t('configure')}：${editing.name}`} submitLabel={t('save')} schema={schemaOf(editing)} initial={{ adapter: editing.adapter, enabled: editing.enabled ? 'yes' : 'no', ...editing.config }}
              submit={async (values) => {
                const { adapter, enabled, ...rest } = values
                const fields = editing.adapters.find((one) => one.code === adapter)?.fields ?? []
                const of = (secret: boolean) => Object.fromEntries(fields.filter((one) => one.secret === secret && typeof rest[one.key] === 'string').map((one) => [one.key, String(rest[one.key])]))
                await send('saveMessageChannel', { channel: editing.channel, adapter: String(adapter), enabled: enabled === 'yes', config: of(false), secrets: of(true), version: editing.version })
                say(t('saved'))
              }} />
          ) : null}
        </Section>
      )}
    </QueryView>
  )
}
