// Rules: which messages go to whom by which channels.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
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
import { Tag } from '../../../ui/Tags.tsx'
import { orderLoaders } from '../../orders/pickers.ts'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { channelNames, levelNames } from './channel-words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

type Rule = OutputOf<'listMessageRules'>['items'][number]
const levels = ['P1', 'P2', 'P3', 'P4']

export function RulesTab(): ReactElement {
  const { can } = useSession()
  const manage = can('platform.manageMessages')
  const list = useQueryOf('listMessageRules', {})
  const types = useQueryOf('listMessageTypeDetails', {})
  const roles = useQueryOf('listRoles', {}, { enabled: can('platform.readRoles') })
  const send = useAct('listMessageRules')
  const [editing, setEditing] = useState<Rule | 'new' | null>(null)
  const remove = async (rule: Rule) => {
    if (!(await confirm({ title: t('removeRule'), text: `${rule.typeName} · ${whoText(rule)}`, verb: t('remove'), danger: true }))) return
    try {
      await send('deleteMessageRule', { id: rule.id })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const groups = [...new Set((types.data?.items ?? []).map((type) => type.group))].filter((group) => !(types.data?.items ?? []).some((type) => type.code === group))
  const typeChoices = [{ const: '*', title: t('allTypes') }, ...groups.map((group) => ({ const: group, title: group })), ...(types.data?.items ?? []).map((type) => ({ const: type.code, title: `${type.name}（${type.code}）` }))]
  const rule = editing === 'new' ? null : editing
  return (
    <QueryView query={list}>
      {(data) => (
        <Section flush={data.items.length > 0} title={<span className="ms-row">{t('rules')} <span className="ms-hint">{t('noRulesHint')}</span></span>} extra={manage ? <Button size="small" type="primary" icon={<Icon name="plus" size={14} />} onClick={() => setEditing('new')}>{t('addRule')}</Button> : null}>
          {data.items.length === 0 ? <Empty kind="done" text={t('noRules')} hint={t('noRulesHint')} /> : (
            <table className="ms-plain-table">
              <thead><tr><th scope="col">{t('type')}</th><th scope="col">{t('who')}</th><th scope="col">{t('levels')}</th><th scope="col">{t('channel')}</th><th scope="col">{t('fallback')}</th><th scope="col">{t('note')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.id}>
                  <td>{one.typeName} {one.enabled ? null : <Tag tone="calm">{t('disabled')}</Tag>}</td><td>{whoText(one)}</td><td>{one.levels.join('、')}</td><td>{one.channels.map((channel) => channelNames[channel]).join('、') || channelNames.inApp}</td><td>{one.fallback ? channelNames[one.fallback] : '–'}</td><td>{one.note || '–'}</td>
                  <td className="ms-num">{manage ? <span className="ms-row" style={{ justifyContent: 'flex-end' }}><button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('edit')}</button><button type="button" className="ms-link-button" onClick={() => void remove(one)}>{t('remove')}</button></span> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
          <ActDrawer key={rule ? `${rule.id} ${rule.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={rule ? t('editRule') : t('addRule')} submitLabel={t('save')} loaders={orderLoaders}
            initial={rule ? { type: rule.type, levels: rule.levels, channels: rule.channels, enabled: rule.enabled ? 'yes' : 'no', note: rule.note, ...(rule.fallback ? { fallback: rule.fallback } : {}), ...(rule.roleCode ? { roleCode: rule.roleCode } : {}), ...(rule.unitId ? { unitId: rule.unitId } : {}) } : { type: '*', levels: ['P1', 'P2', 'P3'], channels: ['sms'], enabled: 'yes' }}
            schema={{
              type: 'object', required: ['type', 'levels', 'channels', 'enabled'],
              properties: {
                type: { type: 'string', title: t('type'), 'x-buttons': false, oneOf: typeChoices },
                levels: { type: 'array', title: t('levels'), items: { type: 'string', oneOf: levels.map((level) => ({ const: level, title: levelNames[level] ?? level })) } },
                channels: { type: 'array', title: t('channel'), items: { type: 'string', oneOf: Object.entries(channelNames).map(([value, title]) => ({ const: value, title })) } },
                fallback: { type: 'string', title: t('fallback'), oneOf: (['sms', 'email', 'wechat'] as const).map((value) => ({ const: value, title: channelNames[value] ?? value })) },
                roleCode: { type: 'string', title: t('role'), 'x-buttons': false, oneOf: (roles.data?.items ?? []).map((role) => ({ const: role.code, title: role.name })) },
                unitId: { type: 'string', title: t('unit'), format: 'unit' },
                enabled: { type: 'string', title: t('enabled'), oneOf: [{ const: 'yes', title: t('on') }, { const: 'no', title: t('off') }] },
                note: { type: 'string', title: t('note'), maxLength: 200 },
              },
            }}
            submit={async (values) => {
              const body = { note: '', ...cleared(values, ['fallback', 'roleCode', 'unitId']), enabled: values.enabled === 'yes' }
              if (rule) await send('changeMessageRule', { ...body, id: rule.id, version: rule.version })
              else await send('createMessageRule', body)
              say(t('saved'))
            }} />
        </Section>
      )}
    </QueryView>
  )
}

const whoText = (rule: Rule): string => [rule.unitName, rule.roleName].filter(Boolean).join(' · ') || t('everybody')
