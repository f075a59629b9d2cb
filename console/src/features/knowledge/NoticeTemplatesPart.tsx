// Templates of notices: when, of which types, to whom; switched on and off together.
import { Button, Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { textList } from './pickers.ts'
import { t } from './texts.zh-CN.ts'

type Data = OutputOf<'listKnowledgeNoticeTemplates'>
type Template = Data['items'][number]
const marks = ['title', 'summary', 'code', 'type', 'unit', 'day'].map((one) => `{${one}}`).join(' ')
const triggers = ['added', 'changed', 'down', 'byHand'] as const

export function NoticeTemplatesPart(): ReactElement {
  const list = useQueryOf('listKnowledgeNoticeTemplates', {})
  const send = useAct('listKnowledgeNoticeTemplates')
  const [editing, setEditing] = useState<Template | 'new' | null>(null)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  const enable = (enabled: boolean) => void send('enableKnowledgeNoticeTemplates', { ids: [...chosen], enabled }).then(() => { setChosen([]); say(t('saved')) }, failed)
  const remove = async (one: Template) => { if (await confirm({ title: t('notice.deleteTemplate'), text: one.name, verb: t('remove'), danger: true })) await send('deleteKnowledgeNoticeTemplate', { id: one.id }).then(() => say(t('done')), failed) }
  return (
    <Section title={t('notice.templates')} flush extra={<span className="ms-row"><Button size="small" disabled={chosen.length === 0} onClick={() => enable(true)}>{t('notice.enable')}</Button><Button size="small" disabled={chosen.length === 0} onClick={() => enable(false)}>{t('notice.disable')}</Button><Button size="small" type="primary" onClick={() => setEditing('new')}>{t('add')}</Button></span>}>
      <QueryView query={list}>{(data) => (
        <>
          {data.items.length === 0 ? <Empty kind="done" text={t('notice.noTemplates')} hint={t('notice.noTemplatesHint')} /> : (
            <table className="ms-plain-table"><caption className="ms-hidden">{t('notice.templates')}</caption>
              <thead><tr><th scope="col" aria-label={t('notice.choose')} /><th scope="col">{t('name')}</th><th scope="col">{t('notice.trigger')}</th><th scope="col">{t('types')}</th><th scope="col">{t('notice.to')}</th><th scope="col">{t('notice.text')}</th><th scope="col" className="ms-num">{t('notice.used')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.id}>
                  <td><Checkbox aria-label={one.name} checked={chosen.includes(one.id)} onChange={(e) => setChosen(e.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))} /></td>
                  <td>{one.name} {one.enabled ? <Tag tone="ok">{t('enabled')}</Tag> : <Tag tone="calm">{t('disabled')}</Tag>}</td><td>{t(`notice.trigger.${one.trigger}`)}{one.delayHours > 0 ? ` · ${t('notice.after', { n: one.delayHours })}` : ''}</td><td>{one.typeNames.join('、') || t('all')}</td>
                  <td>{t('notice.toText', { roles: one.roleNames.join('、') || t('notice.anyRole'), right: data.permissions.find((right) => right.code === one.permission)?.name ?? '' })}</td><td>{one.title}{one.body ? <div className="ms-hint">{one.body}</div> : null}</td><td className="ms-num">{one.used}</td>
                  <td><span className="ms-row" style={{ flexWrap: 'nowrap', justifyContent: 'flex-end' }}><Button size="small" onClick={() => setEditing(one)}>{t('change')}</Button><Button size="small" danger disabled={one.used > 0} title={one.used > 0 ? t('notice.usedWhy') : ''} onClick={() => void remove(one)}>{t('remove')}</Button></span></td>
                </tr>
              ))}</tbody></table>
          )}
          {editing ? <Editor data={data} old={editing === 'new' ? null : editing} close={() => setEditing(null)} /> : null}
        </>
      )}</QueryView>
    </Section>
  )
}

function Editor({ data, old, close }: { data: Data; old: Template | null; close: () => void }): ReactElement {
  const types = useQueryOf('listKnowledgeTypes', {}, { staleTime: 300_000 })
  const send = useAct('listKnowledgeNoticeTemplates')
  const choices = (list: readonly { code: string; name: string }[]) => list.map((one) => ({ const: one.code, title: one.name }))
  return (
    <ActDrawer open onClose={close} title={old ? t('change') : t('add')} sub={t('notice.template')} submitLabel={t('notice.save')} notice={t('notice.placeholders', { marks })}
      initial={old ? { ...old } : { trigger: 'changed', delayHours: 24, permission: 'knowledge.read', enabled: true, title: '知识更新：{title}' }}
      schema={{ type: 'object', required: ['name', 'title', 'trigger', 'permission'], properties: {
        name: { type: 'string', title: t('name'), maxLength: 60 }, trigger: { type: 'string', title: t('notice.trigger'), oneOf: triggers.map((one) => ({ const: one, title: t(`notice.trigger.${one}`) })) }, delayHours: { type: 'integer', title: t('notice.delay'), minimum: 0, maximum: 720 },
        typeCodes: { type: 'array', title: t('types'), description: t('emptyAll'), items: { type: 'string', oneOf: choices(types.data?.items ?? []) } }, roleCodes: { type: 'array', title: t('notice.roles'), description: t('notice.rolesHelp'), items: { type: 'string', oneOf: choices(data.roles) } }, permission: { type: 'string', title: t('notice.permission'), oneOf: choices(data.permissions) },
        title: { type: 'string', title: t('notice.title'), maxLength: 100 }, body: { type: 'string', format: 'textarea', title: t('body'), maxLength: 1000 }, enabled: { type: 'boolean', title: t('enabled') },
      } }}
      submit={async (values) => {
        await send('saveKnowledgeNoticeTemplate', { ...(old ? { id: old.id, version: old.version } : {}), name: String(values.name), title: String(values.title), body: String(values.body ?? ''), trigger: triggers.find((one) => one === values.trigger) ?? 'changed', delayHours: Number(values.delayHours ?? 0), typeCodes: textList(values.typeCodes), roleCodes: textList(values.roleCodes), permission: data.permissions.map((one) => one.code as Template['permission']).find((one) => one === values.permission) ?? 'knowledge.read', enabled: values.enabled === true })
        say(t('saved'))
      }} />
  )
}
