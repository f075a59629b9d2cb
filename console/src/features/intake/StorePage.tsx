// 积分商城: what points are worth, what was redeemed of it, and the redemptions to be sent (INT-28).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Redemptions } from './Redemptions.tsx'
import { t } from './store.zh-CN.ts'

type Item = OutputOf<'listStoreItems'>['items'][number]
const tones = { draft: 'near', offered: 'ok', stopped: 'calm' } as const

export default function StorePage(): ReactElement {
  const read = useQueryOf('listStoreItems', {})
  const send = useAct('listStoreItems')
  const [editing, setEditing] = useState<Item | 'new' | null>(null)
  const item = editing === 'new' ? null : editing
  const fieldsOf = (one: Item) => ({ name: one.name, kind: one.kind, description: one.description, usageNote: one.usageNote, points: one.points, stock: one.stock, perPerson: one.perPerson, untilOn: one.untilOn })
  const attempt = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work()
      say(done)
    } catch (error) { say(asProblem(error).message, 'over') }
  }
  const turn = (one: Item) => attempt(() => send('changeStoreItem', { id: one.id, ...fieldsOf(one), state: one.state === 'offered' ? 'stopped' : 'offered', version: one.version }), t('saved'))
  const remove = async (one: Item) => {
    if (await confirm({ title: `${t('remove')}“${one.name}”`, text: t('removeAsk'), verb: t('remove'), danger: true })) await attempt(() => send('deleteStoreItem', { id: one.id }), t('removed'))
  }
  return (
    <Page title={t('title')} sub={t('sub')} help="store" acts={<Button type="primary" icon={<Icon name="plus" />} onClick={() => setEditing('new')}>{t('add')}</Button>}>
      <div className="ms-stack">
        <QueryView query={read}>{({ enabled, items, points }) => (
          <>
            {enabled ? <Section title={t('points')}><Facts columns={3} items={[{ label: t('accounts'), value: points.accounts }, { label: t('earned'), value: points.earned }, { label: t('redeemed'), value: points.redeemed }, { label: t('offset'), value: points.offset }, { label: t('balance'), value: points.balance }]} /></Section> : <p className="ms-note">{t('off')} <Link to="/admin/settings?q=points">{t('settings')}</Link></p>}
            <Section title={t('items')} flush={items.length > 0}>
              {items.length === 0 ? <Empty kind="done" text={t('none')} hint={t('noneHint')} /> : (
                <ListTable caption={t('items')} rows={items} rowKey={(one) => one.id} onOpen={setEditing} columns={[
                  { key: 'name', title: t('name'), width: 200, wide: true, render: (one) => one.name }, { key: 'kind', title: t('kind'), width: 90, render: (one) => one.kindName }, { key: 'state', title: t('state'), width: 80, render: (one) => <Tag tone={tones[one.state]}>{one.stateName}</Tag> }, { key: 'points', title: t('cost'), width: 70, align: 'end', render: (one) => one.points }, { key: 'stock', title: t('stock'), width: 70, align: 'end', render: (one) => one.stock },
                  { key: 'per', title: t('perPerson'), width: 90, align: 'end', render: (one) => one.perPerson || t('unlimited') }, { key: 'until', title: t('untilOn'), width: 110, render: (one) => one.untilOn ?? '' }, { key: 'taken', title: t('taken'), width: 80, align: 'end', render: (one) => one.redeemed }, { key: 'persons', title: t('persons'), width: 70, align: 'end', render: (one) => one.persons },
                  { key: 'acts', title: '', width: 150, align: 'end', render: (one) => <span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}><button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('edit')}</button><button type="button" className="ms-link-button" onClick={() => void turn(one)}>{t(one.state === 'offered' ? 'stop' : 'offer')}</button>{one.redeemed === 0 && one.state !== 'offered' ? <button type="button" className="ms-link-button" onClick={() => void remove(one)}>{t('remove')}</button> : null}</span> },
                ]} />
              )}
            </Section>
          </>
        )}</QueryView>
        <Redemptions />
      </div>
      <ActDrawer key={item ? `${item.id} ${item.version}` : 'new'} open={editing !== null} onClose={() => setEditing(null)} title={t(item ? 'edit' : 'add')} submitLabel={t(item ? 'edit' : 'add')} {...(item ? { notice: t('stockNote') } : {})}
        initial={item ? Object.fromEntries(Object.entries(fieldsOf(item)).filter(([, value]) => value !== null)) : { kind: 'goods', perPerson: 1, stock: 0 }}
        schema={{ type: 'object', required: ['name', 'kind', 'points', 'stock', 'perPerson'], properties: {
          name: { type: 'string', title: t('name'), maxLength: 60 }, kind: { type: 'string', title: t('kind'), oneOf: [{ const: 'goods', title: t('goods') }, { const: 'virtual', title: t('virtual') }] },
          points: { type: 'integer', title: t('cost'), minimum: 1, 'x-half': true }, stock: { type: 'integer', title: t('stock'), minimum: 0, 'x-half': true }, perPerson: { type: 'integer', title: t('perPerson'), description: t('perPersonHint'), minimum: 0, 'x-half': true }, untilOn: { type: 'string', format: 'date', title: t('untilOn'), description: t('untilHint'), 'x-half': true },
          description: { type: 'string', format: 'textarea', title: t('description'), maxLength: 500 }, usageNote: { type: 'string', format: 'textarea', title: t('usageNote'), description: t('usageHint'), maxLength: 500 },
        } }}
        submit={async (values) => {
          const whole = { untilOn: null, description: '', usageNote: '', ...values }
          await (item ? send('changeStoreItem', { ...whole, id: item.id, state: item.state, version: item.version }) : send('addStoreItem', whole))
          say(t('saved'))
        }} />
    </Page>
  )
}
