// A unit registers what came to its own number or window; its collected orders stand below.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { ActPanel } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { StateTag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './collect-texts.zh-CN.ts'

export default function CollectPage(): ReactElement {
  const options = useQueryOf('collectedOrderOptions', {})
  const types = useQueryOf('listAppealTypes', {}, { staleTime: 300_000 })
  const mine = useQueryOf('listOrders', { channel: 'unit', limit: 20 })
  const send = useAct('listOrders', 'home')
  const [round, setRound] = useState(0)
  return (
    <Page title={t('title')} sub={options.data ? t(options.data.stays ? 'stays' : 'toCentre', { unit: options.data.unitName }) : undefined}>
      <QueryView query={options}>
        {(data) => data.open ? (
          <Section title={t('register')}>
            <ActPanel key={round} onClose={() => setRound((n) => n + 1)} submitLabel={t('submit')} loaders={orderLoaders} draftKey="collect" initial={{ callbackManner: 'call' }}
              schema={{
                type: 'object', required: ['line', 'appealType', 'title', 'content', 'areaCode'],
                properties: {
                  line: { type: 'string', title: t('line'), description: t('lineHint'), maxLength: 60 }, name: { type: 'string', title: t('name'), maxLength: 60, 'x-half': true }, phone: { type: 'string', title: t('phone'), format: 'phone', maxLength: 30, 'x-half': true },
                  appealType: { type: 'string', title: t('type'), oneOf: (types.data?.items ?? []).map((type) => ({ const: type.id, title: type.name })) }, matterId: { type: 'string', title: t('matter'), format: 'matter' }, title: { type: 'string', title: t('subject'), maxLength: 100 }, content: { type: 'string', title: t('content'), format: 'textarea', maxLength: 5000 },
                  areaCode: { type: 'string', title: t('area'), format: 'area', 'x-half': true }, address: { type: 'string', title: t('address'), maxLength: 200, 'x-half': true }, callbackManner: { type: 'string', title: t('callback'), oneOf: [{ const: 'call', title: t('call') }, { const: 'sms', title: t('sms') }, { const: 'none', title: t('noCallback') }] },
                },
              }}
              submit={async (values) => { const made = await send('registerCollectedOrder', values); say(t('done', { number: made.number })); setRound((n) => n + 1) }} />
          </Section>
        ) : <section className="ms-section"><Empty kind="scope" text={t('closed')} hint={data.notice} /></section>}
      </QueryView>
      <QueryView query={mine} lines={3}>
        {(data) => (
          <Section title={t('own')} flush={data.items.length > 0} extra={<Link to="/orders?channel=unit"><Button size="small" type="text">{t('all')}</Button></Link>}>
            {data.items.length === 0 ? <Empty kind="done" text={t('none')} /> : (
              <table className="ms-plain-table"><tbody>{data.items.map((order) => <tr key={order.id}><td className="ms-code"><Link to={`/orders/${order.number}`}>{order.number}</Link></td><td>{order.title}</td><td><StateTag state={order.state} /></td><td><Time iso={order.registeredAt} /></td></tr>)}</tbody></table>
            )}
          </Section>
        )}
      </QueryView>
    </Page>
  )
}
