// 技能目录: labels in three levels that queues ask for and seats hold (TEL-18).
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

export function SkillsDrawer({ open, onClose }: { open: boolean; onClose: () => void }): ReactElement {
  const list = useQueryOf('listSkills', {}, { enabled: open })
  const [adding, setAdding] = useState(false)
  const send = useAct('listSkills')
  const remove = async (id: string, name: string) => {
    if (await confirm({ title: t('removeTitle', { name }), text: t('skillRemoveText'), verb: t('remove'), danger: true })) await send('removeSkill', { id }).catch((error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <Drawer open={open} size={520} title={t('skillsTitle')} onClose={onClose} destroyOnHidden extra={<Button type="primary" onClick={() => setAdding(true)}>{t('skillAdd')}</Button>}>
      <QueryView query={list}>{({ items }) => items.length === 0 ? <Empty kind="done" text={t('noSkills')} hint={t('skillsHint')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{t('skillsTitle')}</caption>
          <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('code')}</th><th scope="col" className="ms-num">{t('members')}</th><th /></tr></thead>
          <tbody>{items.map((one) => <tr key={one.id}><th scope="row">{one.path.join(' / ')}</th><td className="ms-code">{one.code}</td><td className="ms-num">{one.agents}</td><td className="ms-num"><button type="button" className="ms-link-button" onClick={() => void remove(one.id, one.name)}>{t('remove')}</button></td></tr>)}</tbody>
        </table>
      )}</QueryView>
      <ActDrawer open={adding} onClose={() => setAdding(false)} title={t('skillAdd')} submitLabel={t('skillAdd')}
        schema={{ type: 'object', required: ['code', 'name'], properties: { ...((list.data?.items ?? []).some((one) => one.path.length < 3) ? { parentId: { type: 'string' as const, title: t('skillUnder'), oneOf: (list.data?.items ?? []).filter((one) => one.path.length < 3).map((one) => ({ const: one.id, title: one.path.join(' / ') })) } } : {}), code: { type: 'string', title: t('code'), maxLength: 30 }, name: { type: 'string', title: t('name'), maxLength: 40 } } }}
        submit={async (v) => { await send('addSkill', { parentId: v.parentId ?? null, code: v.code, name: v.name }) }} />
    </Drawer>
  )
}
