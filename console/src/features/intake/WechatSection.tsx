// Official account and mini program: whether they work, what is missing, the menu.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import type { FormSchema } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type App = OutputOf<'listWechatAccounts'>['items'][number]

export function WechatSection(): ReactElement {
  const list = useQueryOf('listWechatAccounts', {})
  const [edited, setEdited] = useState<App | null>(null)
  return (
    <>
      <QueryView query={list}>{(data) => <>{data.items.map((one) => <AppSection key={one.app} app={one} onEdit={() => setEdited(one)} />)}</>}</QueryView>
      {edited ? <Configure key={`${edited.app}:${edited.version}`} app={edited} onClose={() => setEdited(null)} /> : null}
    </>
  )
}

function AppSection({ app, onEdit }: { app: App; onEdit: () => void }): ReactElement {
  const publish = useCommand('publishWechatMenu', { invalidates: ['listWechatAccounts'] })
  const official = app.app === 'officialAccount'
  return (
    <Section title={app.name} extra={<><Tag tone={app.problem === null && app.enabled ? 'ok' : 'near'}>{app.problem === null && app.enabled ? t('ready') : t('notReady')}</Tag> <Button onClick={onEdit}>{t('configure')}</Button>{official ? <> <Button loading={publish.isPending} disabled={!app.enabled} onClick={() => void publish.mutateAsync({}).then(() => say(t('menuPublished')), (error: unknown) => say(asProblem(error).message, 'over'))}>{t('publishMenu')}</Button></> : null}</>}>
      <Facts columns={2} items={[
        { label: t('appId'), value: app.appId || t('none') }, { label: t('problem'), value: app.problem ?? '', hidden: app.problem === null }, { label: t('bound'), value: app.bound }, { label: t('failed'), value: app.failed, hidden: !official },
        { label: t('callback'), value: app.callback, hidden: !official }, { label: t('menuAt'), value: app.menuAt ? <Time iso={app.menuAt} /> : t('menuNever'), hidden: !official },
        { label: t('menu'), value: app.menu.map((m) => (m.urls.length > 1 ? `${m.name}（${m.urls.map((u) => u.name).join('、')}）` : m.name)).join('，'), hidden: !official },
        { label: t('miniEntry'), value: app.callback.replace(/\/api.*$/, '/wechat?to=/&mp=<wx.login code>'), hidden: official },
      ]} />
    </Section>
  )
}

function Configure({ app, onClose }: { app: App; onClose: () => void }): ReactElement {
  const save = useCommand('saveWechatAccount', { invalidates: ['listWechatAccounts'] })
  const official = app.app === 'officialAccount'
  const schema: FormSchema = {
    type: 'object', required: ['appId'],
    properties: {
      enabled: { type: 'boolean', title: t('enabled') }, appId: { type: 'string', title: t('appId'), maxLength: 40 }, secret: { type: 'string', title: t('secret'), maxLength: 200, ...(app.secretSet ? { description: t('keepSecret') } : {}) },
      ...(official ? {
        token: { type: 'string' as const, title: t('token'), maxLength: 200, ...(app.tokenSet ? { description: t('keepSecret') } : {}) }, templateId: { type: 'string' as const, title: t('templateId'), maxLength: 100 },
        titleKey: { type: 'string' as const, title: t('titleKey'), description: t('keyHelp'), maxLength: 30 }, textKey: { type: 'string' as const, title: t('textKey'), maxLength: 30 }, timeKey: { type: 'string' as const, title: t('timeKey'), maxLength: 30 },
      } : {}),
      baseUrl: { type: 'string', title: t('baseUrl'), description: t('baseUrlHelp'), maxLength: 200 },
    },
  }
  return (
    <ActDrawer open onClose={onClose} title={t('configure')} sub={app.name} submitLabel={t('save')} schema={schema}
      initial={{ enabled: app.enabled, appId: app.appId, templateId: app.templateId, titleKey: app.titleKey, textKey: app.textKey, timeKey: app.timeKey, baseUrl: app.baseUrl }}
      submit={async (v) => {
        const text = (name: string): string => (typeof v[name] === 'string' ? v[name] : '')
        await save.mutateAsync({ app: app.app, version: app.version, enabled: v.enabled === true, appId: text('appId'), secret: text('secret'), token: text('token'), templateId: text('templateId'), titleKey: text('titleKey'), textKey: text('textKey'), timeKey: text('timeKey'), baseUrl: text('baseUrl') })
        say(t('saved'))
      }} />
  )
}
