// By which channels one wants to be reminded of what; duties and urgent messages cannot be switched off.
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import { asProblem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { t } from './texts.zh-CN.ts'

export function Reminders(): ReactElement {
  const mine = useQueryOf('getMyMessagePreferences', {})
  const save = useCommand('saveMyMessagePreferences', { invalidates: ['getMyMessagePreferences'] })
  return (
    <QueryView query={mine}>
      {(data) => {
        const isOff = (type: string, channel: string): boolean => data.off.some((one) => one.type === type && one.channel === channel)
        const toggle = async (type: string, channel: 'sms' | 'email' | 'wechat', on: boolean) => {
          const rest = data.off.filter((one) => one.type !== type || one.channel !== channel)
          try {
            await save.mutateAsync({ off: on ? rest : [...rest, { type, channel }] })
          } catch (error) {
            say(asProblem(error).message, 'over')
          }
        }
        return (
          <>
            <p className="ms-hint" style={{ marginBlockStart: 0 }}>{data.mayChange ? t('remindHint') : t('remindFixed')}</p>
            <table className="ms-remind">
              <thead><tr><th scope="col">{t('remindType')}</th>{data.channels.map((channel) => <th key={channel.channel} scope="col">{channel.name}<div className="ms-hint">{channel.address ?? t('remindNoAddress')}</div></th>)}</tr></thead>
              <tbody>{[{ code: '*', name: t('remindAll'), fixed: false }, ...data.groups].map((group) => (
                <tr key={group.code}>
                  <th scope="row">{group.name}{group.fixed ? <span className="ms-hint"> {t('remindDuty')}</span> : null}</th>
                  {data.channels.map((channel) => (
                    <td key={channel.channel}><Checkbox aria-label={`${group.name} ${channel.name}`} disabled={group.fixed || !data.mayChange || save.isPending} checked={group.fixed || !isOff(group.code, channel.channel)} onChange={(e) => void toggle(group.code, channel.channel, e.target.checked)} /></td>
                  ))}
                </tr>
              ))}</tbody>
            </table>
          </>
        )
      }}
    </QueryView>
  )
}
